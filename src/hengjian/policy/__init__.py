"""The regulation as data: the pack model, its strict loader, as-of resolution, readings, coverage, lint and diff."""
