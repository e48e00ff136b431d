"""Runs any flow clause of any pack over any object: steps in order, signatures by post, return, level by level."""
