"""What holds units back, with all that its renderers need around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from stiscore.analysis.peers import Peers
from stiscore.finding import Findings
from stiscore.framework.links import Barrier, GapLink, Issue, Measure
from stiscore.framework.model import Indicator, Name
from stiscore.report.model import GapScore, IndicatorScore, Report, UnitReport
from stiscore.report.printed import Tabled


class Figure(NamedTuple):
    """An indicator of one unit beside its peers.

    ``median``: of the peers' values. ``share``: its weight among the indicators behind the gap that
    have a value, 0-1; ``lost``: its part of the severity, in points. Both None where it does not
    count in the gap.
    """

    told: IndicatorScore
    median: float | None = None
    share: float | None = None
    lost: float | None = None


class Shortfall(NamedTuple):
    """One gap of one unit.

    ``median``: of the peers' severities, ``having`` of whom have one. ``widest``: whether none of
    the unit's is wider.
    ``widest_share``: share of the variants in which none is, 0-1; None without variants.
    ``behind``: the indicators that count; ``related``: those listed beside them.
    """

    told: GapScore
    median: float | None
    having: int
    widest: bool
    widest_share: float | None
    behind: tuple[Figure, ...]
    related: tuple[Figure, ...]

    @property
    def short(self) -> bool:
        """Whether anything is short of the upper end of the scale."""
        return self.told.severity is not None and self.told.severity > 0


class UnitGaps(NamedTuple):
    """What holds one unit back.

    ``compared``: ids of the peers; None where they are all other ranked units. ``gaps``: the widest
    first, those without a severity last. ``diagnostics``: by indicator id, the
    barriers' own indicators so far as the table measures them.
    """

    unit: UnitReport
    peers: Peers
    compared: tuple[str, ...] | None
    gaps: tuple[Shortfall, ...]
    diagnostics: Mapping[str, Figure]

    @property
    def measured(self) -> tuple[Shortfall, ...]:
        """The gaps with a severity, the widest first."""
        return tuple(gap for gap in self.gaps if gap.told.severity is not None)

    @property
    def widest(self) -> tuple[Shortfall, ...]:
        """The widest gap, several where they are level; none where nothing is short."""
        return tuple(gap for gap in self.gaps if gap.widest)

    def gap(self, id_: str) -> Shortfall:
        """The gap with this id."""
        return next(gap for gap in self.gaps if gap.told.id == id_)


class Guide(NamedTuple):
    """What a framework links to a gap, and how the gap stands over the units of the table.

    Where a group is shown alone, over its units.

    ``absent``: indicators that count in it and have no column here. ``measured``: how many have.
    ``units``: ranked units with a severity; ``median``: of theirs. ``widest``: ids of the ranked
    units that have no wider one; ``marked``: of all units.
    """

    id: str
    name: Name
    origin: str
    paper: str | None
    link: GapLink | None
    absent: tuple[Indicator, ...]
    measured: int
    of: int
    units: int
    median: float | None
    widest: tuple[str, ...]
    marked: frozenset[str]


class Headings(NamedTuple):
    """What the links name, by id, and how the headings were come by.

    ``undiagnosed``: by barrier, its own indicator where the table does not measure it.
    """

    measures: Mapping[str, Measure]
    issues: Mapping[str, Issue]
    barriers: Mapping[str, Barrier]
    note: Name | None
    undiagnosed: Mapping[str, Indicator]

    @property
    def quoted(self) -> bool:
        """Whether any of them is a paper's."""
        kinds = (self.measures, self.issues, self.barriers)
        return any(part.origin == "paper" for kind in kinds for part in kind.values())


@dataclass(frozen=True, slots=True, eq=False)
class GapsReport(Tabled):
    """The gaps of single units, or of a whole table. Frozen; text is made on demand.

    ``single``: whether units were asked for by name. ``guides``: one a gap, in framework order.
    ``ends``: of the scale that scores are on.
    """

    renderers: ClassVar[str] = "gaps"
    report: Report
    guides: tuple[Guide, ...]
    headings: Headings
    single: bool
    about: Callable[[UnitReport], UnitGaps]
    ends: tuple[float, float] = (0.0, 100.0)

    @property
    def units(self) -> tuple[UnitGaps, ...]:
        """Every unit shown, the ranked by rank; worked out when asked for."""
        return tuple(self.about(unit) for unit in self.report.units)

    @property
    def most_common(self) -> tuple[Guide, ...]:
        """The gap that is the widest of most ranked units; several where as many have each."""
        most = max((len(guide.widest) for guide in self.guides), default=0)
        return tuple(g for g in self.guides if most and len(g.widest) == most)

    @property
    def ranked(self) -> int:
        """Ranked units among those shown."""
        return sum(unit.ranked for unit in self.report.units)

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data and the scores."""
        return self.report.findings

    def guide(self, gap: str) -> Guide:
        """What goes with a gap."""
        return next(guide for guide in self.guides if guide.id == gap)
