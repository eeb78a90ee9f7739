"""Framework > Group > Indicator, and what hangs on them: gaps, measures, issues, barriers.

The tree may have any depth and any number of branches; the code never counts on eight and seven.
Models are frozen and strict and refuse unknown keys. Data reach them as JSON
(``Framework.model_validate_json``), since strict Python mode refuses lists where tuples stand.
"""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from stiscore.framework.collect import Collect
from stiscore.framework.links import Barrier, Gap, GapLink, Issue, Measure
from stiscore.framework.method import Bands, MethodSettings
from stiscore.framework.strict import (
    Bilingual,
    Header,
    Id,
    Name,
    Origin,
    Strict,
    Text,
    Weight,
)
from stiscore.framework.uncertainty import Uncertainty, usual

Role = Literal["core", "proxy", "context"]
Range = tuple[float, float]
OpenRange = tuple[float | None, float | None]


class Source(Strict):
    """Where an indicator's figures are published."""

    level: str = Field(description="Level the source serves, or 'both'")
    name: Text = Field(description="Publisher and table")
    code: str | None = Field(default=None, description="Series or table code of the publisher")


class Definition(Strict):
    """What is counted above and below the line."""

    numerator: Bilingual = Field(description="What is counted above the line")
    denominator: Bilingual | None = Field(
        default=None, description="What it is divided by; null: nothing"
    )


class Derive(Strict):
    """How an indicator is computed from raw quantities: factor * numerators / denominators."""

    numerators: tuple[Id, ...] = Field(min_length=1, description="Ids of quantities")
    denominators: tuple[Id, ...] = Field(default=(), description="Ids of quantities; none: 1")
    combine: Literal["sum", "mean"] = Field(default="sum", description="How numerators are joined")
    combine_denominators: Literal["sum", "mean"] = Field(
        default="sum", description="How denominators are joined"
    )
    factor: float = Field(default=1.0, description="100 turns a ratio into per cent")

    @property
    def quantities(self) -> tuple[str, ...]:
        """Ids of all quantities it takes, each once, numerators first."""
        return tuple(dict.fromkeys((*self.numerators, *self.denominators)))


class Scale(Strict):
    """The scale of an indicator at one level, in the indicator's own measurement."""

    goalposts: Range | None = Field(
        default=None, description="Values that score 0 and 100 (benefit) or 100 and 0 (cost)"
    )
    basis: Literal["percentile", "theoretical", "policy_target", "judgement"] | None = Field(
        default=None, description="What the goalposts rest on"
    )
    basis_source: str | None = Field(
        default=None, description="Table the goalposts were taken from"
    )
    basis_year: int | None = Field(default=None, description="Year of that table")
    target: float | None = Field(
        default=None, description="Value to be reached, for normalise: distance-to-target"
    )
    plausible: Range | None = Field(
        default=None, description="Outside it a value is questioned, not refused"
    )
    bounds: OpenRange | None = Field(
        default=None, description="Overrides the indicator's bounds at this level"
    )


class GapTags(Strict):
    """Gaps an indicator speaks of: ``primary`` counts in the gap index, ``related`` is listed."""

    primary: Id = Field(description="The gap whose severity the indicator counts in")
    related: tuple[Id, ...] = Field(default=(), description="Gaps it is listed under")


class Node(Strict):
    """What branches and leaves have in common."""

    id: Id = Field(description="Unique key; for an indicator also a column header in data files")
    name: Name = Field(description="Name; for an indicator also a column header in data files")
    weight: Weight = Field(default=1.0, description="Weight beside its siblings")
    origin: Origin = Field(default="ours", description="paper: the source's; ours: built here")


