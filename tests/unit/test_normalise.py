"""Each normalisation by its formula, worked out by hand, and what it refuses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from pydantic import ValidationError

from stiscore.methods.base import members
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.normalise import (
    Borda,
    Categories,
    DistanceToMax,
    DistanceToReference,
    DistanceToTarget,
    FractionOfMax,
    Goalposts,
    MinMax,
    Normalise,
    PercentileRank,
    Rank,
    Scaled,
    ZScore,
)
from stiscore.methods.scaling import Scaling

BENEFIT = ColumnSpec("c", benefit=True, curve="linear", goalposts=(0.0, 10.0), target=12.0)
COST = BENEFIT._replace(benefit=False)

tied = pytest.mark.parametrize(
    "method",
    [method for method in members(Normalise) if "ties" in method.model_fields],
    ids=lambda method: method.__name__,
)


def one(method: Scaling, values: Sequence[float], spec: ColumnSpec = BENEFIT) -> list[float]:
    """The scores of one column whose rows are called u0, u1 ..."""
    column = np.array(values)[:, None]
    maps = method.fit(column, [spec], [f"u{row}" for row in range(len(values))])
    return apply_maps(column, maps)[:, 0].tolist()


class TestPositions:
    """New values meet the reference values, never one another."""

    @tied
    def test_ties_share_the_lowest_or_the_mean_rank(self, method: type[Scaling]) -> None:
        values = [1.0, 5.0, 5.0, 5.0, 9.0]
        ranks = {"min": [1, 2, 2, 2, 5], "average": [1, 3, 3, 3, 5]}
        for ties, wanted in ranks.items():
            got = one(method(ties=ties), values)
            first, last = got[0], got[-1]
            steps = [(g - first) / (last - first) * 4 + 1 for g in got]
            assert steps == pytest.approx(wanted, rel=1e-14)

    @tied
    def test_new_values_count_the_reference_values_below(self, method: type[Scaling]) -> None:
        [fitted] = method().fit(np.array([[10.0], [20.0], [30.0]]), [BENEFIT])
        known = fitted.apply(np.array([10.0, 20.0, 30.0]))
        new = fitted.apply(np.array([-5.0, 10.0, 11.0, 29.0, 31.0, 1e9]))
        np.testing.assert_array_equal(new, known[[0, 0, 1, 2, 2, 2]])

    def test_scales(self) -> None:
        values = [3.0, 1.0, 4.0, 1.0, 5.0]
        assert one(Rank(), values) == [3, 1, 4, 1, 5]
        assert one(Borda(), values) == [2, 0, 3, 0, 4]
        assert one(PercentileRank(), values) == [50, 0, 75, 0, 100]
        assert one(PercentileRank(range=(0.0, 1.0)), values) == [0.5, 0, 0.75, 0, 1]
        assert Rank().ends(31) == (1, 31)
        assert Borda().ends(31) == (0, 30)

    def test_few_and_equal_values(self) -> None:
        assert one(PercentileRank(), [7.0]) == [50]
        assert one(PercentileRank(), [7.0, 7.0]) == [0, 0]
        assert one(PercentileRank(ties="average"), [7.0, 7.0]) == [50, 50]
        assert one(Rank(), [7.0, 7.0]) == [1, 1]
        assert one(Categories(), [7.0, 7.0]) == [100, 100]

    def test_classes_are_fifths_and_thresholds_belong_to_the_better_one(self) -> None:
        values = np.arange(1.0, 102.0)
        out = np.array(one(Categories(), values.tolist()))
        assert [int((out == s).sum()) for s in (0, 25, 50, 75, 100)] == [20, 20, 20, 20, 21]
        assert out[20] == 25, "the 20 % point itself"
        thirds = Categories(cuts=(1 / 3, 2 / 3), scores=(1.0, 2.0, 3.0))
        assert thirds.ends(9) == (1, 3)
        assert one(thirds, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]) == [1, 1, 2, 2, 3, 3]


class TestLines:
    """Worked out by hand."""

    def test_z_score(self) -> None:
        assert one(ZScore(), [1.0, 2.0, 3.0]) == pytest.approx([-1, 0, 1], abs=1e-15)
        assert one(ZScore(mean=100, sd=10), [1.0, 2.0, 3.0]) == pytest.approx([90, 100, 110])
        assert one(ZScore(mean=7), [4.0]) == [7]
        assert ZScore(mean=100, sd=10).ends(5) == (70, 130)

    def test_goalposts_clip_to_their_range(self) -> None:
        assert one(Goalposts(), [-5.0, 5.0, 15.0]) == [0, 50, 100]
        assert one(Goalposts(range=(70, 130)), [-5.0, 5.0, 15.0]) == [70, 100, 130]
        assert one(Goalposts(clip=False), [-5.0, 5.0, 15.0]) == [-50, 50, 150]

    def test_scaled(self) -> None:
        assert one(Scaled(lower=1, upper=7), [1.0, 4.0, 8.5]) == pytest.approx([0, 50, 125])
        assert one(Scaled(lower=1, upper=7), [1.0, 7.0], COST) == [100, 0]

    def test_target(self) -> None:
        goal = BENEFIT._replace(target=5.0)
        assert one(DistanceToTarget(), [1.0, 3.0, 5.0, 9.0], goal) == [0, 50, 100, 100]
        assert one(DistanceToTarget(cap=False), [1.0, 3.0, 9.0], goal) == [0, 50, 200]
        assert one(DistanceToTarget(), [9.0, 3.0], COST._replace(target=6.0)) == [0, 100]

    def test_reference_unit(self) -> None:
        assert one(DistanceToReference(unit="u0"), [5.0, 1.0, 9.0]) == [100, 0, 200]
        assert one(DistanceToReference(unit="u0", cap=True), [5.0, 1.0, 9.0]) == [100, 0, 100]

    def test_share_of_the_best(self) -> None:
        assert one(FractionOfMax(), [2.0, 8.0, -4.0]) == [25, 100, -50]
        assert one(FractionOfMax(), [-2.0, 0.0]) == [0, 0]

    def test_curve_comes_first(self) -> None:
        bent = BENEFIT._replace(curve="sqrt", goalposts=(0.0, 100.0), target=100.0)
        for method in (MinMax(), DistanceToMax(), Goalposts(), DistanceToTarget(), FractionOfMax()):
            assert one(method, [0.0, 25.0, 100.0], bent) == pytest.approx([0, 50, 100])
        assert one(ZScore(), [1.0, 4.0, 9.0], bent) == pytest.approx([-1, 0, 1], abs=1e-15)


REFUSED = [
    (Goalposts(), BENEFIT._replace(goalposts=None), "c has no goalposts at this level"),
    (FractionOfMax(), COST, "c is a cost"),
    (DistanceToTarget(), BENEFIT._replace(target=None), "c has no target"),
    (
        DistanceToTarget(),
        BENEFIT._replace(target=0.5),
        "c: the goal is no better than the worst value",
    ),
    (DistanceToReference(), BENEFIT, "the unit to compare with"),
    (DistanceToReference(unit="XX"), BENEFIT, r"XX.* is not in the data"),
    (DistanceToReference(unit="u2"), BENEFIT, "c: the goal is no better than the worst value"),
    (DistanceToReference(unit="u6"), BENEFIT, "u6 has no value of c"),
]


@pytest.mark.parametrize(("method", "column", "told"), REFUSED)
def test_refusals_name_what_is_wrong(method: Scaling, column: ColumnSpec, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        one(method, [4.0, 9.0, 1.0, 9.0, 6.0, 2.0, np.nan], column)


@pytest.mark.parametrize(
    ("method", "settings"),
    [
        (Goalposts, {"range": (100.0, 0.0)}),
        (MinMax, {"range": (5.0, 5.0)}),
        (PercentileRank, {"range": (1.0, 0.0)}),
        (ZScore, {"sd": 0.0}),
        (Scaled, {"scale": -1.0}),
        (DistanceToMax, {"scale": 0.0}),
        (Categories, {"cuts": (0.5, 0.2), "scores": (0.0, 1.0, 2.0)}),
        (Categories, {"cuts": (0.5,), "scores": (0.0, 1.0, 2.0)}),
        (Categories, {"cuts": (0.0,), "scores": (0.0, 1.0)}),
        (Rank, {"ties": "max"}),
    ],
)
def test_settings_that_make_no_scale(method: type[Scaling], settings: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        method(**settings)


def test_a_scale_that_is_no_interval_is_refused() -> None:
    with pytest.raises(ValueError, match="lower"):
        one(Scaled(lower=3, upper=3), [1.0, 2.0])
