"""Memory that one block of variants leaves is there for the next."""

from __future__ import annotations

from functools import cache

import numpy as np


@cache
def keep_freed() -> None:
    """Have the C library keep what is freed, up to some 64 MiB, instead of giving it back.

    The GNU library gives all but a few MiB back to the system at once, and every array of the next
    block is then asked for anew, page by page, which takes longer than what is worked out in it.
    Once it has seen an array of nearly 32 MiB freed, it keeps twice as much. Nothing is written to
    this one, so it takes no memory and no time; to other libraries it does nothing.
    """
    np.empty(31 * 2**20, dtype=np.uint8)
