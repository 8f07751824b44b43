"""What Meta does to accounts and numbers by itself: every event changes them and is told."""
