"""The life of the invented province: one module a theme in ``themes/``; adding a file adds its lives.

A theme has ``lives(story) -> Iterable[Life]``. It acts through acts only, with dated actors (``story.actor``).
"""
