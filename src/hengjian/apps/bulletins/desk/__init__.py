"""The editor's desk: editions, the intranet column, adoption, instructions, faults."""
