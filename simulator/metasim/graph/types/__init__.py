"""What may be said: one module for each family of message types, and what all of them answer."""
