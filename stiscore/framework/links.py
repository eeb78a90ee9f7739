"""What hangs on the tree: gaps, and the issues, barriers and measures that go with them."""

from pydantic import Field

from stiscore.framework.strict import Bilingual, Id, Name, Origin, Strict, Text, Weight


class Gap(Strict):
    """A shortfall the source names; its severity is read from tagged indicators."""

    id: Id = Field(description="Unique key")
    name: Name = Field(description="Name; short forms head narrow columns")
    level_names: dict[str, Name] = Field(
        default_factory=dict, description="Names at a level, e.g. provincial programmes"
    )
    weight: Weight = Field(default=1.0, description="Weight in the gap index")
    origin: Origin = Field(default="ours", description="paper: the source's; ours: built here")
    paper: str | None = Field(default=None, description="Section of the source")


class Issue(Strict):
    """An institutional issue of section 2.1."""

    id: Id = Field(description="Unique key")
    name: Name = Field(description="Heading")
    origin: Origin = Field(default="paper", description="paper: the source's; ours: added here")
    paper: str | None = Field(default=None, description="Section of the source")


class Barrier(Strict):
    """An implementation barrier of section 2.2, with the indicator that measures it."""

    id: Id = Field(description="Unique key")
    name: Name = Field(description="Heading")
    origin: Origin = Field(default="paper", description="paper: the source's; ours: added here")
    paper: str | None = Field(default=None, description="Section of the source")
    diagnostic: Id | None = Field(default=None, description="Indicator that would measure it")


class Measure(Strict):
    """A policy direction of section 3; the English heading is quoted whole."""

    id: Id = Field(description="Unique key")
    name: Name = Field(description="Heading")
    origin: Origin = Field(default="paper", description="paper: the source's; ours: added here")
    paper: str | None = Field(default=None, description="Section of the source")


class GapLink(Strict):
    """What goes with a gap: areas it weakens, measures, issues, barriers, a first action."""

    weakens: tuple[Id, ...] = Field(min_length=1, description="Areas the gap weakens")
    measures: tuple[Id, ...] = Field(min_length=1, description="Measures that answer it")
    issues: tuple[Id, ...] = Field(default=(), description="Institutional issues behind it")
    barriers: tuple[Id, ...] = Field(default=(), description="Barriers to putting measures to work")
    first_action: Name = Field(description="A first step")
    untagged: dict[str, Text | Bilingual] = Field(
        default_factory=dict,
        description="Weakened area without a tagged indicator: the reason why it is listed",
    )
    origin: Origin = Field(default="ours", description="paper: the source's; ours: built here")
