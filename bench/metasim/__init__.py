"""How fast the simulator is: sends a second with three statuses each."""
