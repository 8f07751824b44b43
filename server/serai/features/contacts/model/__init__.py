"""The words of contacts that more than one floor uses."""
