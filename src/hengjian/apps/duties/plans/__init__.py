"""任务计划: how many items each unit owes, from the annex of the text or from the plan approved for a year."""
