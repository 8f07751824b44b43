"""/conversations, /messages: read them, answer in them, mark them."""
