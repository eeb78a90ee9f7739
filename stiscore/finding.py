"""A finding: one fault, one place, one action. Data, not text; words/ turns it into sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from stiscore.errors import Location

# The same fault in more cells of a column than this becomes one message with ranges (surface.md).
GROUP_ABOVE = 5


class Severity(StrEnum):
    """How bad: an error stops scoring, a warning is printed, a note explains."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    ``code`` is stable ("D203"); ``fields`` fill the sentence of that code in words/findings;
    ``unit`` is the scored unit's label; ``group`` names the column whose repeated faults are
    joined into one message.
    """

    code: str
    severity: Severity
    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    location: Location | None = None
    unit: str | None = None
    group: str | None = None


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
        """Repeated faults of one column as one finding with ranges of cells.

        >>> places = [Location("d.xlsx", "s", f"C{row}") for row in range(2, 9)]
        >>> cells = [Finding("D101", Severity.ERROR, {}, place, group="c") for place in places]
        >>> Findings(cells).joined()[0].location.cell
        'C2:C8'
        """
        return Findings(_join(self))


def _join(findings: Iterable[Finding]) -> Iterator[Finding]:
    families: dict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        key = finding.group if finding.group is not None else f"\0{number}"
        families[finding.code, key].append(finding)
    for family in families.values():
        first, place = family[0], family[0].location
        if len(family) <= GROUP_ABOVE or place is None:
            yield from family
            continue
        cells = [f.location.cell for f in family if f.location and f.location.cell]
        lines = [f.location.line for f in family if f.location and f.location.line is not None]
        fields = {**first.fields, "count": len(family)}
        if cells:
            place = replace(place, cell=ranges(cells))
        elif lines:
            place = replace(place, line=min(lines))
            fields["lines"] = ", ".join(str(line) for line in lines)
        yield replace(first, location=place, fields=MappingProxyType(fields), unit=None)


def ranges(cells: Iterable[str]) -> str:
    """Cells of one column as runs.

    >>> ranges(["C2", "C3", "C4", "C9"])
    'C2:C4, C9'
    """
    runs: list[tuple[str, int, int]] = []
    for cell in cells:
        letters = cell.rstrip("0123456789")
        row = int(cell[len(letters) :])
        if runs and runs[-1][0] == letters and runs[-1][2] == row - 1:
            runs[-1] = (letters, runs[-1][1], row)
        else:
            runs.append((letters, row, row))
    return ", ".join(f"{c}{a}" if a == b else f"{c}{a}:{c}{b}" for c, a, b in runs)
