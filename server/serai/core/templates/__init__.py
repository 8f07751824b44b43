"""Templates, pure: what they ask for, filling them in, whether they may go, in which language."""
