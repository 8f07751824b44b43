"""What the doctor looks at: what is around us, what waits, and each number with all that it needs."""
