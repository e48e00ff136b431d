"""Django apps, one a duty of an office."""
