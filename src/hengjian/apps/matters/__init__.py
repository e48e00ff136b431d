"""Matters to be carried out: entered once, owed by each responsible unit until its reports are in."""
