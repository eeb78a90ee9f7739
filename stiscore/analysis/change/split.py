"""A change of every unit, of its score and of its rank, parted among what differs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stiscore.analysis.change.coalitions import Coalitions, Refused, Unlearned, why
from stiscore.analysis.change.factors import differing, rescaled
from stiscore.analysis.change.game import shares
from stiscore.analysis.change.sides import Side
from stiscore.analysis.compare import ranked_units
from stiscore.dataset import Dataset
from stiscore.errors import StiscoreError
from stiscore.methods.base import Array, Mask
from stiscore.scores import Fitted, rank


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """What moved between two sides.

    ``rows``: by unit that both sides have its row in either table. ``factors``: those in which the
    sides differ. ``points`` and ``ranks``: (units, factors), in that order, adding up to the change
    of a unit's score (NaN without a score on both sides, or where no order can be computed), and of
    its rank, a rise being positive; ``ranks`` is None where no change of rank is told.
    ``columns``, ``scales``: the indicators that one side alone scores, and those with another
    declared scale; ``ranked``: the units that one side alone ranks. Any of them, and ranks are not
    put side by side. ``refused``: mixtures that give no scores.
    """

    sides: tuple[Side, Side]
    rows: dict[str, tuple[int, int]]
    factors: tuple[str, ...]
    points: Array
    ranks: Array | None
    columns: tuple[str, ...]
    scales: tuple[str, ...]
    ranked: tuple[str, ...]
    refused: tuple[Refused, ...]
    evaluations: int

    @property
    def index(self) -> tuple[Array, Array]:
        """The composites of the units on both sides, (units,) each."""
        old, new = (side.evaluated.scores.index for side in self.sides)
        at = np.array(list(self.rows.values()), dtype=np.int64).reshape(-1, 2)
        return old[at[:, 0]], new[at[:, 1]]

    @property
    def unsplit(self) -> tuple[str, ...]:
        """Units whose score changed in a way that no order parts."""
        old, new = self.index
        lost = ~np.isnan(old) & ~np.isnan(new) & np.isnan(self.points).any(axis=1)
        return tuple(unit for unit, none in zip(self.rows, lost, strict=True) if none)

    @property
    def only(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rows of units that one side alone has, those of the old side first."""
        told = (
            tuple(row for row, unit in enumerate(side.units) if unit not in self.rows)
            for side in self.sides
        )
        old, new = told
        return old, new


def parted(old: Side, new: Side, frame: Fitted | None = None) -> Change:
    """Part the change of every unit among the factors that differ.

    Both sides stand on the saved ``frame``, or each on its own framework and table.
    """
    coalitions = Coalitions((old, new), frame)
    factors = differing(coalitions)
    rows = _rows(old, new)
    table = new.evaluated.scores.data.rows([row for _, row in rows.values()])
    worth, refused = _worth(coalitions, factors, table, list(rows.values()))
    columns = tuple(sorted({*old.columns} ^ {*new.columns}))
    scales = () if frame is not None else rescaled(coalitions)
    apart = tuple(sorted(ranked_units(old.evaluated) ^ ranked_units(new.evaluated)))
    alike = not (columns or scales or apart)
    return Change(
        sides=(old, new),
        rows=rows,
        factors=factors,
        points=shares(worth),
        ranks=shares(_places(worth, old, list(rows))) if alike else None,
        columns=columns,
        scales=scales,
        ranked=apart,
        refused=refused,
        evaluations=len(worth) - int(np.isnan(worth).all(axis=1).sum()),
    )


def _rows(old: Side, new: Side) -> dict[str, tuple[int, int]]:
    """The rows of each unit that both sides have, in the order of the new table."""
    before = {unit: row for row, unit in enumerate(old.units)}
    return {unit: (before[unit], row) for row, unit in enumerate(new.units) if unit in before}


def _worth(
    coalitions: Coalitions, factors: tuple[str, ...], table: Dataset, rows: list[tuple[int, int]]
) -> tuple[Array, tuple[Refused, ...]]:
    """The composite of every unit under every coalition, (2 ** factors, units)."""
    worth = np.full((1 << len(factors), len(rows)), np.nan)
    refused = []
    old, new = (side.evaluated.scores.index for side in coalitions.sides)
    # Both ends were scored before; where nothing differs they are one, and NEW's is OLD's.
    worth[0] = old[[was for was, _ in rows]]
    if factors:
        worth[-1] = new[[now for _, now in rows]]
    for number in range(1, len(worth) - 1):
        changed = tuple(f for j, f in enumerate(factors) if number >> j & 1)
        # Figures of another year follow the revised ones: there is no old vintage of that year.
        if "data" in changed and "revision" in factors and "revision" not in changed:
            continue
        try:
            worth[number] = coalitions.index(frozenset(changed), table)
        except (StiscoreError, Unlearned) as fault:
            refused.append(Refused(changed, why(fault)))
    # Without a score on either side there is no change to part.
    worth[:, np.isnan(worth[[0, -1]]).any(axis=0)] = np.nan
    return worth, tuple(refused)


def _places(worth: Array, old: Side, units: list[str]) -> Array:
    """Places among the units ranked on both sides, the first the highest, (coalitions, units)."""
    known = ranked_units(old.evaluated)
    among: Mask = np.array([unit in known for unit in units], dtype=np.bool_)
    told = np.full(worth.shape, np.nan)
    for number, index in enumerate(worth):
        # A place among fewer is another thing.
        if among.any() and not np.isnan(index[among]).any():
            held = rank(index, old.evaluated.scores.tie, among=among)
            told[number] = np.where(among, -held.astype(np.float64), np.nan)
    return told
