"""Pages: fetch, ask, show. Every change goes through an act."""
