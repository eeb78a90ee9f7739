"""What could have been chosen otherwise: the factors that method variants are made of.

A factor is one choice of the framework with its alternatives or its distribution. A variant takes
one of each, all independently. What the framework itself says is always among the alternatives.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from stiscore.framework.strict import Id, Strict, Text, Weight
from stiscore.methods.base import Unfit

Settings = tuple[Text, ...]


class Varying(Strict):
    """What all factors share."""

    id: Id = Field(description="Unique among the factors")
    in_evaluate: bool = Field(
        default=True, description="false: varied by `robustness` only, not by `evaluate`"
    )


class Weights(Varying):
    """Every weight on its own multiplied by a number even between 1 - spread and 1 + spread."""

    kind: Literal["weights"] = Field(default="weights", description="Kind of factor")
    of: Text = Field(
        default="areas",
        description="areas; below: all under them; level1 ...: one step; or a group's id",
    )
    spread: float = Field(ge=0, lt=1, description="0.5: half the weight to one and a half of it")


class DirichletWeights(Varying):
    """Weights of a group's children drawn together around the framework's own."""

    kind: Literal["dirichlet-weights"] = Field(
        default="dirichlet-weights", description="Kind of factor"
    )
    of: Text = Field(
        default="areas",
        description="areas; below: all under them; level1 ...: one step; or a group's id",
    )
    concentration: float = Field(
        # Far below, all of a group's draws may be too small for a number.
        ge=0.1,
        le=1e6,
        description="The larger, the nearer to the framework's weights; as many as there are "
        "equal children: the flat distribution, which says little",
    )


class WeightSets(Varying):
    """Whole sets of declared weights, one of which is taken."""

    kind: Literal["weight-sets"] = Field(default="weight-sets", description="Kind of factor")
    sets: dict[Text, dict[Text, Weight]] = Field(
        default_factory=dict, description="Name to node id to weight; other nodes keep theirs"
    )
    presets: tuple[Text, ...] = Field(
        default=(), description="Names of the framework's weight presets"
    )

    @model_validator(mode="after")
    def _any(self) -> WeightSets:
        if not self.sets and not self.presets:
            raise Unfit("some_weights", "give sets, presets or both")
        return self


class Methods(Varying):
    """Other methods or parameters, as --method takes them."""

    kind: Literal["methods"] = Field(default="methods", description="Kind of factor")
    alternatives: tuple[Settings, ...] = Field(
        min_length=1, description="Each a list of stage=method or stage.parameter=value"
    )


class MissingAreas(Varying):
    """What counts for an area a unit has no score in."""

    kind: Literal["missing-areas"] = Field(default="missing-areas", description="Kind of factor")
    rules: tuple[Literal["own-mean", "peer-median"], ...] = Field(
        default=("own-mean", "peer-median"),
        min_length=1,
        description="own-mean: its other areas; peer-median: the median of the units that have it",
    )


def _form(nodes: object) -> str:
    return "list" if isinstance(nodes, list | tuple) else "word"


Nodes = Annotated[
    Annotated[Literal["areas", "indicators"], Tag("word")]
    | Annotated[tuple[Text, ...], Tag("list")],
    Discriminator(_form),
]


class LeaveOut(Varying):
    """One node left out, its weight shared among its siblings."""

    kind: Literal["leave-out"] = Field(default="leave-out", description="Kind of factor")
    nodes: Nodes = Field(default="areas", description="areas, indicators, or a list of ids")
    whole: float = Field(
        default=0.5, ge=0, lt=1, description="Share of the variants that leave nothing out"
    )


class Directions(Varying):
    """Indicators of which it can be argued that less is better, or more: each turned or not."""

    kind: Literal["directions"] = Field(default="directions", description="Kind of factor")
    indicators: tuple[Text, ...] = Field(min_length=1, description="Ids of indicators")


class GivenError(Strict):
    """How far a published figure may be off; exactly one of these."""

    standard_error: float | None = Field(
        default=None, gt=0, description="In the indicator's own measurement"
    )
    half_width: float | None = Field(
        default=None, gt=0, description="Half of a 95 % interval, in its own measurement"
    )
    relative: float | None = Field(
        default=None, gt=0, description="Standard error as a share of the value"
    )
    revision: float | None = Field(
        default=None, gt=0, description="Mean absolute revision, as a share of the value"
    )

    @model_validator(mode="after")
    def _one(self) -> GivenError:
        if sum(value is not None for value in self.__dict__.values()) != 1:
            message = "give exactly one of standard_error, half_width, relative and revision"
            raise Unfit("one_error", message)
        return self


class DataError(Varying):
    """Errors of the figures: those the data file gives, and those stated here."""

    kind: Literal["data-error"] = Field(default="data-error", description="Kind of factor")
    errors: dict[Text, GivenError] = Field(
        default_factory=dict, description="Indicator to the error of its figures"
    )


Factor = Annotated[
    Weights
    | DirichletWeights
    | WeightSets
    | Methods
    | MissingAreas
    | LeaveOut
    | Directions
    | DataError,
    Field(discriminator="kind"),
]


class Uncertainty(Strict):
    """The factors, how many variants, and the share of them a range has to hold."""

    draws: int = Field(default=1000, ge=1, le=10_000_000, description="Variants of `evaluate`")
    share: float = Field(
        default=0.9, gt=0, lt=1, description="Share of the variants a range holds, and a tier needs"
    )
    factors: tuple[Factor, ...] = Field(description="What is varied; none: nothing")


# An index of fewer areas, one of them left out, is another index.
_FEW_AREAS = 4


def usual(height: int, areas: int) -> Uncertainty:
    """The factors of a framework that declares none.

    ``height``: steps from leaves to index; ``areas``: its parts, one of which is left out where
    they are four or more.

    >>> [factor.id for factor in usual(2, 8).factors if factor.in_evaluate]
    ['area_weights', 'lower_weights', 'aggregation', 'missing_areas', 'data_error']
    """
    many = areas >= _FEW_AREAS
    top = f"aggregate.level{height}"
    return Uncertainty(
        factors=(
            Weights(id="area_weights", of="areas", spread=0.5),
            Weights(id="lower_weights", of="below", spread=0.25),
            Methods(id="aggregation", alternatives=((f"{top}=arithmetic",), (f"{top}=geometric",))),
            MissingAreas(id="missing_areas"),
            DataError(id="data_error"),
            Methods(
                id="area_weight_rule",
                in_evaluate=False,
                alternatives=(("weight.area_weight=equal",),),
            ),
            *((LeaveOut(id="left_out_area", in_evaluate=False),) if many else ()),
        )
    )
