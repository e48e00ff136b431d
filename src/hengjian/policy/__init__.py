"""The regulation as data: pack model, strict loader, as-of resolution, readings, coverage, lint, diff."""
