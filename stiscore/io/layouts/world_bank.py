"""The World Bank's download: years as columns beside names and codes of country and indicator.

Both forms are read: the one of a single series, with lines before the table, and that of the
DataBank, which says Series and writes ``2022 [YR2022]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stiscore.io.layouts import years
from stiscore.io.layouts.recognition import Recognition
from stiscore.io.vocabulary import key
from stiscore.seen import Reason

if TYPE_CHECKING:
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Vocabulary

LAYOUT = "world-bank"
_SIGN = "Country Code"
_HEADS = tuple(
    frozenset(map(key, ("Country Name", "Country Code", f"{what} Name", f"{what} Code")))
    for what in ("Indicator", "Series")
)


def recognise(grid: Grid, vocabulary: Vocabulary) -> Recognition:
    """As ``years.recognise``, where the four heads stand beside the years; else score 0."""
    # Most files are none: said before anything is looked at closely.
    seen = years.make_out(grid, vocabulary) if _SIGN in grid.texts else None
    if seen is None:
        return Recognition(LAYOUT, grid, 0.0, (Reason("no-world-bank"),))
    heads = {key(grid.text(seen.header, c)) for c in range(min(seen.years))}
    if not any(wanted <= heads for wanted in _HEADS):
        return Recognition(LAYOUT, grid, 0.0, (Reason("no-world-bank"),))
    return years.read(seen, LAYOUT, vocabulary, Reason("world-bank-head"))
