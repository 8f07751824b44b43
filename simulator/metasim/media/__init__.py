"""Files: what may be sent, where it is kept and for how long, and fetching what links point to."""
