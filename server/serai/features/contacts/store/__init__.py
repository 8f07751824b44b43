"""The contacts' rows: finding whom an event is about, and keeping what is decided about them."""
