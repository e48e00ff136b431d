"""Statistical figures over versions of the case store: definition cards, tables, reconciliation, anomalies, forecasts.

A figure is a card (what is counted), a court or a court with those below it, a span of time and further dimensions,
at a version of the data. Everything here is computed from these alone and so can be computed again.
"""
