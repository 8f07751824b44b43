"""Meta's error codes: what each makes us do, and what people read."""
