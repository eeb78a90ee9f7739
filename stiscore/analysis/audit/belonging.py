"""Whether an indicator belongs where it stands: with the rest of its area, and with other areas.

An indicator's area is here the group it stands in, which in a deep tree is below the index's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, number, text
from stiscore.analysis.audit.relations import UNKNOWN, notes_of, state_of
from stiscore.analysis.audit.table import (
    LEAST_UNITS,
    AuditTable,
    Cell,
    deep,
    figure,
    group_of,
    listed,
    named,
    node_name,
)
from stiscore.methods.base import Array
from stiscore.methods.correlation import Kind, correlate
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NOTES, STATES, TITLES, VERDICTS

# By so much an indicator must go with another area more than with its own: less is noise.
CLEARLY = 0.1
_STRAY = ("negative", "silent", "elsewhere")


class Belonging(NamedTuple):
    """One indicator and what it goes with; correlations are NaN where not defined.

    ``whole``: with the score of its area; ``rest``: with the area without it, over ``n`` units;
    ``other``: the other area it goes with most; ``nearest``: how much. ``state``: a key of STATES
    or none.
    """

    place: int
    area: int
    n: int
    whole: float
    rest: float
    other: int | None
    nearest: float
    state: str | None


def belonging(scores: Scores, kind: Kind = "pearson") -> AuditTable:
    """Every measured indicator against its own area, with and without itself, and the others.

    It is judged by the rest of its area, since an area's score holds the indicator itself and goes
    with it in any case. An indicator alone in its area is exempt.
    """
    found = _all(scores, kind)
    siblings = [b for b in found if b.state != "alone"]
    return AuditTable(
        id="correlations-indicators",
        title=TITLES["correlations-indicators"],
        heads=(
            *text("indicator", "area"),
            *count("n"),
            *number("with_area", "with_rest"),
            *text("other"),
            *number("with_other"),
            *text("state"),
        ),
        rows=tuple(_row(scores, b) for b in found),
        notes=_notes(scores, siblings, len(found) - len(siblings), kind),
        verdict=_verdict(scores, siblings),
        skipped=not siblings,
    )


def _all(scores: Scores, kind: Kind) -> list[Belonging]:
    """Every measured indicator, with one table of correlations for all."""
    fitted, places = scores.fitted, list(scores.measured)
    own, under = group_of(scores), fitted.tree.leaves_under
    areas = sorted({own[leaf] for leaf in places})
    rests = [_rest(scores, leaf, own[leaf]) for leaf in places]
    right = np.column_stack([*rests, *(scores.node(area) for area in areas)])
    told = correlate(kind, np.ascontiguousarray(scores.normalised[:, places]), right)
    r = np.where(told.n >= LEAST_UNITS, told.r, np.nan)
    found = []
    for j, leaf in enumerate(places):
        held = set(under(own[leaf]))
        with_areas = {
            area: with_area
            for area, with_area in zip(areas, r[j, len(places) :].tolist(), strict=True)
            # A group around or within its own is no other one.
            if area == own[leaf] or not held & set(under(area))
        }
        alone = len(held & set(places)) == 1
        at = None if alone else (int(told.n[j, j]), float(r[j, j]))
        found.append(_one(leaf, own[leaf], with_areas, at, kind))
    return found


def _one(
    leaf: int, area: int, with_areas: dict[int, float], rest: tuple[int, float] | None, kind: Kind
) -> Belonging:
    """One indicator; ``rest``: units and correlation with the rest of its area, if there is one."""
    others = {a: r for a, r in with_areas.items() if a != area and not np.isnan(r)}
    other = max(others, key=lambda a: others[a]) if others else None
    nearest = np.nan if other is None else others[other]
    n, r = rest or (0, np.nan)
    state = "alone" if rest is None else state_of(r, n, kind)
    if state in {None, "redundant"}:
        # Saying the same as its own area is no fault of an indicator; pairs have their own table.
        state = "elsewhere" if nearest > r + CLEARLY else None
    return Belonging(leaf, area, n, with_areas[area], r, other, nearest, state)


def _rest(scores: Scores, leaf: int, area: int) -> Array:
    """The weighted mean of an area's other indicators, (rows,), by their weights in the index.

    NaN where they have values for less of their weight than an area needs to be scored.
    """
    weights = scores.fitted.weights.effective
    others = [i for i in scores.fitted.tree.leaves_under(area) if weights[i] > 0 and i != leaf]
    parts = scores.normalised[:, others]
    shares = np.array([weights[i] for i in others])
    held = np.where(np.isnan(parts), 0.0, shares)
    there = held.sum(axis=1)
    needed = scores.fitted.framework.method.coverage.min_area_coverage * shares.sum()
    enough = (there > 0) & (there >= needed - 1e-12)
    whole = (np.nan_to_num(parts) * held).sum(axis=1)
    return np.where(enough, whole / np.where(enough, there, 1.0), np.nan)


def _row(scores: Scores, told: Belonging) -> tuple[Cell, ...]:
    alone = told.state == "alone"
    return (
        named(scores.fitted.leaves[told.place]),
        node_name(scores, told.area),
        None if alone else told.n,
        figure(told.whole),
        figure(told.rest),
        None if told.other is None else node_name(scores, told.other),
        figure(told.nearest),
        STATES[told.state] if told.state else None,
    )


def _notes(
    scores: Scores, siblings: Sequence[Belonging], alone: int, kind: Kind
) -> tuple[Words, ...]:
    limit = scores.fitted.framework.method.coverage.min_area_coverage
    return (
        *(notes_of([b.n for b in siblings], kind) if siblings else (NOTES["no_pairs"],)),
        NOTES["rest" if limit else "rest_any"].filled(limit=limit, clearly=CLEARLY),
        *((NOTES["deep"],) if deep(scores) else ()),
        *((NOTES["alone"].filled(n=alone),) if alone else ()),
    )


def _verdict(scores: Scores, siblings: Sequence[Belonging]) -> Words:
    known = [b for b in siblings if b.state not in UNKNOWN]
    if not known:
        return VERDICTS["skipped"]
    stray = [b for b in known if b.state in _STRAY]
    if not stray:
        return VERDICTS["indicators_well"].filled(of=len(known))
    states = [b.state for b in stray]
    return VERDICTS["indicators_badly"].filled(
        of=len(known),
        **{state: states.count(state) for state in _STRAY},
        names=listed([named(scores.fitted.leaves[b.place]) for b in stray]),
    )
