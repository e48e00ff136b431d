"""Thin pages: fetch what the actor may see, call an act, show."""
