"""Framework > Group > Indicator, and what hangs on them: gaps, measures, issues, barriers.

The tree may have any depth and any number of branches; the code never counts on eight and seven.
Models are frozen and strict and refuse unknown keys. Data reach them as JSON
(``Framework.model_validate_json``), since strict Python mode refuses lists where tuples stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from stiscore.framework.method import Bands, MethodSettings

Origin = Literal["paper", "ours"]
Role = Literal["core", "proxy", "context"]
Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=80)]
Weight = Annotated[float, Field(gt=0)]
Range = tuple[float, float]
OpenRange = tuple[float | None, float | None]


class Strict(BaseModel):
    """Frozen, strict, no unknown keys, no NaN or infinity."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class Name(Strict):
    """A name in the two languages; ``short`` fits a narrow column head."""

    en: str = Field(min_length=1, description="English name")
    zh: str = Field(min_length=1, description="Chinese name")
    short_en: str | None = Field(default=None, description="Short English form for column heads")
    short_zh: str | None = Field(default=None, description="Short Chinese form for column heads")


class Source(Strict):
    """Where an indicator's figures are published."""

    level: str = Field(description="Level the source serves, or 'both'")
    name: str
    code: str | None = Field(default=None, description="Series or table code of the publisher")


class Definition(Strict):
    """What is counted above and below the line."""

    numerator: str
    denominator: str = "not applicable"


class Derive(Strict):
    """How an indicator is computed from raw quantities: factor * numerators / denominators."""

    numerators: tuple[Id, ...] = Field(min_length=1, description="Ids of quantities")
    denominators: tuple[Id, ...] = Field(default=(), description="Ids of quantities; none: 1")
    combine: Literal["sum", "mean"] = Field(default="sum", description="How numerators are joined")
    combine_denominators: Literal["sum", "mean"] = "sum"
    factor: float = Field(default=1.0, description="100 turns a ratio into per cent")


class Scale(Strict):
    """The scale of an indicator at one level, in the indicator's own measurement."""

    goalposts: Range | None = Field(default=None, description="Values that score 0 and 100 (benefit) or 100 and 0 (cost)")
    basis: Literal["percentile", "theoretical", "policy_target", "judgement"] | None = None
    basis_source: str | None = Field(default=None, description="Table the goalposts were taken from")
    basis_year: int | None = None
    plausible: Range | None = Field(default=None, description="Outside it a value is questioned, not refused")
    bounds: OpenRange | None = Field(default=None, description="Overrides the indicator's bounds at this level")


class GapTags(Strict):
    """The gaps an indicator speaks of: ``primary`` counts in the gap index, ``related`` is listed."""

    primary: Id
    related: tuple[Id, ...] = ()


class Indicator(Strict):
    """A leaf of the tree."""

    id: Id
    name: Name
    definition: Definition
    measured_in: str = Field(description="Unit of measurement, e.g. %")
    direction: Literal["benefit", "cost"] = "benefit"
    scaling: str | None = Field(default=None, description="share, ratio, per_gdp, index, level ...")
    curve: Literal["linear", "sqrt"] = Field(default="linear", description="sqrt for skewed indicators")
    role: Role = Field(default="core", description="proxy: scored and marked; context: shown, never scored")
    proxy_for: Id | None = Field(default=None, description="Left out when this indicator has a column")
    lever: bool = Field(default=False, description="True only where policy can move it")
    weight: Weight = 1.0
    origin: Origin = "ours"
    gaps: GapTags | None = None
    bounds: OpenRange = Field(default=(None, None), description="Values outside are refused")
    levels: dict[str, Scale] = Field(min_length=1, description="Scale by level")
    derive: Derive | None = None
    min_denominator: float | None = Field(default=None, description="A share on a smaller base is a finding")
    sources: tuple[Source, ...] = ()
    standard: str | None = None
    real_data: str | None = Field(default=None, description="What real figures are known to exist")
    aliases: tuple[str, ...] = Field(default=(), description="Headers that mean this indicator")
    caveat: Name | None = Field(default=None, description="Printed under the table")


def _node_kind(value: object) -> str:
    held = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return "group" if "children" in held else "indicator"


