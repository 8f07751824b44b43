"""Templates at send time: find the translation, compare the parameters with it, fill it in."""
