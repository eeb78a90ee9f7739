"""How a framework is scored: one method a stage, coverage rules, bands, strengths."""

from typing import Any

from pydantic import Field

from stiscore.framework.strict import Name, Strict
from stiscore.methods.aggregate import Aggregate, Arithmetic
from stiscore.methods.base import Method, members
from stiscore.methods.denominate import Denominate, DeriveRatios
from stiscore.methods.impute import Impute, NoImpute
from stiscore.methods.normalise import Goalposts, Normalise
from stiscore.methods.screen import NoScreen, Screen
from stiscore.methods.treat import NoTreat, Treat
from stiscore.methods.weight import Declared, Weighting

# The stages in the Handbook's order, and those an indicator may have its own method for.
STAGES = ("screen", "denominate", "impute", "treat", "normalise", "weight", "aggregate")
BY_INDICATOR = ("denominate", "impute", "treat", "normalise")
BY_LEVEL = ("weight", "aggregate")


class CoverageRules(Strict):
    """When a number is a score, when a score is a rank, and what the report must say."""

    min_unit_coverage: float = Field(
        default=0.66, ge=0, le=1, description="Share of effective weight a ranked unit has"
    )
    max_areas_missing: int = Field(
        default=1, ge=0, description="Measured areas a ranked unit may lack"
    )
    min_area_coverage: float = Field(
        default=0.5, ge=0, le=1, description="Share of its weight an area needs to be scored"
    )
    min_column_coverage: float = Field(
        default=0.65, ge=0, le=1, description="Share of units below which a column is a finding"
    )
    partial_below: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Below this share of framework weight: partial index, no band",
    )
    strict_below: float = Field(
        default=0.66, ge=0, le=1, description="Share of framework weight --strict asks for"
    )
    dominant_above: float = Field(
        default=0.15, ge=0, le=1, description="An effective weight above it is a finding"
    )
    clipped_above: float = Field(
        default=0.15, ge=0, le=1, description="Share of clipped units that is a finding"
    )
    crowded_below: float = Field(
        default=20, description="Score under which most units should not crowd"
    )
    crowded_above: float = Field(
        default=0.5, ge=0, le=1, description="Share of units crowded at the foot that is a finding"
    )


class StrengthRules(Strict):
    """What stands out for a unit, and when nothing does."""

    own_percentile: float = Field(
        default=0.8, ge=0.5, le=1, description="Rank among the unit's own indicators, 1 is the best"
    )
    table_share: float = Field(
        default=1 / 3, gt=0, le=0.5, description="Part of the table it must also stand in"
    )
    at_most: int = Field(default=5, ge=1, description="Strengths, or weaknesses, named at most")
    at_least_core: int = Field(
        default=5, ge=1, description="Core indicators a unit needs for any to be named"
    )
    at_most_share: float = Field(
        default=1 / 3, gt=0, le=0.5, description="Share of its core indicators named at most"
    )


class TargetRules(Strict):
    """How far `target` lets a lever move where the data do not tell; our own judgement."""

    pace: float = Field(
        default=0.05, gt=0, le=1, description="Share of the scale a lever can move in a year"
    )
    years: int = Field(default=5, ge=1, le=100, description="Years a target is to be reached in")


class OwnMethods(Strict):
    """What one indicator has done to it in place of what all others have."""

    denominate: Denominate | None = Field(default=None, description="How it is computed")
    impute: Impute | None = Field(default=None, description="How its missing values are filled")
    treat: Treat | None = Field(default=None, description="How its outliers are treated")
    normalise: Normalise | None = Field(default=None, description="How it comes to the scale")


class MethodSettings(Strict):
    """The stages in the Handbook's order; a stage left out does nothing."""

    screen: Screen = Field(
        default_factory=NoScreen, description="Which units have too few data to be scored"
    )
    denominate: Denominate = Field(
        default_factory=DeriveRatios, description="How raw quantities become indicators"
    )
    impute: Impute = Field(
        default_factory=NoImpute, description="How missing values are filled; none: not at all"
    )
    treat: Treat = Field(
        default_factory=NoTreat, description="How outliers are treated; none: not at all"
    )
    normalise: Normalise = Field(
        default_factory=Goalposts, description="How indicators come to one scale"
    )
    weight: Weighting = Field(
        default_factory=Declared, description="How much a child counts in its parent"
    )
    weight_levels: dict[str, Weighting] = Field(
        default_factory=dict,
        description="Weights of one step: level1 is that from indicators to their groups",
    )
    aggregate: Aggregate = Field(
        default_factory=Arithmetic, description="How children become their parent's score"
    )
    aggregate_levels: dict[str, Aggregate] = Field(
        default_factory=dict,
        description="level1 is the step from indicators to their groups, level2 the next",
    )
    by_indicator: dict[str, OwnMethods] = Field(
        default_factory=dict, description="Indicators with methods of their own: id to stages"
    )
    coverage: CoverageRules = Field(
        default_factory=CoverageRules, description="What a score and a rank rest on"
    )
    strengths: StrengthRules = Field(
        default_factory=StrengthRules, description="What stands out for a unit"
    )
    targets: TargetRules = Field(
        default_factory=TargetRules, description="How far levers may move towards a target"
    )
    gap_penalty: float | None = Field(
        default=None, ge=0, le=1, description="lambda of the adjusted score; null: no such column"
    )

    def of(self, stage: str, indicator: str) -> Any:
        """The method of a stage for one indicator: its own, or that of all."""
        own = self.by_indicator.get(indicator)
        return (own and getattr(own, stage)) or getattr(self, stage)

    def at(self, stage: str, height: int) -> Any:
        """The method that joins or weighs children ``height`` steps above the indicators."""
        own: dict[str, Any] = getattr(self, f"{stage}_levels")
        return own.get(f"level{height}", getattr(self, stage))


class Band(Strict):
    """A word for a range of scores, from ``min`` up."""

    id: str = Field(min_length=1, description="Key in JSON")
    en: str = Field(min_length=1, description="English word")
    zh: str = Field(min_length=1, description="Chinese word")
    min: float = Field(description="Lowest score of the range")


class Bands(Strict):
    """Words for scores and for gap severities, highest first."""

    scores: tuple[Band, ...] = Field(description="Words for scores, highest first")
    severities: tuple[Band, ...] = Field(description="Words for gap severities, highest first")
    level_notes: dict[str, Name] = Field(
        default_factory=dict, description="Said beside the bands of a level's runs"
    )


def catalogue() -> list[dict[str, Any]]:
    """Every method with its stage, parameters and their defaults, summary and reference.

    >>> [entry["id"] for entry in catalogue() if entry["stage"] == "denominate"]
    ['derive', 'column']
    """
    return [_card(method) for method in methods()]


def methods() -> tuple[type[Method], ...]:
    """The classes of all methods, stage by stage."""
    stages = (Screen, Denominate, Impute, Treat, Normalise, Weighting, Aggregate)
    return tuple(method for stage in stages for method in members(stage))


def _card(method: type[Method]) -> dict[str, Any]:
    settings = method().model_dump(mode="json")
    return {
        "stage": method.stage,
        "id": settings.pop("id"),
        "parameters": settings,
        "summary": (method.__doc__ or "").strip().splitlines()[0],
        "reference": method.reference,
    }
