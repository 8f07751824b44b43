"""What Meta's news and answers mean for a number; pure."""
