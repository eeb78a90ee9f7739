"""What was done to the data on the way to the scores: every cell, before and after.

Nothing is filled, pulled in, transformed, lifted or left out in silence: this list goes into every
output.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from stiscore.dataset import Flag, Unit
from stiscore.errors import Location
from stiscore.methods.treat import Treated
from stiscore.scores import Scores

What = Literal["excluded", "filled", "winsorised", "transformed", "floored"]


class Applied(NamedTuple):
    """One thing done to one value of one unit.

    ``node``: the indicator, or for a floor the group or indicator whose score was lifted; None
    where a unit as a whole was excluded, and ``before`` is then the share of values it has.
    ``carried``: ``location`` is the cell the value was taken from, not the one that was blank.
    """

    stage: str
    method: str
    what: What
    unit: Unit
    node: str | None
    location: Location | None
    before: float | None
    after: float | None
    carried: bool = False


class Treatment(NamedTuple):
    """What treatment came to for one indicator: its steps, and the shape before and after them."""

    indicator: str
    method: str
    treated: Treated


def applied(scores: Scores) -> tuple[Applied, ...]:
    """All that was done, in the order of the stages, then of the columns, then of the rows."""
    return (*_excluded(scores), *_filled(scores), *_treated(scores), *_floored(scores))


def treatments(scores: Scores) -> tuple[Treatment, ...]:
    """The indicators whose values were changed by treatment, or still fail after it."""
    fitted = scores.fitted
    return tuple(
        Treatment(name, fitted.framework.method.of("treat", name).id, treated)
        for name, treated in zip(fitted.columns, fitted.treatments, strict=False)
        if treated.steps or not treated.passes
    )


def _excluded(scores: Scores) -> Iterator[Applied]:
    screen = scores.fitted.framework.method.screen
    for row in np.flatnonzero(scores.excluded).tolist():
        held = scores.raw[row, [scores.fitted.tree.ids.index(c) for c in scores.fitted.columns]]
        yield Applied(
            "screen",
            screen.id,
            "excluded",
            scores.data.units[row],
            None,
            scores.data.key_location(row),
            float((~np.isnan(held)).mean()),
            None,
        )


def _filled(scores: Scores) -> Iterator[Applied]:
    yield from _along_years(scores)
    if scores.filled is scores.raw:
        return
    for row, place in np.argwhere(scores.imputed.T)[:, ::-1].tolist():
        name = scores.fitted.tree.ids[place]
        method = scores.fitted.framework.method.of("impute", name).id
        yield _value(scores, row, name, ("impute", method, "filled"), scores.filled[row, place])


def _along_years(scores: Scores) -> Iterator[Applied]:
    """Figures filled from other years, not what is derived from them."""
    data, method = scores.data, scores.fitted.framework.method.impute.id
    held = (data.flags & np.uint16(Flag.ALONG_YEARS)).astype(bool)
    held[:, [bool(column.derived_from) for column in data.columns]] = False
    for column, row in np.argwhere(held.T).tolist():
        name, where = data.columns[column].id, data.location(row, column)
        after = float(data.values[row, column])
        unit = data.units[row]
        yield Applied("impute", method, "filled", unit, name, where, None, after, carried=True)


def _treated(scores: Scores) -> Iterator[Applied]:
    fitted = scores.fitted
    for name, treated in zip(fitted.columns, fitted.treatments, strict=False):
        if not treated.steps:
            continue
        place = fitted.tree.ids.index(name)
        values, method = scores.filled[:, place], fitted.framework.method.of("treat", name).id
        for what, after in steps_of(treated, values):
            changed = ~np.isnan(values) & (after != values)
            for row in np.flatnonzero(changed & ~scores.excluded).tolist():
                yield _value(
                    scores, row, name, ("treat", method, what), after[row], float(values[row])
                )
            values = after


def steps_of(treated: Treated, values: np.ndarray) -> Iterator[tuple[What, np.ndarray]]:
    """A treatment step by step: what it does, and the column (rows,) after it."""
    for step in treated.steps:
        values = step.apply(values)
        yield ("winsorised" if step.kind == "clip" else "transformed"), values


def _floored(scores: Scores) -> Iterator[Applied]:
    tree = scores.fitted.tree
    for place in np.flatnonzero(scores.floored.any(axis=0)).tolist():
        joiner = scores.fitted.joiner(tree.parent[place])
        for row in np.flatnonzero(scores.floored[:, place]).tolist():
            how: tuple[str, str, What] = ("aggregate", joiner.id, "floored")
            before = float(scores.node(place)[row])
            yield _value(scores, row, tree.ids[place], how, joiner.floor, before)


def _value(
    scores: Scores,
    row: int,
    node: str,
    how: tuple[str, str, What],
    after: float,
    before: float | None = None,
) -> Applied:
    place = scores.data.position(node)
    where = None if place is None else scores.data.location(row, place)
    stage, method, what = how
    return Applied(stage, method, what, scores.data.units[row], node, where, before, float(after))
