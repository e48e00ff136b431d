"""The command line: parse, call, print. Pure commands run without database or settings."""
