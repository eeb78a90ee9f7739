"""Report: the only thing renderers see.

Every figure a renderer prints stands here already; names come in both languages, so that a
renderer chooses words and layout and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from stiscore.analysis.applied import Applied, Treatment
from stiscore.analysis.similar import Similar
from stiscore.dataset import Unit
from stiscore.errors import Location
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.report.variation import Variation
from stiscore.words import Words

# What the variants give a rank or a score: from and to; None where there are no variants.
Ranks = tuple[int, int] | None
Span = tuple[float, float] | None


class Column(NamedTuple):
    """A dimension in the tables: an area or a gap, measured or not."""

    id: str
    name: Name
    measured: int
    of: int
    weight: float
    declared: float
    weight_share: float
    origin: str


class GroupScore(NamedTuple):
    """A group's score for one unit. ``weight`` is local, ``effective`` down from the index."""

    id: str
    parent: str | None
    name: Name
    score: float | None
    rank: int | None
    weight: float
    effective: float
    points: float | None
    coverage: float
    flags: tuple[str, ...]
    rank_range: Ranks = None
    score_range: Span = None
    peer_median: float | None = None
    peers_having: int = 0


class GapScore(NamedTuple):
    """A gap's severity for one unit, with the number of indicators behind it."""

    id: str
    name: Name
    severity: float | None
    rank: int | None
    band: str | None
    measured: int
    of: int
    indicators: tuple[str, ...]
    rank_range: Ranks = None
    severity_range: Span = None
    peer_median: float | None = None
    peers_having: int = 0

    @property
    def coverage(self) -> float | None:
        """Share of the tagged indicators that are measured for the unit."""
        return self.measured / self.of if self.of else None


class IndicatorScore(NamedTuple):
    """An indicator for one unit: from the cell to the points it adds to the index."""

    id: str
    group: str
    name: Name
    role: str
    measured_in: str
    raw: float | None
    treated: float | None
    normalised: float | None
    rank: int | None
    weight: float
    effective: float
    points: float | None
    cells: tuple[Location, ...]
    period: str | None
    flags: tuple[str, ...]


class PeerPlace(NamedTuple):
    """A unit among its peers.

    ``units``: the peers, ranked and without the unit itself; ``rank``: its own among them and
    itself, None where it is not ranked; ``median`` of their scores, ``gap_index``: of their gap
    indices. ``source`` and ``notes``: see ``analysis.peers.Peers``.
    """

    id: str
    name: Words
    units: tuple[Unit, ...]
    rank: int | None
    median: float | None
    gap_index: float | None
    source: Words | None = None
    notes: tuple[Words, ...] = ()


class UnitReport(NamedTuple):
    """All there is to say of one unit. Its place, then dimension by dimension.

    ``outside``: whether its nominal rank is outside its own range. ``peers`` where they were asked
    for; ``similar`` where a card was.
    """

    id: str
    label: str
    name_en: str
    name_zh: str
    peer_groups: tuple[str, ...]
    period: str | None
    score: float | None
    rank: int | None
    ranked: bool
    coverage: float
    adjusted: float | None
    gap_index: float | None
    band: str | None
    groups: tuple[GroupScore, ...]
    gaps: tuple[GapScore, ...]
    indicators: tuple[IndicatorScore, ...]
    strengths: tuple[str, ...]
    weaknesses: tuple[str, ...]
    judged: bool
    rank_in_group: Mapping[str, int | None] = MappingProxyType({})
    reference: bool = False
    rank_range: Ranks = None
    score_range: Span = None
    tier: int | None = None
    outside: bool | None = None
    peers: PeerPlace | None = None
    similar: Similar | None = None

    def group(self, node: str) -> GroupScore:
        """The score of one group."""
        return next(g for g in self.groups if g.id == node)

    @property
    def tolerated(self) -> bool:
        """Whether a value of the unit was set aside for an error in its cell (--tolerate)."""
        return any("tolerated" in g.flags for g in self.groups if g.parent is None)


class GapSummary(NamedTuple):
    """A gap over the ranked units: its median severity, and where it is widest."""

    id: str
    name: Name
    median: float
    widest: Unit
    widest_severity: float
    measures: tuple[Name, ...]


class Coverage(NamedTuple):
    """How much of the framework the file measures at its level."""

    indicators: int
    of_indicators: int
    areas: int
    of_areas: int
    weight_share: float
    partial: bool


class Provenance(NamedTuple):
    """What makes the figures reproducible."""

    version: str
    framework: str
    framework_version: str
    framework_sha256: str
    file: str
    data_sha256: str
    sheet: str | None
    level: str
    period: str | None
    method: dict[str, Any]
    invented: bool
    frame: str | None = None
    common: bool = False


class Report(NamedTuple):
    """One evaluated table. ``units``: ranked ones by rank, then the rest by score."""

    title: Name
    level: Name
    levels: tuple[Name, ...]
    unit_word: Name
    level_note: Name | None
    origin_note: Name
    basis: str
    provenance: Provenance
    coverage: Coverage
    areas: tuple[Column, ...]
    gaps: tuple[Column, ...]
    units: tuple[UnitReport, ...]
    ranked: int
    of: int
    largest_gaps: tuple[GapSummary, ...]
    not_measured: dict[str, tuple[str, ...]]
    superseded: tuple[str, ...]
    proxy_areas: dict[str, tuple[str, ...]]
    caveats: tuple[tuple[Name, Name], ...]
    band_words: dict[str, Name]
    band_note: Name | None
    names: dict[str, Name]
    findings: Findings
    # A group shown alone, how units are labelled, and what is to be said of either under the table.
    group: str | None = None
    labels: str = "source"
    notes: tuple[Words, ...] = ()
    references: tuple[UnitReport, ...] = ()
    applied: tuple[Applied, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    # The variants that ranges rest on, or the key of the reason why there are none.
    variation: Variation | None = None
    unranged: str = "off"

    @property
    def rows(self) -> tuple[UnitReport, ...]:
        """The units and, after them, the totals shown as a reference."""
        return (*self.units, *self.references)

    @property
    def set_aside(self) -> Findings:
        """What was set aside so that the table could be scored; empty as a rule."""
        return Findings(f for f in self.findings if f.code in {"D110", "D111"})

    @property
    def shown_areas(self) -> tuple[Column, ...]:
        """Areas with at least one column."""
        return tuple(a for a in self.areas if a.measured)
