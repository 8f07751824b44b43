"""What Serai is measured beside: other ways to do the same, and servers that do less."""
