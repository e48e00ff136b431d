"""Statistics: definition cards, tables, reconciliation, unusual months, forecasts, surveys, analyses, suggestions."""
