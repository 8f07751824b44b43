"""What the product does, one folder each; no feature imports another."""
