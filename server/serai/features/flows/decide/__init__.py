"""What a form shows next, and the tokens that stand for one; pure."""
