"""Thin pages of the organisation, one module a subject."""
