"""Figures of one unit as they would be: those that are changed, and those that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite, isnan
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.quantities import (
    Figures,
    Moved,
    factor_of,
    from_share,
    lacking,
    with_totals,
)
from stiscore.analysis.rederived import rederived
from stiscore.dataset import titled
from stiscore.errors import Location, UsageError
from stiscore.finding import Finding, Findings
from stiscore.framework.find import with_id
from stiscore.framework.model import Indicator, Quantity
from stiscore.words import Words
from stiscore.words.faults import found, refusal
from stiscore.words.faults.scenario import BOUNDS, NOTHING_RESTS, TWICE
from stiscore.words.measurements import measurement

How = Literal["set", "times", "plus"]


class Change(NamedTuple):
    """What is done to a figure: set to ``amount``, multiplied with it, or ``amount`` added.

    ``text``: as it was written, for whoever reads the result.
    """

    how: How
    amount: float
    text: str

    def of(self, value: float) -> float:
        """The figure after the change.

        >>> Change("times", 2.0, "x2").of(0.25)
        0.5
        """
        if self.how == "set":
            return self.amount
        return value * self.amount if self.how == "times" else value + self.amount


class Figure(NamedTuple):
    """One figure before and after; None: missing. ``asked``: the change, None where it follows.

    ``factor``: of a quantity that the file has no figure of, after over before. ``cells``: where
    the figure before stands, of a derived one its parts.
    """

    id: str
    quantity: bool
    measured_in: str
    before: float | None
    after: float | None
    factor: float | None
    asked: Change | None
    cells: tuple[Location, ...] = ()


class Supposed(NamedTuple):
    """All figures that change, values to score by column, and what is to be doubted."""

    figures: tuple[Figure, ...]
    values: Mapping[str, float]
    findings: Findings


def suppose(evaluated: Evaluated, row: int, changes: Mapping[str, Change]) -> Supposed:
    """The figures of one row after ``changes``, by id of an indicator or a quantity.

    A quantity takes the totals it is part of along, and every indicator computed from them. Raises
    UsageError for what cannot be supposed: values out of bounds (U170), a change of nothing (U173),
    what nothing rests on (U174), amounts that shares alone do not tell (U175, U176).
    """
    return _Supposing(evaluated, row, changes).result()


class _Supposing:
    """One row's figures while they are worked out."""

    def __init__(self, evaluated: Evaluated, row: int, changes: Mapping[str, Change]) -> None:
        scores = evaluated.scores
        self.data, self.row, self.changes = scores.data, row, changes
        self.framework, self.level = scores.fitted.framework, scores.fitted.level
        values = self.data.values[row].tolist()
        held = {c: v for c, v in zip(self.data.ids, values, strict=True) if not isnan(v)}
        self.figures = Figures(self.framework, self.level, MappingProxyType(held))
        at_level = self.framework.at_level(self.level)
        self.nodes: dict[str, Indicator | Quantity] = {
            **{q.id: q for q in self.framework.quantities},
            **{i.id: i for i in at_level},
        }
        self.wrong: list[Finding] = []

    def result(self) -> Supposed:
        """What follows from the changes; stops at whatever is wrong with any of them."""
        own = {
            i: self._changed(i, change)
            for i, change in self.changes.items()
            if isinstance(self.nodes[i], Indicator)
        }
        asked = {i: self._moved(i, c) for i, c in self.changes.items() if i not in own}
        self._stop()
        moved = with_totals(self.figures, asked)
        values = {q: m.after for q, m in moved.items() if m.after is not None and self._has(q)}
        values |= own
        follows = self._from_shares(moved)
        self._stop()
        values |= {**rederived(self.framework, self.data, self.row, values), **follows, **own}
        self._resting(asked)
        told = tuple(self._told(moved, values))
        doubts = tuple(self._doubts(told))
        self._stop()
        return Supposed(told, MappingProxyType(values), Findings(doubts))

    def _stop(self) -> None:
        if self.wrong:
            raise refusal(UsageError, self.wrong)

    def _has(self, column: str) -> bool:
        return self.data.position(column) is not None

    def _name(self, id_: str) -> Words:
        return with_id(self.nodes[id_])

    def _refuse(self, code: str, id_: str, **fields: Any) -> None:
        self.wrong.append(
            found(
                code,
                unit=titled(self.data.units[self.row], "both"),
                node=id_,
                called=self._name(id_),
                column=id_,
                **fields,
            )
        )

    def _changed(self, id_: str, change: Change) -> float:
        """An indicator after its own change."""
        value = self.figures.held.get(id_)
        if not self._has(id_):
            self._refuse("U174", id_, why=NOTHING_RESTS["indicator"])
        elif value is None and change.how != "set":
            self._refuse("U173", id_)
        return change.of(0.0 if value is None else value)

    def _moved(self, id_: str, change: Change) -> Moved:
        """A quantity after its own change."""
        value = self.figures.held.get(id_)
        if value is not None:
            after = change.of(value)
            return Moved(value, after, factor_of(value, after))
        if change.how == "times":
            return Moved(None, None, change.amount)
        if self._has(id_) and change.how == "set":
            return Moved(None, change.amount, None)
        if self._has(id_):
            self._refuse("U173", id_)
        else:
            measured = measurement(self.nodes[id_].measured_in)
            self._refuse("U175", id_, given=change.text, measured=measured)
        return Moved(None, None, None)

    def _from_shares(self, moved: Mapping[str, Moved]) -> dict[str, float]:
        """Indicators with a column of their own, after what lies behind them changed."""
        told: dict[str, float | None] = {}
        for id_, recipe in self.figures.recipes().items():
            behind = {*recipe.quantities} & moved.keys()
            if behind and id_ in self.changes:
                quantity = next(q for q in moved if q in behind)
                how = TWICE["through"].filled(quantity=self._name(quantity))
                self._refuse("U177", id_, how=how)
            if not behind or id_ in self.changes or id_ not in self.figures.held:
                continue
            if self._computed(id_):
                lost = any(
                    m.before is not None and m.after is None for m in map(moved.get, behind) if m
                )
                value = None if lost else self.figures.held[id_]
            else:
                value = told[id_] = from_share(self.figures, id_, recipe, moved)
            if value is None:
                needed = lacking(self.figures, id_, recipe, moved, self.changes)
                names = [self._name(each) for each in needed]
                told_of = Words(", ".join(n.en for n in names), "、".join(n.zh for n in names))
                self._refuse("U176", id_, columns=told_of)
        return {id_: value for id_, value in told.items() if value is not None}

    def _computed(self, indicator: str) -> bool:
        """Whether the table computes an indicator from columns that are all there."""
        at = self.data.position(indicator)
        parts = () if at is None else self.data.columns[at].derived_from
        return bool(parts) and all(map(self._has, parts))

    def _resting(self, asked: Mapping[str, Moved]) -> None:
        """Refuse quantities that no indicator of the file is computed from."""
        recipes = [r for i, r in self.figures.recipes().items() if self._has(i)]
        behind = {quantity for recipe in recipes for quantity in recipe.quantities}
        for id_ in asked:
            reach = with_totals(self.figures, {id_: Moved(None, None, None)}).keys()
            divides = any(id_ in c.derived_from for c in self.data.columns)
            if not reach & behind and not divides:
                self._refuse("U174", id_, why=NOTHING_RESTS["quantity"])

    def _told(self, moved: Mapping[str, Moved], values: Mapping[str, float]) -> Iterator[Figure]:
        """Changed figures: quantities first, as they were asked for, then indicators."""
        for id_, move in moved.items():
            stays = move.before == move.after and move.factor in (None, 1.0)
            if id_ not in self.changes and stays:
                continue
            node = self.nodes[id_]
            factor = move.factor if move.after is None else None
            change = self.changes.get(id_)
            told = Figure(id_, True, node.measured_in, move.before, move.after, factor, change)
            yield told._replace(cells=self._cells(id_, move.before))
        for id_, value in values.items():
            held = self.nodes.get(id_)
            if isinstance(held, Indicator):
                after = None if isnan(value) else value
                before = self.figures.held.get(id_)
                change = self.changes.get(id_)
                told = Figure(id_, False, held.measured_in, before, after, None, change)
                yield told._replace(cells=self._cells(id_, before))

    def _cells(self, id_: str, before: float | None) -> tuple[Location, ...]:
        column = self.data.position(id_)
        return () if column is None or before is None else self.data.locations(self.row, column)

    def _doubts(self, figures: tuple[Figure, ...]) -> Iterator[Finding]:
        """Values hardly ever seen; values that cannot be are refused."""
        for told in figures:
            node = self.nodes[told.id]
            if told.after is None or told.after == told.before:
                continue
            if not isfinite(told.after):
                self._refuse_bounds(told, (None, None))
                continue
            if not isinstance(node, Indicator):
                continue
            low, high = self.framework.bounds(node, self.level)
            if (low is not None and told.after < low) or (high is not None and told.after > high):
                self._refuse_bounds(told, (low, high))
                continue
            plausible = node.levels[self.level].plausible
            if plausible is not None and not plausible[0] <= told.after <= plausible[1]:
                yield self._doubt(told, plausible)

    def _doubt(self, told: Figure, plausible: tuple[float, float]) -> Finding:
        return found(
            "U179",
            unit=titled(self.data.units[self.row], "both"),
            column=told.id,
            called=self._name(told.id),
            value=told.after,
            measured=measurement(told.measured_in),
            low=plausible[0],
            high=plausible[1],
        )

    def _refuse_bounds(self, told: Figure, bounds: tuple[float | None, float | None]) -> None:
        low, high = bounds
        key = "none" if low is None else "low"
        if high is not None:
            key = "high" if low is None else "both"
        shown = BOUNDS[key].filled(low=low, high=high)
        measured = measurement(told.measured_in)
        self._refuse("U170", told.id, value=told.after, measured=measured, bounds=shown)
