"""What the template tags are made of."""
