"""The monthly quality report: what happened to the findings of a month, per court and for the province."""
