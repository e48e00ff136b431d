"""What goes on in the province, one file a theme; each has ``lives(story)``."""
