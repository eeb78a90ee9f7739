"""What a correlation amounts to: its remark, the notes on its limits, its row in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, number, text
from stiscore.analysis.audit.table import LEAST_UNITS, Cell, Head, figure, listed, node_name
from stiscore.methods.correlation import Correlation, Kind, told_apart
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NAMES, NOTES, STATES

# Above the one, two columns say the same; under the other, in size, they hardly speak of one thing.
REDUNDANT = 0.92
SILENT = 0.3
# States of which nothing follows.
UNKNOWN = frozenset({"few", "constant"})


class Pair(NamedTuple):
    """Two nodes, their correlation with the units behind it, and a key of STATES or none."""

    first: int
    second: int
    r: float
    n: int
    state: str | None


def judged(told: Correlation, kind: Kind, at: tuple[int, int], nodes: tuple[int, int]) -> Pair:
    """One entry of a matrix of correlations as a pair of nodes, with what it amounts to."""
    n = int(told.n[at])
    r = float(told.r[at]) if n >= LEAST_UNITS else np.nan
    return Pair(*nodes, r, n, state_of(r, n, kind))


def state_of(r: float, n: int, kind: Kind) -> str | None:
    """What a correlation over ``n`` units amounts to, a key of STATES; None: nothing to remark.

    Negative ones count from ``SILENT`` on, or sooner where so many units can tell them from none.
    """
    if n < LEAST_UNITS:
        return "few"
    if np.isnan(r):
        return "constant"
    if r > REDUNDANT:
        return "redundant"
    if r <= -min(SILENT, told_apart(n, kind)):
        return "negative"
    return "silent" if abs(r) < SILENT else None


def notes_of(ns: Sequence[int], kind: Kind) -> tuple[Words, ...]:
    """What the correlations are of, the thresholds, and what the numbers behind them can tell."""
    told = [n for n in sorted({min(ns), max(ns)}) if n >= LEAST_UNITS]
    return (
        NOTES["kind"].filled(kind=NAMES[kind]),
        NOTES["pairs"].filled(redundant=REDUNDANT, silent=SILENT),
        *(NOTES["apart"].filled(limit=told_apart(n, kind), n=n) for n in told),
        *((NOTES["few"].filled(least=LEAST_UNITS),) if min(ns) < LEAST_UNITS else ()),
        NOTES["formative"],
    )


def heads_of_pair() -> tuple[Head, ...]:
    """Heads of ``row_of``."""
    return (*text("first", "second"), *number("r"), *count("n"), *text("state"))


def row_of(scores: Scores, pair: Pair) -> tuple[Cell, ...]:
    """A pair as cells."""
    return (
        node_name(scores, pair.first),
        node_name(scores, pair.second),
        figure(pair.r),
        pair.n,
        STATES[pair.state] if pair.state else None,
    )


def tally(pairs: Sequence[Pair]) -> dict[str, object]:
    """How many pairs say the same and how many run against each other, as fields of a verdict."""
    states = [pair.state for pair in pairs]
    return {"of": len(pairs), **{s: states.count(s) for s in ("redundant", "negative")}}


def paired(scores: Scores, pairs: Sequence[Pair]) -> Words:
    """The first few pairs by name."""
    return listed(
        [
            NAMES["pair"].filled(
                first=node_name(scores, pair.first), second=node_name(scores, pair.second)
            )
            for pair in pairs
        ]
    )
