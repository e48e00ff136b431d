"""The demo: an invented county court and a year of its work, replayed through the same acts people use."""
