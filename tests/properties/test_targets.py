"""A target put back into the table reaches its goal, and nothing of it can be spared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.scenario import with_values
from stiscore.analysis.targets.aim import Aim, Change, Terms, aim
from stiscore.analysis.targets.goal import Goal
from stiscore.analysis.targets.response import IndexResponse
from stiscore.dataset import Dataset
from stiscore.errors import UsageError
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from tests.made import dataset, framework, group, leaf

# A step that can be seen, in points of a lever's own scale.
STEP = 0.01
ROWS = 6


def _leaf(random: np.random.Generator, node: str) -> dict[str, Any]:
    low = float(random.integers(-3, 3))
    posts = [low, low + float(random.integers(3, 15))]
    scale = {"goalposts": posts, "basis": "judgement", "plausible": [posts[0] - 9, posts[1] + 1]}
    if random.random() < 0.3:
        scale["plausible"] = [posts[0] + 0.3, posts[1] - 0.3]
    return leaf(
        node,
        levels={"only": scale},
        direction=str(random.choice(["benefit", "cost"])),
        curve=str(random.choice(["linear", "sqrt"])),
        weight=float(random.choice([0.5, 1, 2])),
        lever=bool(random.random() < 0.75),
        gaps={"primary": str(random.choice(["g0", "g1"]))},
    )


def made(seed: int) -> tuple[Framework, Dataset]:
    """A framework of two or three levels with levers, and a table with gaps in it."""
    random = np.random.default_rng(seed)
    leaves = [_leaf(random, f"i{n}") for n in range(int(random.integers(3, 9)))]
    cut = int(random.integers(1, len(leaves) - 1))
    branches = [group("a", leaves[:cut], 2), group("b", leaves[cut:])]
    if random.random() < 0.5:
        branches = [group("upper", branches, 3), group("c", [_leaf(random, "i9")])]
    means = [{"id": str(random.choice(["arithmetic", "geometric"]))} for _ in range(2)]
    told = framework(
        group("index", branches),
        method={
            "aggregate": means[0],
            "aggregate_levels": {"level1": means[1]},
            "targets": {"pace": float(random.choice([0.05, 0.3])), "years": 5},
            "coverage": {"min_area_coverage": 0, "min_unit_coverage": 0, "max_areas_missing": 99},
        },
        gaps=[{"id": g, "name": {"en": g, "zh": g}} for g in ("g0", "g1")],
    )
    values = random.uniform(-4, 14, (ROWS, len(told.indicators)))
    values[random.random(values.shape) < 0.15] = np.nan
    columns = {i.id: values[:, n].tolist() for n, i in enumerate(told.indicators)}
    return told, dataset(columns)


def examined(seed: int) -> Evaluated:
    told, table = made(seed)
    return examine(score(fit(told, table), table), Findings(()))


def terms(evaluated: Evaluated, costs: dict[str, float] | None = None) -> Terms:
    return Terms(evaluated.scores.fitted.framework.method.targets.years, {}, costs)


def aimed(evaluated: Evaluated, goal: Goal, costs: dict[str, float] | None = None) -> Aim:
    """The answer for the first row; drawn again where the goal is met or there is no lever."""
    try:
        return aim(evaluated, 0, goal, terms(evaluated, costs))
    except UsageError:
        assume(False)
        raise


def put_back(evaluated: Evaluated, told: Aim, less: Change | None = None) -> Evaluated:
    """The table with the answer, or with a step less of one of its changes."""
    values = {
        c.lever.indicator.id: c.lever.value_at(c.score - STEP * (c is less)) for c in told.changes
    }
    return with_values(evaluated, 0, values)


SEEDS = st.integers(0, 2**32 - 1)
CHECKED = settings(max_examples=20, deadline=None)


@given(SEEDS, st.floats(0.3, 40), st.booleans())
@CHECKED
def test_a_score(seed: int, more: float, costed: bool) -> None:
    evaluated = examined(seed)
    wanted = float(evaluated.scores.index[0]) + more
    assume(wanted <= 100)
    random = np.random.default_rng(seed)
    ids = [i.id for i in evaluated.scores.fitted.framework.indicators]
    costs = dict(zip(ids, random.uniform(0.2, 4, len(ids)).tolist(), strict=True))
    told = aimed(evaluated, Goal("score", wanted), costs if costed else None)
    after = put_back(evaluated, told)
    tie = evaluated.scores.tie
    assert told.after.score == pytest.approx(float(after.scores.index[0]), abs=1e-9)
    assert all(0 < c.moved <= c.lever.room + 1e-9 for c in told.changes)
    if not told.reached:
        assert after.scores.index[0] < wanted
        assert {c.lever.indicator.id for c in told.changes} == {
            lever.indicator.id for lever in told.levers if lever.room > 0
        }
        assert all(c.limit is not None for c in told.changes)
        return
    assert after.scores.index[0] >= wanted - tie
    for change in told.changes:
        if change.moved > STEP:
            assert put_back(evaluated, told, change).scores.index[0] < wanted - tie
    added = sum(c.points or 0.0 for c in told.changes)
    assert added == pytest.approx(after.scores.index[0] - evaluated.scores.index[0], abs=1e-6)
    assert sum(c.share for c in told.changes) == pytest.approx(1)


@given(SEEDS, st.integers(1, ROWS - 1))
@CHECKED
def test_a_rank(seed: int, wanted: int) -> None:
    evaluated = examined(seed)
    told = aimed(evaluated, Goal("rank", wanted))
    after = put_back(evaluated, told)
    rank = int(after.group_ranks[0, -1])
    assert (rank <= wanted) == told.reached
    assert told.after.rank == rank
    if told.reached:
        for change in told.changes:
            if change.moved > STEP:
                assert put_back(evaluated, told, change).group_ranks[0, -1] > wanted


@given(SEEDS, st.floats(0, 99))
@CHECKED
def test_a_severity(seed: int, wanted: float) -> None:
    evaluated = examined(seed)
    told = aimed(evaluated, Goal("gap", wanted, "g0"))
    at = evaluated.gaps.ids.index("g0")
    assert all(
        c.lever.indicator.gaps.primary == "g0" for c in told.changes if c.lever.indicator.gaps
    )
    after = put_back(evaluated, told)
    assert (after.gaps.severity[0, at] <= wanted + evaluated.scores.tie) == told.reached
    if told.reached:
        for change in told.changes:
            if change.moved > STEP:
                assert put_back(evaluated, told, change).gaps.severity[0, at] > wanted


@given(SEEDS)
@CHECKED
def test_slopes_are_those_of_small_moves(seed: int) -> None:
    evaluated = examined(seed)
    scores = evaluated.scores
    tree = scores.fitted.tree
    places = [p for p in range(tree.leaves) if not np.isnan(scores.normalised[0, p])]
    assume(places and not np.isnan(scores.index[0]))
    # Well above every floor, where the index has a slope.
    starts = np.maximum(scores.normalised[0, places], 3.0)
    index = IndexResponse(scores, 0, places, starts)
    at, small = np.full(len(places), 1.0), 1e-4
    steps = np.eye(len(places)) * small
    found = (index.values(at + steps) - index.values(at - steps)) / (2 * small)
    assert index.slopes(at) == pytest.approx(found, abs=1e-6)


@given(SEEDS, st.floats(0.3, 20))
@CHECKED
def test_every_indicator_is_a_lever_or_has_a_reason(seed: int, more: float) -> None:
    evaluated = examined(seed)
    wanted = float(evaluated.scores.index[0]) + more
    assume(wanted <= 100)
    told = aimed(evaluated, Goal("score", wanted))
    ids = [*(e.indicator.id for e in told.levers), *(a.indicator.id for a in told.asides)]
    assert sorted(ids) == sorted(i.id for i in evaluated.scores.fitted.framework.indicators)
    for each in told.alone:
        held = with_values(evaluated, 0, {each.lever.indicator.id: each.to})
        assert (held.scores.index[0] >= wanted - evaluated.scores.tie) == each.reached
