"""Variants of one table: configurations, what fails, what a saved frame allows, errors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from stiscore.analysis.uncertainty.variants import Variants
from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.framework.override import with_methods, with_preset, with_weights
from stiscore.methods.base import Array
from stiscore.robust.effects import unchanged
from tests.made import dataset, framework, group, leaf
from tests.varied import (
    gaps,
    grid,
    lenient,
    scored,
    two_areas,
    variants,
)


def table(units: int = 8, seed: int = 1, **columns: Any) -> Dataset:
    return dataset({**grid(units, seed), **columns})


def alternatives(*settings: list[str]) -> dict[str, Any]:
    return {"kind": "methods", "alternatives": list(settings)}


def each(held: Variants) -> Array:
    """The index in every alternative of the first factor, (alternatives, units)."""
    effect = held.plan.effects[0]
    count = len(held.plan.factors[0].options)
    values = unchanged(held.plan.effects, count)
    values[effect.number][:, 0] = np.arange(count)
    return held.at(values, count, [held.groups[0]]).scores[0]


@pytest.mark.parametrize(
    "settings",
    [
        ["normalise=min-max"],
        ["normalise=z-score", "normalise.mean=50", "normalise.sd=10"],
        ["normalise=percentile-rank"],
        ["normalise=borda"],
        ["treat=iqr-fence"],
        ["impute=median"],
        ["impute=row-mean"],
        ["aggregate=harmonic"],
        ["aggregate.level2=geometric"],
        ["aggregate.level1=mean-min", "aggregate.level2=generalised-mean"],
        ["aggregate=copeland"],
        ["weight=equal"],
        ["weight=entropy"],
        ["weight=standard-deviation"],
        ["weight=benefit-of-the-doubt"],
        ["normalise=min-max", "aggregate=geometric", "impute=mean"],
        ["screen=availability", "screen.min_unit_coverage=0.7"],
    ],
    ids=" ".join,
)
def test_an_alternative_is_the_table_scored_under_it(settings: list[str]) -> None:
    data = table(a1=[1, 2, np.nan, 4, 5, 9, 7, 8], b1=[3, 2, np.nan, 9, np.nan, 1, 4, 4])
    made = lenient(two_areas())
    held = variants(made, data, alternatives(settings), alternatives(["aggregate=geometric"]))
    assert not held.plan.impossible
    told = each(held)
    assert not held.refused
    rows = list(held.rows)
    np.testing.assert_allclose(told[0], held.evaluated.scores.index[rows], rtol=1e-12)
    again = scored(with_methods(made, settings), data)
    np.testing.assert_allclose(told[1], again.index[rows], rtol=1e-9, atol=1e-9)


def test_the_rule_of_area_weights_is_another_where_a_column_is_absent() -> None:
    data = dataset({c: v for c, v in grid(8, 1).items() if c != "b2"})
    made = lenient(two_areas())
    held = variants(made, data, alternatives(["weight.area_weight=equal"]))
    again = scored(with_methods(made, ["weight.area_weight=equal"]), data)
    np.testing.assert_allclose(each(held)[1], again.index[list(held.rows)], rtol=1e-9)


@pytest.mark.parametrize(
    "settings",
    [
        ["weight.area_weight=equal"],
        ["impute=median"],
        ["treat=winsorise", "treat.winmax=1", "treat.then=none"],
    ],
    ids=" ".join,
)
def test_alternatives_that_change_no_score_are_idle(settings: list[str]) -> None:
    """No column is absent, no value missing, none stands out."""
    held = variants(lenient(two_areas()), table(), alternatives(settings))
    assert [factor.id for factor in held.plan.idle] == ["f0"]
    assert held.plan.factors == ()
    beside = variants(lenient(two_areas()), table(), alternatives(settings, ["aggregate=harmonic"]))
    assert len(beside.plan.factors[0].options) == 3


@pytest.mark.parametrize(
    ("setting", "alike"),
    [
        ("aggregate=geometric", True),
        ("impute=median", True),
        ("normalise=percentile-rank", False),
        ("normalise=min-max", False),
        ("aggregate=copeland", False),
    ],
)
def test_what_is_on_the_frameworks_scale(setting: str, alike: bool) -> None:
    """Equal ends are not enough: a score of 60 by rank is no score of 60 between goalposts."""
    data = table(a1=[1, 2, np.nan, 4, 5, 9, 7, 8])
    held = variants(lenient(two_areas()), data, alternatives([setting]))
    assert held.at({0: np.array([[0.0], [1.0]])}, 2).on_scale.tolist() == [True, alike]


def test_sets_of_weights_and_gaps() -> None:
    """Gaps stand beside the tree and have no weight in any set."""
    tagged = framework(
        group("index", [group("a", [leaf("a1", gaps={"primary": "g"}), leaf("a2")]), leaf("b1")]),
        gaps=gaps("g"),
    )
    told = {"kind": "weight-sets", "sets": {"tilted": {"a": 4.0, "a1": 3.0}}}
    data = dataset({c: v for c, v in grid(6, 1).items() if c != "b2"})
    held = variants(lenient(tagged), data, told)
    again = scored(with_weights(lenient(tagged), {"a": 4.0, "a1": 3.0}), data)
    values = {0: np.array([[0.0], [1.0]])}
    (index, *_, gap) = held.at(values, 2).scores
    np.testing.assert_allclose(index[1], again.index[list(held.rows)], rtol=1e-12)
    np.testing.assert_allclose(gap[0], gap[1])


@pytest.mark.parametrize(
    "weight", ["entropy", "standard-deviation", "critic", "balanced", "benefit-of-the-doubt"]
)
@pytest.mark.parametrize(
    "alternative",
    ["aggregate.level1=geometric", "aggregate.level2=geometric", "aggregate=copeland"],
)
def test_weights_that_scores_teach_are_learned_from_the_scores_there_are(
    weight: str, alternative: str
) -> None:
    made, data = lenient(two_areas(), f"weight={weight}"), table()
    held = variants(made, data, alternatives([alternative]))
    if weight == "benefit-of-the-doubt":
        assert [each.why.code for each in held.plan.impossible] == ["F131"]
        return
    again = scored(with_methods(made, [alternative]), data)
    np.testing.assert_allclose(each(held)[1], again.index[list(held.rows)], rtol=1e-9)


def test_alternatives_of_several_factors_are_taken_together() -> None:
    data, made = table(), lenient(two_areas())
    held = variants(
        made, data, alternatives(["normalise=min-max"]), alternatives(["aggregate=geometric"])
    )
    told = held.at({0: np.ones((1, 1)), 1: np.ones((1, 1))}, 1).scores[0]
    again = scored(with_methods(made, ["normalise=min-max", "aggregate=geometric"]), data)
    np.testing.assert_allclose(told[0], again.index[list(held.rows)], rtol=1e-9)


def test_what_one_configuration_learned_is_not_anothers() -> None:
    """What is shared between configurations hangs on every stage before it."""
    data = table(a1=[1, 2, np.nan, 4, 5, 90, 7, 8], a2=[3, 2, 3, np.nan, 5, 1, 4, 4])
    made = lenient(two_areas(), "normalise=min-max")
    told = [
        alternatives(["impute=mean"], ["impute=median"]),
        alternatives(["treat=winsorise"], ["treat=iqr-fence"]),
        alternatives(["normalise=z-score"], ["normalise.range=10,90"]),
        {"kind": "directions", "indicators": ["a1"]},
    ]
    held = variants(made, data, *told)
    for codes in np.ndindex(3, 3, 3, 2):
        got = held.at({n: np.array([[float(c)]]) for n, c in enumerate(codes)}, 1).scores[0][0]
        settings = [
            s for p, c in zip(held.plan.factors[:3], codes, strict=False) for s in p.options[c]
        ]
        own = made if not codes[3] else turned(made)
        again = scored(with_methods(own, settings), data)
        np.testing.assert_allclose(got, again.index[list(held.rows)], rtol=1e-9, atol=1e-9)


def turned(made: Framework) -> Framework:
    text = made.model_dump_json(by_alias=True).replace('"benefit"', '"cost"', 1)
    return Framework.model_validate_json(text)


def test_a_direction_turned_is_the_framework_with_it() -> None:
    data, made = table(), lenient(two_areas())
    held = variants(made, data, {"kind": "directions", "indicators": ["a1"]})
    told = held.at({0: np.array([[0.0], [1.0]])}, 2).scores[0]
    assert turned(made).indicators[0].direction == "cost"
    np.testing.assert_allclose(told[1], scored(turned(made), data).index[list(held.rows)])


def test_sets_of_weights_are_the_framework_under_them() -> None:
    presets = {"one": {"a": 5, "b2": 4}, "other": {"b": 0.1}}
    made, data = lenient(two_areas(weight_presets=presets)), table()
    own = {"kind": "weight-sets", "presets": ["one", "other"], "sets": {"mine": {"a1": 9}}}
    told = each(variants(made, data, own))
    rows = list(variants(made, data, own).rows)
    assert len(told) == 4
    np.testing.assert_allclose(told[0], scored(made, data).index[rows])
    for number, preset in enumerate(presets, start=1):
        again = scored(with_preset(made, preset), data)
        np.testing.assert_allclose(told[number], again.index[rows], rtol=1e-12)


def test_an_alternative_the_data_do_not_allow_is_counted() -> None:
    """What gives no weights from these data (C315) fails; the rest is told all the same."""
    data = table(a1=[4.0] * 8, a2=[4.0] * 8)
    held = variants(
        lenient(two_areas()),
        data,
        alternatives(["weight=entropy"], ["aggregate=geometric"]),
        {"kind": "weights", "of": "areas", "spread": 0.5},
    )
    told = held.run(600, 1, keep=600)
    (failed,) = held.failures(told.failed)
    assert failed.why.code == "C315"
    assert failed.chosen.settings == ("weight=entropy",)
    assert 150 < failed.draws < 250
    assert told.draws == 600
    assert (told.shares[0].scored == 600 - failed.draws).all()
    assert np.isnan(told.kept[0]).all(axis=1).sum() == failed.draws


def test_a_constant_column_has_no_scale_of_its_own() -> None:
    """``evaluate`` refuses it (C303), so a variant may not give every unit 50 in silence."""
    held = variants(lenient(two_areas()), table(a1=[4.0] * 8), alternatives(["normalise=min-max"]))
    told = held.run(400, 1, keep=400)
    (failed,) = held.failures(told.failed)
    assert failed.why.code == "C303"
    assert failed.chosen.settings == ("normalise=min-max",)
    assert 120 < failed.draws < 280


def test_a_mean_that_meets_a_zero_is_counted() -> None:
    data = table(a1=[0.0] * 8, a2=[0.0, *[5.0] * 7])
    own = alternatives(["aggregate.level2=geometric", "aggregate.level2.floor=null"])
    held = variants(lenient(two_areas()), data, own)
    told = held.run(400, 1)
    (failed,) = held.failures(told.failed)
    assert failed.why.code == "C311"
    assert failed.draws + told.shares[0].scored[0] == 400


def test_methods_that_exclude_each_other_only_together_are_counted() -> None:
    held = variants(
        lenient(two_areas()),
        table(),
        alternatives(["normalise=z-score"]),
        alternatives(["aggregate=geometric"]),
    )
    told = held.run(800, 1)
    (failed,) = held.failures(told.failed)
    assert failed.why.code == "F131"
    assert 140 < failed.draws < 260


def test_a_configuration_that_measures_less_is_told_all_the_same() -> None:
    """Screening may leave a column without a value; its area then has no score there."""
    data = table(
        a1=[5.0, *[np.nan] * 7],
        a2=[np.nan] * 8,
        b1=[np.nan, 2, 3, 4, 5, 6, 7, 8],
        b2=[np.nan, 2, 3, 4, 5, 6, 7, 9],
    )
    own = alternatives(["screen=availability", "screen.min_unit_coverage=0.5"])
    held = variants(lenient(two_areas(gaps=gaps("g"))), data, own)
    told = held.run(50, 1, keep=50)
    assert told.draws == 50


def test_a_ratio_that_needs_another_column_is_told_all_the_same() -> None:
    """An alternative denominator that is nowhere in the data leaves the indicator unmeasured."""
    made = lenient(
        two_areas(
            quantities=[
                {"id": q, "name": {"en": q, "zh": f"{q}量"}, "measured_in": "%"} for q in ("q", "r")
            ]
        )
    )
    own = alternatives(["denominate.a1=column", "denominate.a1.denominator=q"])
    held = variants(made, table(), own)
    told = held.run(50, 1, keep=50)
    assert told.draws == 50
    assert sum(told.failed.values()) + told.shares[0].scored[0] == 50


def test_all_configurations_failing_is_a_result() -> None:
    held = variants(
        lenient(two_areas()), table(a1=[4.0] * 8, a2=[4.0] * 8), alternatives(["weight=entropy"])
    )
    values = {0: np.ones((5, 1))}
    told = held.at(values, 5)
    assert sum(told.failed.values()) == 5
    assert all(np.isnan(scores).all() for scores in told.scores)
    (failed,) = held.failures(told.failed)
    assert failed.draws == 5


def test_rows_are_the_scored_units_by_rank_the_ranked_first() -> None:
    holes = table(a1=[1, np.nan, 3, np.nan, 5, 9, 7, np.nan], a2=[2, 9, 3, np.nan, 5, 9, 7, np.nan])
    values = holes.values.copy()
    values[3] = np.nan
    values[7, 2:] = [9, np.nan]
    data = replace(holes, values=values)
    held = variants(two_areas(), data, {"kind": "weights", "of": "areas", "spread": 0.5})
    ranked = held.evaluated.ranked
    assert 3 not in held.rows
    assert held.ranked == ranked.sum() < len(held.rows) == 7
    order = [held.evaluated.group_ranks[row, -1] for row in held.rows[: held.ranked]]
    assert order == sorted(order)
    assert not any(ranked[row] for row in held.rows[held.ranked :])


def test_gaps_vary_with_their_indicators() -> None:
    made = framework(
        group(
            "index",
            [
                group("a", [leaf("a1", gaps={"primary": "g"}), leaf("a2", weight=2)]),
                group("b", [leaf("b1"), leaf("b2", weight=3, gaps={"primary": "g"})]),
            ],
        ),
        gaps=gaps("g", "empty"),
    )
    held = variants(lenient(made), table(), {"kind": "weights", "of": "below", "spread": 0.9})
    assert len(held.groups) == 4
    by = np.array([[0.5, 1.0, 1.0, 1.9], [1, 1, 1, 1]])
    told = held.at({0: by}, 2).scores[-1]
    leaves = held.evaluated.scores.normalised[list(held.rows)]
    wanted = (0.5 * leaves[:, 0] + 1.9 * 3 * leaves[:, 3]) / (0.5 + 1.9 * 3)
    np.testing.assert_allclose(told[0], wanted, rtol=1e-12)
    severity = held.evaluated.gaps.severity[list(held.rows), 0]
    np.testing.assert_allclose(100 - told[1], severity, rtol=1e-12)
