"""What a changed raw quantity does to totals and to the indicators computed from it.

All is told as factors, after over before, so that a share alone is often enough: with
``s = f * a / T`` and ``a`` a part of ``T``, ``a * k`` makes of ``T`` ``T * (1 + (k - 1) * s / f)``
and of the share ``f * k * s / (f + (k - 1) * s)``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

from stiscore.framework.figures import deepest_first, totals
from stiscore.framework.model import Derive, Framework


class Moved(NamedTuple):
    """A quantity before and after; None where the file has no figure of it.

    ``factor``: after over before, None where it cannot be known.
    """

    before: float | None
    after: float | None
    factor: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """One unit's figures by column, missing ones left out, and the recipes of its level."""

    framework: Framework
    level: str
    held: Mapping[str, float]

    def recipes(self) -> dict[str, Derive]:
        """The recipe of every indicator of the level that has one."""
        told = self.framework.at_level(self.level)
        return {i.id: i.derive for i in told if i.derive is not None}

    def part_in(self, part: str, total: str) -> float | None:
        """A part over its total: from both, or from an indicator that is their quotient."""
        if self.held.get(total) and part in self.held:
            return self.held[part] / self.held[total]
        for indicator, recipe in self.recipes().items():
            alone = recipe.numerators == (part,) and recipe.denominators == (total,)
            if alone and recipe.factor and indicator in self.held:
                return self.held[indicator] / recipe.factor
        return None


def with_totals(figures: Figures, asked: Mapping[str, Moved]) -> dict[str, Moved]:
    """The changed quantities with the totals that rise or fall by as much.

    A total that is changed itself stays as it was asked for. A part that had no figure before is
    newly known, not new: its total stays.
    """
    above, moved = totals(figures.framework), dict(asked)
    parts: dict[str, list[str]] = {}
    for quantity in deepest_first(figures.framework):
        if quantity in parts:
            moved[quantity] = _risen(figures, quantity, {p: moved[p] for p in parts[quantity]})
        total = above.get(quantity)
        if quantity in moved and total is not None and total not in asked:
            parts.setdefault(total, []).append(quantity)
    return moved


def _risen(figures: Figures, total: str, parts: Mapping[str, Moved]) -> Moved:
    """A total after its parts have changed."""
    before = figures.held.get(total)
    if before is not None:
        rises = [_rise(figures, total, part, moved) for part, moved in parts.items()]
        if any(isnan(rise) for rise in rises):
            return Moved(before, None, None)
        after = before + sum(rises)
        return Moved(before, after, factor_of(before, after))
    factor = 1.0
    for part, moved in parts.items():
        share = figures.part_in(part, total)
        if share is None or moved.factor is None:
            return Moved(None, None, None)
        factor += (moved.factor - 1.0) * share
    return Moved(None, None, factor)


def _rise(figures: Figures, total: str, part: str, moved: Moved) -> float:
    """By how much a part changes its total; NaN where that cannot be known."""
    if moved.after is not None:
        return 0.0 if moved.before is None else moved.after - moved.before
    share = figures.part_in(part, total)
    if share is None or moved.factor is None:
        return float("nan")
    return (moved.factor - 1.0) * share * figures.held[total]


def factor_of(before: float, after: float) -> float | None:
    """After over before; None where nothing was there to be multiplied."""
    if before == 0:
        return 1.0 if after == 0 else None
    return after / before


def from_share(
    figures: Figures, indicator: str, recipe: Derive, moved: Mapping[str, Moved]
) -> float | None:
    """An indicator that was read, after quantities behind it changed; None: it cannot be known.

    NaN where what it is divided by becomes zero.
    """
    value = figures.held[indicator]
    above = _joined(figures, recipe.numerators, moved, None)
    below = _joined(figures, recipe.denominators, moved, _shares_below(recipe, value))
    if above is None or below is None:
        return None
    return value * above / below if below else float("nan")


def lacking(
    figures: Figures,
    indicator: str,
    recipe: Derive,
    moved: Mapping[str, Moved],
    asked: Collection[str],
) -> list[str]:
    """The quantities whose figures would tell what becomes of an indicator."""
    needed: set[str] = set()
    shares = _shares_below(recipe, figures.held[indicator])
    for side, known in ((recipe.numerators, None), (recipe.denominators, shares)):
        unknown = {p for p in side if p in moved and moved[p].factor is None}
        if unknown:
            needed |= unknown | {part for part in asked if part in moved}
        elif _joined(figures, side, moved, known) is None:
            needed |= {*side}
    return sorted(needed - figures.held.keys())


def _shares_below(recipe: Derive, value: float) -> dict[str, float] | None:
    """What each of two denominators is of their sum, where one of them is the numerator."""
    below = set(recipe.denominators)
    if len(below) != 2 or len(recipe.numerators) != 1 or not below.issuperset(recipe.numerators):
        return None
    of = 2 if recipe.combine_denominators == "mean" else 1
    share = value / recipe.factor / of
    return {part: share if part in recipe.numerators else 1.0 - share for part in below}


def _joined(
    figures: Figures,
    parts: Sequence[str],
    moved: Mapping[str, Moved],
    shares: Mapping[str, float] | None,
) -> float | None:
    """The factor of a sum (or mean) of quantities, from those of its parts."""
    factors = [moved[p].factor if p in moved else 1.0 for p in parts]
    if not parts or (None not in factors and len(set(factors)) == 1):
        return factors[0] if parts else 1.0
    if all(p in figures.held for p in parts):
        after = [moved[p].after if p in moved else figures.held[p] for p in parts]
        before = sum(figures.held[p] for p in parts)
        told = [each for each in after if each is not None]
        return factor_of(before, sum(told)) if len(told) == len(after) else None
    if shares is None or None in factors:
        return None
    return sum(shares[p] * f for p, f in zip(parts, factors, strict=True) if f is not None)
