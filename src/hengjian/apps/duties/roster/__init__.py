"""考评名单: which units are appraised and in which class; proposed, approved along the flow of the pack, in force by date."""
