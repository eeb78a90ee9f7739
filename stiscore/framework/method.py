"""How a framework is scored: one method a stage, coverage rules, bands, strengths."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from stiscore.methods.aggregate import Aggregate, Arithmetic
from stiscore.methods.denominate import Denominate, DeriveRatios
from stiscore.methods.normalise import Goalposts, Normalise
from stiscore.methods.weight import Declared, Weighting


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid", allow_inf_nan=False)


class CoverageRules(_Strict):
    """When a number is a score, when a score is a rank, and what the report must say."""

    min_unit_coverage: float = Field(default=0.66, ge=0, le=1, description="Share of effective weight a ranked unit has")
    max_areas_missing: int = Field(default=1, ge=0, description="Measured areas a ranked unit may lack")
    min_area_coverage: float = Field(default=0.5, ge=0, le=1, description="Share of its weight an area needs to be scored")
    min_column_coverage: float = Field(default=0.65, ge=0, le=1, description="Below it a column is a finding")
    partial_below: float = Field(default=0.5, ge=0, le=1, description="Below this share of framework weight: partial index, no band")
    strict_below: float = Field(default=0.66, ge=0, le=1, description="--strict refuses below it")
    dominant_above: float = Field(default=0.15, ge=0, le=1, description="An effective weight above it is a finding")
    clipped_above: float = Field(default=0.15, ge=0, le=1, description="Share of clipped units that is a finding")
    crowded_below: float = Field(default=20, description="Score under which most units should not crowd")
    crowded_above: float = Field(default=0.5, ge=0, le=1, description="Share of units crowded at the foot that is a finding")


class StrengthRules(_Strict):
    """What stands out for a unit, and when nothing does."""

    own_percentile: float = Field(default=0.8, ge=0.5, le=1)
    table_share: float = Field(default=1 / 3, gt=0, le=0.5)
    at_most: int = Field(default=5, ge=1)
    at_least_core: int = Field(default=5, ge=1)
    at_most_share: float = Field(default=1 / 3, gt=0, le=0.5)


class MethodSettings(_Strict):
    """The stages in the Handbook's order; a stage left out does nothing."""

    denominate: Denominate = Field(default_factory=DeriveRatios)
    normalise: Normalise = Field(default_factory=Goalposts)
    weight: Weighting = Field(default_factory=Declared)
    aggregate: Aggregate = Field(default_factory=Arithmetic)
    aggregate_levels: dict[str, Aggregate] = Field(
        default_factory=dict, description="level1 is the step from indicators to their groups, level2 the next"
    )
    coverage: CoverageRules = Field(default_factory=CoverageRules)
    strengths: StrengthRules = Field(default_factory=StrengthRules)
    gap_penalty: float | None = Field(default=None, ge=0, le=1, description="lambda of the adjusted score")


class Band(_Strict):
    """A word for a range of scores, from ``min`` up."""

    id: str
    en: str
    zh: str
    min: float


class Bands(_Strict):
    """Words for scores and for gap severities, highest first."""

    scores: tuple[Band, ...]
    severities: tuple[Band, ...]
    regional_note: str | None = None
