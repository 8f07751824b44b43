"""Who may what, which password will do, how long a guesser waits; pure."""
