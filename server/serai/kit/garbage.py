"""How often Python looks for objects that only hold each other.

What a process has loaded when it begins stays until it ends, and nearly all that work makes is let go
of at once; looking through both every 700 objects was a tenth of what a busy worker did.
"""

import gc

NEW, YOUNG, OLD = 20_000, 20, 20
"""Objects until the new ones are looked through; times of that until the young ones, and those until
the old ones are."""


def settle() -> None:
    """Once, when everything is loaded: leave out what is there, and look through the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, YOUNG, OLD)
