"""One row that describes an index, as it was given, and the ledger of what is wrong with rows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from stiscore.errors import InputRefused, Location
from stiscore.finding import Finding, Findings, Severity
from stiscore.io.cells import MISSING_MARKS, parse_cell
from stiscore.io.grid import CellKind
from stiscore.words.faults import found, refusal
from stiscore.words.faults.framework import did_you_mean

if TYPE_CHECKING:
    from stiscore.errors import StiscoreError
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Grid
    from stiscore.words import Words

Kind = Literal["Indicator", "Aggregate", "Group", "Denominator", "Other"]
KINDS: tuple[Kind, ...] = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
# What both programs and R write for a cell that says nothing.
BLANK = MISSING_MARKS | {"", "nan"}


class Element(NamedTuple):
    """A row: an indicator, a group of the tree, or a column of the data with another part.

    ``code`` and ``parent`` are as given. ``row`` is the row as the user's program counts it;
    ``places``: the cell of each column by its name. ``direction`` is 1 or -1, ``weight`` above 0.
    """

    code: str
    name: str
    kind: Kind
    row: int
    parent: str = ""
    direction: int = 1
    weight: float = 1.0
    unit: str = ""
    target: float | None = None
    goalposts: tuple[float, float] | None = None
    denominator: str = ""
    places: Mapping[str, Location] = MappingProxyType({})

    def place(self, column: str) -> Location | None:
        """The cell of a column; that of the code where the row has no such cell."""
        return self.places.get(column, self.places.get("code"))


class Imported(NamedTuple):
    """A framework as it was taken over, and what there is to know of it (notes only)."""

    framework: Framework
    notes: Findings


@dataclass(slots=True)
class Ledger:
    """What is found while rows are read."""

    file: str
    found: list[Finding] = field(default_factory=list)

    def note(self, code: str, place: Location | None, **fields: object) -> None:
        """Keep a finding; without a place it is of the whole file."""
        where = place or Location(self.file)
        self.found.append(found(code, where, unit=None, group=code, at=None, **fields))

    @property
    def notes(self) -> Findings:
        """What was found so far that stops nothing."""
        return Findings(self.found).of(Severity.NOTE)

    def settle(self) -> None:
        """Raise InputRefused with the errors so far; none: go on."""
        if Findings(self.found).errors:
            raise self.refused()

    def refused(self) -> StiscoreError:
        """InputRefused with the errors so far."""
        return refusal(InputRefused, list(Findings(self.found).errors))


def is_blank(text: str) -> bool:
    """Whether a cell says nothing.

    >>> is_blank(" NA "), is_blank("0")
    (True, False)
    """
    return text.strip().casefold() in BLANK


def figure(grid: Grid, row: int, column: int) -> float | None:
    """The number in a cell, in full where the file keeps it as one; None where there is none."""
    if grid.kinds[row, column] == CellKind.NUMBER:
        return float(grid.numbers[row, column])
    return parse_cell(grid.text(row, column)).value


def hint(given: str, known: Iterable[str]) -> Words:
    """Words that suggest the nearest known name; none when nothing is near."""
    near = difflib.get_close_matches(given, sorted(known), 1)
    return did_you_mean(near[0] if near else None)
