"""The page where a person places what the system could not."""
