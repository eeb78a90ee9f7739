"""A finding: one fault, one place, one action. Data, not text; words/ turns it into sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from stiscore.errors import Location

# The same fault in more cells of a column than this becomes one message with ranges (surface.md).
GROUP_ABOVE = 5
# Faults that are each of another column or row, and read as one where there are many.
TOGETHER = frozenset({"L106", "L112", "D302", "D303", "D304", "D305"})


class Severity(StrEnum):
    """How bad: an error stops scoring, a warning is printed, a note explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or several of a kind told as one.

    ``code`` is stable ("D203"); ``fields`` fill the sentence of that code in words/faults;
    ``unit`` is the scored unit's label; ``group`` names the column whose repeated faults are
    joined into one message; ``at``: row and column of the Dataset's value that is at fault, None
    where it is not a single value. ``parts``: what a joined finding stands for, empty otherwise.
    """

    code: str
    severity: Severity
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    location: Location | None = None
    unit: str | None = None
    group: str | None = None
    at: tuple[int, int] | None = None
    parts: tuple[Finding, ...] = ()


class Findings(tuple[Finding, ...]):
    """Findings in the order they are shown; a tuple with questions."""

    __slots__ = ()

    @property
    def errors(self) -> Findings:
        """Only those that stop scoring."""
        return self.of(Severity.ERROR)

    @property
    def warnings(self) -> Findings:
        """Only those that want a look."""
        return self.of(Severity.WARNING)

    def of(self, severity: Severity) -> Findings:
        """The findings of one severity.

        >>> Findings([Finding("D203", Severity.ERROR)]).of(Severity.NOTE)
        ()
        """
        return Findings(f for f in self if f.severity is severity)

    def joined(self) -> Findings:
        """Repeated faults of one column as one finding with ranges of cells, in the first's place.

        Codes of ``TOGETHER`` are joined whatever the column. Five and fewer stand alone.

        >>> places = [Location("d.xlsx", "s", f"C{row}") for row in range(2, 9)]
        >>> cells = [Finding("D101", Severity.ERROR, {}, place, group="c") for place in places]
        >>> told = Findings(cells).joined()[0]
        >>> told.location.cell, len(told.parts)
        ('C2:C8', 7)
        """
        sizes = Counter(map(_family, self))
        return Findings(_join(self, {k for k, n in sizes.items() if k and n > GROUP_ABOVE}))


_Family = tuple[str, str, str, str | None] | None


def _family(finding: Finding) -> _Family:
    """What a finding may be joined with; None when it stands alone whatever else is found."""
    place = finding.location
    group = finding.code if finding.code in TOGETHER else finding.group
    if place is None or group is None or finding.parts:
        return None
    return (finding.code, group, place.file, place.sheet)


def _join(findings: Findings, large: set[_Family]) -> Iterator[Finding]:
    families: dict[_Family, list[Finding]] = {}
    for finding in findings:
        families.setdefault(_family(finding), []).append(finding)
    told = set()
    for finding in findings:
        family = _family(finding)
        if family not in large:
            yield finding
        elif family not in told:
            told.add(family)
            yield _as_one(families[family])


def _as_one(family: list[Finding]) -> Finding:
    places = [f.location for f in family if f.location is not None]
    cells = [p.cell for p in places if p.cell]
    if cells:
        place = replace(places[0], cell=ranges(cells))
    else:
        place = min(places, key=lambda p: (p.line or 0, p.column or 0))
    return replace(family[0], location=place, unit=None, at=None, parts=tuple(family))


def runs(cells: Iterable[str]) -> list[str]:
    """Cells as runs down a column or along a row; what is no single cell stands as it is.

    >>> runs(["C2", "C3", "C4", "C9", "D1", "E1"])
    ['C2:C4', 'C9', 'D1:E1']
    """
    told: list[list[str]] = []
    for cell in cells:
        if told and _next(told[-1], cell):
            told[-1].append(cell)
        else:
            told.append([cell])
    return [run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}" for run in told]


def ranges(cells: Iterable[str]) -> str:
    """Cells as runs in one text.

    >>> ranges(["C2", "C3", "C4", "C9"])
    'C2:C4, C9'
    """
    return ", ".join(runs(cells))


def _next(run: list[str], cell: str) -> bool:
    """Whether a cell continues a run the way the run goes."""
    first, last, here = cell_place(run[0]), cell_place(run[-1]), cell_place(cell)
    if first is None or last is None or here is None:
        return False
    step = (here[0] - last[0], here[1] - last[1])
    down = first[0] == last[0]
    along = first[1] == last[1]
    return (step == (0, 1) and down) or (step == (1, 0) and along)


def cell_place(cell: str) -> tuple[int, int] | None:
    """Column and row of a cell's name, counted from 1; None for what names no single cell.

    >>> cell_place("AB3"), cell_place("A1:B2")
    ((28, 3), None)
    """
    named = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", cell)
    if named is None:
        return None
    column = 0
    for letter in named[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(named[2])


def line_runs(lines: Iterable[int]) -> list[str]:
    """Lines of a text file as runs, in order.

    >>> line_runs([9, 3, 4, 5])
    ['3-5', '9']
    """
    told: list[tuple[int, int]] = []
    for line in sorted(set(lines)):
        if told and told[-1][1] == line - 1:
            told[-1] = (told[-1][0], line)
        else:
            told.append((line, line))
    return [str(a) if a == b else f"{a}-{b}" for a, b in told]
