"""The sheet Framework of the COIN Tool: groups and indicators, one a row, with their parents.

The head holds ``Dimension/indicator``, ``Supra-dimension``, ``Weight``, ``Aggregation``,
``Direction`` and ``Name of dimension/indicator``; ``Item`` names the kinds of rows, each where its
rows begin. Slots that are not used have no name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from stiscore.framework.strict import MOST_WEIGHT
from stiscore.io.elements.element import Element, Kind, Ledger, figure, is_blank
from stiscore.words.coinr import HOLDS, SETTINGS

if TYPE_CHECKING:
    from stiscore.errors import Location
    from stiscore.io.grid import Grid

HEAD = "Dimension/indicator"
NEEDED = {
    HEAD: "code",
    "Supra-dimension": "parent",
    "Weight": "weight",
    "Direction": "direction",
    "Name of dimension/indicator": "name",
}
OPTIONAL = {"Aggregation": "aggregation", "Item": "item"}
MEANS = frozenset({"arithmetic", "geometric"})


@dataclass(frozen=True, slots=True)
class FrameworkSheet:
    """The sheet with its head found: ``at`` gives the column of each field."""

    grid: Grid
    ledger: Ledger
    head: int
    at: Mapping[str, int]

    @classmethod
    def of(cls, grid: Grid, ledger: Ledger) -> FrameworkSheet:
        """Find the head; F159 for a label that is not there."""
        # The right half of the sheet repeats some labels: the first of a row is meant.
        rows = (grid.words(row) for row in range(grid.shape[0]))
        labels = [{t.casefold(): c for c, t in reversed(words)} for words in rows]
        heads = [r for r, held in enumerate(labels) if HEAD.casefold() in held]
        head = heads[0] if heads else 0
        held = labels[head] if labels else {}
        # What stands beyond the names belongs to the panel on the right.
        edge = held.get("name of dimension/indicator", grid.shape[1])
        held = {label: column for label, column in held.items() if column <= edge}
        for name in NEEDED:
            if name.casefold() not in held and (heads or name == HEAD):
                place = grid.location(head) if heads else grid.location(0)
                ledger.note("F159", place, name=name, holds=HOLDS["framework"])
        ledger.settle()
        fields = {**NEEDED, **OPTIONAL}.items()
        at = {ours: held[name.casefold()] for name, ours in fields if name.casefold() in held}
        return cls(grid, ledger, head, at)

    def elements(self) -> list[Element]:
        """The rows in use, as elements."""
        rows = [(row, item) for row, item in self._items() if not is_blank(self._text(row, "name"))]
        parents = {self._text(row, "parent") for row, _ in rows}
        return [self._element(row, item, parents) for row, item in rows if self._text(row, "code")]

    def aggregation(self, elements: Sequence[Element]) -> dict[str, Any]:
        """The means of the steps: of all, and of those that differ; F175 where groups differ."""
        rows = range(self.head + 1, self.grid.shape[0])
        means = {self._text(row, "code"): self._text(row, "aggregation") for row in rows}
        said: dict[str, set[str]] = defaultdict(set)
        for element in elements:
            if element.kind == "Aggregate" and means[element.code]:
                said[f"level{_height(element, elements)}"].add(means[element.code])
        chosen = {}
        for step, names in said.items():
            if len(names) == 1 and (mean := next(iter(names)).casefold()) in MEANS:
                chosen[step] = {"id": mean}
            else:
                level = SETTINGS["aggregation"].filled(level=step)
                told = {"name": level, "given": ", ".join(sorted(names)), "instead": "arithmetic"}
                self.ledger.note("F175", self.grid.location(self.head), **told)
        return {"aggregate_levels": {k: v for k, v in chosen.items() if v["id"] != "arithmetic"}}

    def _items(self) -> Iterator[tuple[int, str]]:
        """The rows below the head, each with the kind of rows it stands among."""
        item = ""
        for row in range(self.head + 1, self.grid.shape[0]):
            item = self._text(row, "item") or item
            yield row, item

    def _element(self, row: int, item: str, parents: set[str]) -> Element:
        code = self._text(row, "code")
        indicator = item.casefold().startswith("indicator") if item else code not in parents
        kind: Kind = "Indicator" if indicator else "Aggregate"
        weight, direction = (self._value(row, name) for name in ("weight", "direction"))
        if weight is None or not 0 < weight <= MOST_WEIGHT:
            given = self._text(row, "weight")
            self.ledger.note("F150", self._place(row, "weight"), id=code, given=given)
            weight = 1.0
        if indicator and direction not in (1.0, -1.0):
            given = self._text(row, "direction")
            self.ledger.note("F149", self._place(row, "direction"), id=code, given=given)
        return Element(
            code=code,
            name=self._text(row, "name"),
            kind=kind,
            row=row + 1,
            parent=self._text(row, "parent"),
            direction=-1 if indicator and direction == -1.0 else 1,
            weight=weight,
            places={name: self._place(row, name) for name in self.at},
        )

    def _text(self, row: int, name: str) -> str:
        text = self.grid.text(row, self.at[name]).strip() if name in self.at else ""
        return "" if is_blank(text) else text

    def _value(self, row: int, name: str) -> float | None:
        return figure(self.grid, row, self.at[name])

    def _place(self, row: int, name: str) -> Location:
        return self.grid.location(row, self.at[name])


def _height(element: Element, elements: Sequence[Element]) -> int:
    """Steps from the lowest indicator below an element up to it."""
    below = [e for e in elements if e.parent == element.code]
    return 1 + max((_height(child, elements) for child in below), default=-1)