class Group(Strict):
    """A branch: an area, or the index itself at the root."""

    id: Id
    name: Name
    weight: Weight = 1.0
    origin: Origin = "ours"
    paper: str | None = Field(default=None, description="Section of the source")
    children: tuple[Node, ...] = Field(min_length=1)


Node = Annotated[
    Annotated[Group, Tag("group")] | Annotated[Indicator, Tag("indicator")], Discriminator(_node_kind)
]


class Gap(Strict):
    """A shortfall the source names; its severity is read from tagged indicators."""

    id: Id
    name: Name
    level_names: dict[str, Name] = Field(default_factory=dict, description="Names at a level, e.g. provincial programmes")
    weight: Weight = 1.0
    origin: Origin = "ours"
    paper: str | None = None


class Issue(Strict):
    """An institutional issue of section 2.1."""

    id: Id
    name: Name
    origin: Origin = "paper"
    paper: str | None = None


class Barrier(Strict):
    """An implementation barrier of section 2.2, with the indicator that measures it."""

    id: Id
    name: Name
    origin: Origin = "paper"
    paper: str | None = None
    diagnostic: Id | None = None


class Measure(Strict):
    """A policy direction of section 3; the English heading is quoted whole."""

    id: Id
    name: Name
    origin: Origin = "paper"
    paper: str | None = None


class GapLink(Strict):
    """What goes with a gap: areas it weakens, measures, issues, barriers, a first action."""

    weakens: tuple[Id, ...] = Field(min_length=1)
    measures: tuple[Id, ...] = Field(min_length=1)
    issues: tuple[Id, ...] = ()
    barriers: tuple[Id, ...] = ()
    first_action: Name
    untagged: dict[str, str] = Field(
        default_factory=dict, description="Weakened area without a tagged indicator: the reason why it is listed"
    )
    origin: Origin = "ours"


class Quantity(Strict):
    """A raw figure an indicator is derived from."""

    id: Id
    name: Name
    measured_in: str
    aliases: tuple[str, ...] = ()


class LevelInfo(Strict):
    """A level of analysis; scores of different levels cannot be compared."""

    name: Name
    units: Name = Field(description="What the scored units are called, plural")
    registry: str | None = Field(default=None, description="Units of units.csv that belong to it: economy or province")
    note: Name | None = Field(default=None, description="Printed under every table of this level")


class PeerGroup(Strict):
    """Units compared with each other; groups may overlap."""

    id: Id
    name: Name
    level: str
    units: tuple[str, ...] = Field(min_length=1, description="Unit ids")


class Framework(Strict):
    """The whole: what is measured, how it is scored, what the results are linked to."""

    schema_: Literal["stiscore.framework/1"] = Field(alias="schema")
    id: Id
    version: str
    title: Name
    basis: str = Field(description="The source the framework is derived from")
    origin_note: Name
    levels: dict[str, LevelInfo] = Field(min_length=1)
    method: MethodSettings
    bands: Bands
    weight_presets: dict[str, dict[str, float]] = Field(default_factory=dict)
    index: Group
    gaps: tuple[Gap, ...] = ()
    issues: tuple[Issue, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    measures: tuple[Measure, ...] = ()
    gap_map: dict[str, GapLink] = Field(default_factory=dict)
    quantities: tuple[Quantity, ...] = ()
    peer_groups: tuple[PeerGroup, ...] = ()

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

    def at_level(self, level: str) -> tuple[Indicator, ...]:
        """The indicators that have a scale at ``level``, in framework order."""
        return tuple(i for i in self.indicators if level in i.levels)

    def bounds(self, indicator: Indicator, level: str) -> OpenRange:
        """The bounds of an indicator at a level: its scale's own, or the indicator's."""
        own = indicator.levels[level].bounds if level in indicator.levels else None
        return indicator.bounds if own is None else own

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the framework as resolved, overrides included: equal digests, equal rules."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()


def _walk(node: Group | Indicator) -> Iterator[Group | Indicator]:
    if isinstance(node, Group):
        for child in node.children:
            yield from _walk(child)
    yield node