class Indicator(Node):
    """A leaf of the tree."""

    definition: Definition = Field(description="What is counted")
    measured_in: Text = Field(description="Unit of measurement, e.g. %")
    direction: Literal["benefit", "cost"] = Field(
        default="benefit", description="benefit: more is better; cost: less is better"
    )
    scaling: str | None = Field(default=None, description="share, ratio, per_gdp, index, level ...")
    curve: Literal["linear", "sqrt"] = Field(
        default="linear", description="sqrt for skewed indicators"
    )
    role: Role = Field(
        default="core", description="proxy: scored and marked; context: shown, never scored"
    )
    proxy_for: Id | None = Field(
        default=None, description="Left out when this indicator has a column"
    )
    lever: bool = Field(default=False, description="True only where policy can move it")
    gaps: GapTags | None = Field(default=None, description="Gaps it speaks of")
    bounds: OpenRange = Field(
        default=(None, None), description="Values outside are refused; null: no limit"
    )
    levels: dict[str, Scale] = Field(min_length=1, description="Scale by level")
    derive: Derive | None = Field(default=None, description="How it is computed from quantities")
    collect: Collect | None = Field(
        default=None, description="How a share nobody publishes is counted from a filled template"
    )
    min_denominator: float | None = Field(
        default=None, description="A share on a smaller base is a finding"
    )
    sources: tuple[Source, ...] = Field(default=(), description="Where figures are published")
    standard: str | None = Field(default=None, description="Statistical standard it follows")
    real_data: str | None = Field(default=None, description="What real figures are known to exist")
    aliases: tuple[Header, ...] = Field(default=(), description="Headers that mean this indicator")
    caveat: Name | None = Field(default=None, description="Printed under the table")


def _node_kind(value: object) -> str:
    held = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    # A branch whose `children` is misspelt is still no indicator: one fault, not a dozen.
    if "children" in held or not {"definition", "measured_in", "levels"} & held.keys():
        return "group"
    return "indicator"


class Group(Node):
    """A branch: an area, or the index itself at the root."""

    paper: str | None = Field(default=None, description="Section of the source")
    children: "tuple[Child, ...]" = Field(min_length=1, description="Groups or indicators")


Child = Annotated[
    Annotated[Group, Tag("group")] | Annotated[Indicator, Tag("indicator")],
    Discriminator(_node_kind),
]
# Else the type of `children` stays a name until first use, and its keys cannot be asked for.
Group.model_rebuild()


class Scope(Strict):
    """The narrower population a quantity is about, as titles of statistical tables name it."""

    titles: tuple[Header, ...] = Field(
        min_length=1, description="Words of a table's title under which the quantity is meant"
    )
    aliases: tuple[Header, ...] = Field(
        default=(), description="Headers that mean it under such a title, and only there"
    )


class Quantity(Strict):
    """A raw figure an indicator is derived from."""

    id: Id = Field(description="Unique key; column header in data files")
    name: Name = Field(description="Name; also a column header in data files")
    measured_in: Text = Field(description="Unit figures are kept in; readers convert to it")
    aliases: tuple[Header, ...] = Field(default=(), description="Headers that mean this quantity")
    part_of: Id | None = Field(
        default=None, description="The quantity it is a part of, which rises and falls by as much"
    )
    scope: Scope | None = Field(
        default=None, description="Titles of tables it stands in; null: tables of no narrower scope"
    )


class LevelInfo(Strict):
    """A level of analysis; scores of different levels cannot be compared."""

    name: Name = Field(description="Name of the level")
    units: Name = Field(description="What the scored units are called, plural")
    registry: Literal["economy", "province"] | None = Field(
        default=None, description="Which known units belong to it; null: any"
    )
    note: Name | None = Field(default=None, description="Printed under every table of this level")


class Grouping(Strict):
    """A column of the data that says which group each unit belongs to (income group, region)."""

    id: Id = Field(description="Unique key; column header in data files")
    name: Name = Field(description="Name; also a column header in data files")
    aliases: tuple[Header, ...] = Field(default=(), description="Headers that mean this column")


class PeerGroup(Strict):
    """Units compared with each other; groups may overlap."""

    id: Id = Field(description="Unique key")
    name: Name = Field(description="Name")
    level: str = Field(description="Level its units belong to")
    units: tuple[Text, ...] = Field(min_length=1, description="Unit ids")


