"""Thin views of the desk."""
