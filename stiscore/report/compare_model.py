"""What a comparison's renderers see: tables, the units in them, and every node side by side.

Differences, changes, leaders and medians stand here already; renderers do no arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from stiscore.analysis.compare import Kind
from stiscore.analysis.scales import Scale
from stiscore.errors import Location
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.report.model import Ranks, Report, Span
from stiscore.words import Words


class Side(NamedTuple):
    """A unit that is compared, by its names; ``groups``: ids of the peer groups it belongs to.

    ``tolerated``: whether a value of it was set aside for an error in its cell.
    """

    id: str
    label: str
    name_en: str
    name_zh: str
    groups: tuple[str, ...]
    tolerated: bool = False


class Figure(NamedTuple):
    """One node of one unit in one table.

    ``score``: of a gap its severity. ``difference``: to the first unit of the same table;
    ``from_median``: to the median of the peers; ``change``: to the first table.
    """

    raw: float | None = None
    score: float | None = None
    rank: int | None = None
    rank_in_group: int | None = None
    points: float | None = None
    difference: float | None = None
    from_median: float | None = None
    change: float | None = None
    cells: tuple[Location, ...] = ()
    flags: tuple[str, ...] = ()
    rank_range: Ranks = None


class Peers(NamedTuple):
    """The peers' part of a node: medians, and how many peers are ``having`` a value."""

    median: float | None
    raw: float | None
    having: int


class Line(NamedTuple):
    """One node over all units, in the order of the sides; None: the unit is not in this table.

    ``leaders``: positions of the units with the best value, several where they tie. ``last``: the
    position of the worst. ``area``: id of the area above an indicator.
    """

    id: str
    kind: Kind
    name: Name
    area: str | None
    role: str | None
    measured_in: str | None
    figures: tuple[Figure | None, ...]
    leaders: tuple[int, ...]
    last: int | None
    spread: float | None
    peers: Peers | None

    @property
    def leader(self) -> int | None:
        """The one unit that leads; None on a tie and where fewer than two count."""
        return self.leaders[0] if len(self.leaders) == 1 else None


class GroupRank(NamedTuple):
    """A unit's rank within one of its groups, of the ranked units there."""

    id: str
    name: Name
    rank: int | None
    of: int


class Place(NamedTuple):
    """A unit in one table: what stands above its nodes.

    ``change`` and ``rank_change`` are to the first table; a rise in rank is positive.
    ``same_cells``: whether the same indicators have values in both.
    """

    score: float | None
    rank: int | None
    ranked: bool
    coverage: float
    gap_index: float | None
    period: str | None
    groups: tuple[GroupRank, ...]
    change: float | None = None
    rank_change: int | None = None
    same_cells: bool = True
    rank_range: Ranks = None
    score_range: Span = None
    tier: int | None = None
    outside: bool | None = None


class Above(NamedTuple):
    """In what share of the variants one side ranks above another, and in what share they tie.

    ``one`` has the better nominal score. ``draws``: the variants that were compared.
    """

    one: int
    other: int
    share: float
    level: float
    draws: int


class Table(NamedTuple):
    """One file in one year, scored. ``places`` and figures are in the order of the sides.

    ``above``: every pair of ranked sides, where there are variants and sides were named.
    """

    label: str
    report: Report
    places: tuple[Place | None, ...]
    lines: tuple[Line, ...]
    ranked: int
    of: int
    above: tuple[Above, ...] = ()


class Widest(NamedTuple):
    """A difference worth a sentence: in which area, who leads or changed, over whom, how large."""

    area: Name
    units: tuple[int, ...]
    last: int | None
    by: float


class ComparisonReport(NamedTuple):
    """One comparison. ``named``: the units were named, and so are shown down to the cells.

    ``widest``: the areas that differ most, widest first. ``moved``: by side, the areas whose score
    changed most from the first table to the last. ``left_out``: columns with the tables that lack
    them. ``notes``: what is to be said of the group.
    """

    tables: tuple[Table, ...]
    sides: tuple[Side, ...]
    named: bool
    group: str | None
    group_name: Name | None
    shared_groups: tuple[str, ...]
    peers: int
    widest: tuple[Widest, ...]
    moved: tuple[tuple[Widest, ...], ...]
    left_out: Mapping[str, tuple[str, ...]]
    scale: Scale
    notes: tuple[Words, ...]
    findings: Findings

    @property
    def report(self) -> Report:
        """The first table's report: framework, method and notes are the same for all."""
        return self.tables[0].report

    def shown(self, kind: Kind, table: Table) -> tuple[Line, ...]:
        """The measured areas (``group``) or gaps of a table, as every report lists them."""
        columns = table.report.areas if kind == "group" else table.report.gaps
        held = {column.id for column in columns if column.measured}
        return tuple(n for n in table.lines if n.kind == kind and n.id in held)

    @property
    def against_median(self) -> bool:
        """Whether one unit stands against the median of its peers."""
        return self.named and self.group is not None and len(self.sides) == 1