class Framework(Strict):
    """The whole: what is measured, how it is scored, what the results are linked to."""

    schema_: Literal["stiscore.framework/1"] = Field(
        alias="schema", description="Format of this file"
    )
    id: Id = Field(description="Key of the framework, named in every output")
    version: Text = Field(description="Changes whenever a goalpost, weight or indicator does")
    title: Name = Field(description="Title of reports")
    basis: Text = Field(description="The source the framework is derived from")
    origin_note: Name = Field(description="What is the source's and what is ours, in one line")
    measures_note: Name | None = Field(
        default=None, description="How the headings of measures were come by"
    )
    levels: dict[str, LevelInfo] = Field(min_length=1, description="Levels of analysis")
    method: MethodSettings = Field(description="How data are scored")
    uncertainty: Uncertainty | None = Field(
        default=None, description="What could have been chosen otherwise; null: the usual factors"
    )
    bands: Bands = Field(description="Words for ranges of scores and severities")
    weight_presets: dict[str, dict[str, Weight]] = Field(
        default_factory=dict, description="Named sets of weights: node id to weight"
    )
    index: Group = Field(description="The tree: groups of any depth, indicators at the leaves")
    gaps: tuple[Gap, ...] = Field(default=(), description="Shortfalls indicators are tagged with")
    issues: tuple[Issue, ...] = Field(default=(), description="Institutional issues")
    barriers: tuple[Barrier, ...] = Field(default=(), description="Implementation barriers")
    measures: tuple[Measure, ...] = Field(default=(), description="Policy directions")
    gap_map: dict[str, GapLink] = Field(default_factory=dict, description="What goes with a gap")
    quantities: tuple[Quantity, ...] = Field(
        default=(), description="Raw figures indicators are derived from"
    )
    peer_groups: tuple[PeerGroup, ...] = Field(default=(), description="Units compared together")
    groupings: tuple[Grouping, ...] = Field(
        default=(), description="Columns of the data that say which group a unit belongs to"
    )

    @cached_property
    def nodes(self) -> tuple[Group | Indicator, ...]:
        """Every node of the tree, children before parents."""
        return tuple(_walk(self.index))

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """All leaves, in framework order."""
        return tuple(node for node in _walk(self.index) if isinstance(node, Indicator))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All branches, children before parents, the index itself last."""
        return tuple(node for node in _walk(self.index) if isinstance(node, Group))

    @cached_property
    def parents(self) -> dict[str, str]:
        """The id of each node's parent; the index itself has none."""
        return {child.id: group.id for group in self.groups for child in group.children}

    @cached_property
    def height(self) -> int:
        """Steps from the lowest indicators up to the index."""
        return _height(self.index)

    @cached_property
    def varied(self) -> Uncertainty:
        """The factors that variants are made of: those declared, or the usual ones."""
        return self.uncertainty or usual(self.height, len(self.index.children))

    def at_level(self, level: str) -> tuple[Indicator, ...]:
        """The indicators that have a scale at ``level``, in framework order."""
        return tuple(i for i in self.indicators if level in i.levels)

    def scored_at(self, level: str) -> tuple[Indicator, ...]:
        """Those of ``level`` that scores are made of: all but context."""
        return tuple(i for i in self.at_level(level) if i.role != "context")

    def bounds(self, indicator: Indicator, level: str) -> OpenRange:
        """The bounds of an indicator at a level: its scale's own, or the indicator's."""
        own = indicator.levels[level].bounds if level in indicator.levels else None
        return indicator.bounds if own is None else own

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the framework as resolved, overrides included: equal digests, equal rules."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()


def _height(node: Group | Indicator) -> int:
    return 1 + max(map(_height, node.children)) if isinstance(node, Group) else 0


def _walk(node: Group | Indicator) -> Iterator[Group | Indicator]:
    if isinstance(node, Group):
        for child in node.children:
            yield from _walk(child)
    yield node


__all__ = [
    "Barrier", "Bilingual", "Child", "Definition", "Derive", "Framework", "Gap", "GapLink",
    "GapTags", "Group", "Grouping", "Id", "Indicator", "Issue", "LevelInfo", "Measure", "Name",
    "Node", "OpenRange", "Origin", "PeerGroup", "Quantity", "Range", "Role", "Scale", "Scope",
    "Source", "Strict", "Weight",
]  # fmt: skip
