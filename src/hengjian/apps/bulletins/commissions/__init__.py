"""约稿: asked for from above, given to a department, accepted or declined, written, handed in by the node."""
