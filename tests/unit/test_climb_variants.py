"""The tree in many variants at once: each variant against plain formulas and the pipeline."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.framework.override import with_weights
from stiscore.methods.aggregate import Copeland
from stiscore.methods.base import Array
from stiscore.methods.weight import BenefitOfTheDoubt
from stiscore.robust.tree import climb_variants
from stiscore.scores import Scores
from tests.made import dataset, framework, group, leaf
from tests.varied import AGGREGATIONS, OWN_WEIGHTS, grid, lenient, nodes, scored, setting, two_areas

COLUMNS = ("a1", "a2", "b1", "b2")


def table(units: int = 6, seed: int = 1, holes: tuple[tuple[int, str], ...] = ()) -> Dataset:
    held = grid(units, seed)
    for row, column in holes:
        held[column][row] = np.nan
    return dataset(held)


def place(scores: Scores, node: str) -> int:
    return scores.fitted.tree.ids.index(node)


def ones(scores: Scores, draws: int, **by: float) -> Array:
    told = np.ones((draws, nodes(scores)))
    for node, factor in by.items():
        told[:, place(scores, node)] = factor
    return told


def index(
    scores: Scores,
    by: Array,
    *,
    fills: bool = False,
    noise: dict[int, Array] | None = None,
) -> Array:
    held = setting(scores, fills=fills)
    (told,) = climb_variants(held, by, [scores.fitted.tree.root], noise)
    return np.broadcast_to(told, (len(by), held.leaves.shape[0]))


def test_a_weighted_sum_in_every_variant() -> None:
    scores = scored(lenient(two_areas()), table())
    random = np.random.default_rng(0)
    by = random.uniform(0.5, 1.5, (50, nodes(scores)))
    told = index(scores, by)
    leaves = scores.normalised
    for draw, m in enumerate(by):
        low = np.array([m[0], 2 * m[1]]), np.array([m[2], m[3]])
        a = leaves[:, :2] @ (low[0] / low[0].sum())
        b = leaves[:, 2:] @ (low[1] / low[1].sum())
        top = np.array([m[4], 2 * m[5]])
        wanted = (top[0] * a + top[1] * b) / top.sum()
        np.testing.assert_allclose(told[draw], wanted, rtol=1e-12)


def test_only_the_varying_step_is_worked_out_for_every_variant() -> None:
    scores = scored(lenient(two_areas()), table())
    still = climb_variants(setting(scores), ones(scores, 9), [4, 5, 6])
    assert [each.shape for each in still] == [(1, 6)] * 3
    by = ones(scores, 9)
    by[:, 5] = np.linspace(0.5, 1.5, 9)
    assert [e.shape for e in climb_variants(setting(scores), by, [4, 6])] == [(1, 6), (9, 6)]


def test_a_group_without_any_child_left_has_no_score() -> None:
    scores = scored(lenient(two_areas()), table())
    by = ones(scores, 2)
    by[1, [4, 5]] = 0.0
    told = index(scores, by)
    assert not np.isnan(told[0]).any()
    assert np.isnan(told[1]).all()


@pytest.mark.parametrize("settings", [*AGGREGATIONS.values(), OWN_WEIGHTS], ids=str)
def test_whoever_has_nothing_left_has_no_score(settings: tuple[str, ...]) -> None:
    scores = scored(lenient(two_areas(), *settings), table(holes=((2, "b1"), (2, "b2"))))
    by = ones(scores, 3)
    by[1, place(scores, "a")] = 0.0
    by[2, place(scores, "b")] = 0.0
    told = index(scores, by)
    assert np.isnan(told).tolist() == [[False] * 6, [False] * 2 + [True] + [False] * 3, [False] * 6]
    filled = index(scores, by, fills=True)
    assert not np.isnan(filled[[0, 2]]).any()


@pytest.mark.parametrize("settings", [*AGGREGATIONS.values(), OWN_WEIGHTS], ids=str)
def test_an_area_left_out_is_a_framework_without_it(settings: tuple[str, ...]) -> None:
    data = table()
    scores = scored(lenient(two_areas(), *settings), data)
    by = ones(scores, 3)
    by[1, place(scores, "b")] = 0.0
    told = index(scores, by)
    alone = framework(group("index", [group("a", [leaf("a1"), leaf("a2", weight=2)])]))
    again = scored(lenient(alone, *settings), data)
    np.testing.assert_allclose(told[1], again.index, rtol=1e-9)
    np.testing.assert_allclose(told[[0, 2]], [scores.index] * 2, rtol=1e-9)


def ragged() -> Framework:
    """Four levels on one side, an indicator beside the areas on the other."""
    deep = group("mid", [group("low", [leaf("a1"), leaf("a2", weight=2)]), leaf("b1", weight=3)], 2)
    return framework(group("index", [group("top", [deep], 3), leaf("b2", weight=2)]))


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "harmonic", "copeland"])
def test_any_depth(mean: str) -> None:
    data = table(7, 3, holes=((1, "a1"), (2, "b1"), (3, "b2"), (4, "a1"), (4, "a2")))
    made = lenient(ragged(), f"aggregate={mean}", "weight.area_weight=equal")
    scores = scored(made, data)
    by = np.random.default_rng(4).uniform(0.3, 3, (4, nodes(scores)))
    told = climb_variants(setting(scores), by, [b.group for b in scores.fitted.boughs])
    for draw, m in enumerate(by):
        weight = dict(zip(scores.fitted.tree.ids, m, strict=True))
        changed = framework(
            group(
                "index",
                [
                    group(
                        "top",
                        [
                            group(
                                "mid",
                                [
                                    group(
                                        "low",
                                        [
                                            leaf("a1", weight=weight["a1"]),
                                            leaf("a2", weight=2 * weight["a2"]),
                                        ],
                                        weight["low"],
                                    ),
                                    leaf("b1", weight=3 * weight["b1"]),
                                ],
                                2 * weight["mid"],
                            )
                        ],
                        3 * weight["top"],
                    ),
                    leaf("b2", weight=2 * weight["b2"]),
                ],
            )
        )
        again = scored(lenient(changed, f"aggregate={mean}", "weight.area_weight=equal"), data)
        for bough, each in zip(scores.fitted.boughs, told, strict=True):
            got = each[draw if len(each) > 1 else 0]
            np.testing.assert_allclose(got, again.node(bough.group), rtol=1e-9)


def test_a_variant_takes_no_score_away_and_gives_none() -> None:
    # u0 has a third of the weight of area a and is not scored there, whatever the weights.
    made = two_areas()
    scores = scored(made, table(holes=((0, "a2"),)))
    assert np.isnan(scores.node(place(scores, "a"))[0])
    heavy = ones(scores, 2, a1=100.0)
    (a,) = climb_variants(setting(scores), heavy, [place(scores, "a")])
    assert np.isnan(a).tolist() == [[True] + [False] * 5] * len(a)
    # u1 has two thirds of it and is scored, even where what it has weighs little.
    scores = scored(made, table(holes=((1, "a1"),)))
    (a,) = climb_variants(setting(scores), heavy, [place(scores, "a")])
    assert not np.isnan(a).any()


def test_a_score_that_is_not_positive_is_not_taken_for_missing() -> None:
    """Without a floor a geometric mean refuses a zero; left out, b2 leaves u0 nothing but one."""
    data = table()
    data = replace(data, values=np.vstack([[5.0, 5.0, 0.0, 8.0], data.values[1:]]))
    settings = ("aggregate.level2=geometric", "aggregate.level2.floor=null")
    scores = scored(lenient(two_areas(), *settings), data)
    by = ones(scores, 3)
    by[1, place(scores, "b2")] = 0.0
    told = index(scores, by)
    np.testing.assert_allclose(told[[0, 2]], [scores.index] * 2, rtol=1e-9)
    assert np.isnan(told[1]).all()


def test_a_zero_that_is_left_out_disturbs_nobody() -> None:
    data = table()
    data = replace(data, values=np.vstack([[5.0, 5.0, 0.0, 8.0], data.values[1:]]))
    settings = ("aggregate.level2=geometric", "aggregate.level2.floor=null")
    scores = scored(lenient(two_areas(), *settings), data)
    by = ones(scores, 1, b2=0.0, b=0.0)
    np.testing.assert_allclose(index(scores, by)[0], scores.node(place(scores, "a")), rtol=1e-9)


# Scales that learn nothing from the table, so that a shifted figure is on the same one.
FIXED = [
    *((f"aggregate={mean}",) for mean in ("arithmetic", "geometric", "harmonic", "copeland")),
    ("aggregate=generalised-mean", "aggregate.power=0.5"),
    ("aggregate=mean-min",),
    ("normalise.range=70,130", "aggregate=adjusted-mazziotta-pareto"),
    OWN_WEIGHTS,
]


@pytest.mark.parametrize("settings", FIXED, ids=str)
@pytest.mark.parametrize("columns", [("a1",), ("a1", "b2"), COLUMNS])
def test_shifted_figures_score_as_those_figures(
    settings: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    data = table(holes=((1, "a1"), (2, "b1"), (2, "b2")))
    scores = scored(lenient(two_areas(), *settings), data)
    low, high = (70, 130) if "normalise.range=70,130" in settings else (0, 100)
    random = np.random.default_rng(8)
    figures = np.repeat(data.values[None], 4, axis=0)
    shifted = [COLUMNS.index(column) for column in columns]
    figures[:, :, shifted] += random.uniform(-0.5, 0.5, (4, 6, len(shifted)))
    noise = {at: low + figures[:, :, at] / 10 * (high - low) for at in shifted}
    by = np.random.default_rng(2).uniform(0.5, 1.5, (4, nodes(scores)))
    told = index(scores, by, noise=noise)
    own = {node.id: node.weight for node in scores.fitted.framework.nodes}
    for draw in range(4):
        weights = zip(scores.fitted.tree.ids[:-1], by[draw], strict=False)
        changed = with_weights(scores.fitted.framework, {n: own[n] * m for n, m in weights})
        again = scored(changed, replace(data, values=figures[draw]))
        np.testing.assert_allclose(told[draw], again.index, rtol=1e-9)


def test_noise_and_filled_areas() -> None:
    scores = scored(lenient(two_areas()), table(holes=((2, "b1"), (2, "b2"))))
    random = np.random.default_rng(8)
    noise = {2: np.clip(scores.normalised[:, 2] + random.normal(0, 5, (3, 6)), 0, 100)}
    told = index(scores, ones(scores, 3), noise=noise, fills=True)
    for draw in range(3):
        a = scores.node(place(scores, "a"))
        b = (noise[2][draw] + scores.normalised[:, 3]) / 2
        b = np.where(np.isnan(b), np.nanmedian(b), b)
        np.testing.assert_allclose(told[draw], (a + 2 * b) / 3, rtol=1e-12)


@pytest.mark.parametrize(
    "joiner", [Copeland(), BenefitOfTheDoubt()], ids=["copeland", "benefit-of-the-doubt"]
)
def test_filled_units_are_compared_with_filled_units(joiner: Copeland | BenefitOfTheDoubt) -> None:
    settings = ("aggregate=copeland",) if isinstance(joiner, Copeland) else OWN_WEIGHTS
    scores = scored(lenient(two_areas(), *settings), table(holes=((2, "b1"), (2, "b2"))))
    parts = np.column_stack([scores.node(place(scores, n)) for n in ("a", "b")])
    parts[2, 1] = np.nanmedian(parts[:, 1])
    wanted = joiner.combine(parts, scores.fitted.boughs[-1].weights, parts).score
    told = index(scores, ones(scores, 1), fills=True)
    np.testing.assert_allclose(told[0], wanted, rtol=1e-9)


def test_an_area_nobody_has_left_cannot_be_filled() -> None:
    scores = scored(lenient(two_areas()), table(holes=((2, "b1"), (2, "b2"))))
    by = ones(scores, 2)
    by[1, [place(scores, n) for n in ("b1", "b2", "b")]] = 0.0
    told = index(scores, by, fills=True)
    np.testing.assert_allclose(told[1], scores.node(place(scores, "a")), rtol=1e-12)


@pytest.mark.parametrize("settings", [*AGGREGATIONS.values(), OWN_WEIGHTS], ids=str)
@pytest.mark.parametrize("fills", [False, True])
def test_a_variant_is_the_same_alone_and_among_others(
    settings: tuple[str, ...], fills: bool
) -> None:
    scores = scored(lenient(two_areas(), *settings), table(8, holes=((2, "b1"), (2, "b2"))))
    by = np.random.default_rng(6).uniform(0.1, 4, (5, nodes(scores)))
    by[1, place(scores, "a")] = by[2, place(scores, "b2")] = 0.0
    told = index(scores, by, fills=fills)
    for draw in range(5):
        alone = index(scores, by[draw : draw + 1], fills=fills)
        np.testing.assert_allclose(alone[0], told[draw], rtol=1e-12)


def test_one_unit_alone() -> None:
    for settings in (*AGGREGATIONS.values(), OWN_WEIGHTS):
        scores = scored(lenient(two_areas(), *settings), table(1))
        by = np.random.default_rng(0).uniform(0.5, 1.5, (3, nodes(scores)))
        for fills in (False, True):
            assert np.isfinite(index(scores, by, fills=fills)).all()
