"""What must hold for every framework and every table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stiscore.analysis.gaps import gap_table
from stiscore.dataset import Dataset
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.scores import Scores, rank
from tests.made import scored

Case = tuple[Framework, Dataset]


def _score(case: Case) -> Scores:
    made, data = case
    return score(fit(made, data), data)


def _same(a: Scores, b: Scores, rows: list[int]) -> None:
    for field in ("raw", "normalised", "groups", "coverage", "points", "floored"):
        assert getattr(a, field)[rows].tobytes() == getattr(b, field).tobytes(), field


@given(scored())
def test_scores_stay_on_the_scale(case: Case) -> None:
    scores = _score(case)
    for table in (scores.normalised, scores.groups):
        held = table[~np.isnan(table)]
        assert (held >= 0).all()
        assert (held <= 100).all()
    gaps = gap_table(scores, scores.ranked)
    held = gaps.severity[~np.isnan(gaps.severity)]
    assert ((held >= 0) & (held <= 100)).all()


@given(scored())
def test_points_add_up_to_the_score(case: Case) -> None:
    scores = _score(case)
    areas = list(scores.fitted.areas)
    total = scores.points[:, areas].sum(axis=1)
    leaves = scores.points[:, : scores.fitted.tree.leaves].sum(axis=1)
    there = ~np.isnan(scores.index)
    np.testing.assert_allclose(total[there], scores.index[there], rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(leaves[there], scores.index[there], rtol=1e-12, atol=1e-12)


@given(scored(), st.data())
def test_parts_score_as_the_whole_to_the_bit(case: Case, data: st.DataObject) -> None:
    made, table = case
    fitted = fit(made, table)
    whole = score(fitted, table)
    rows = data.draw(st.lists(st.integers(0, len(table.units) - 1), min_size=1, unique=True))
    _same(whole, score(fitted, table.rows(rows)), rows)


@given(scored())
def test_row_order_changes_nothing(case: Case) -> None:
    made, table = case
    back = list(reversed(range(len(table.units))))
    turned = table.rows(back)
    _same(_score(case), score(fit(made, turned), turned), back)


@given(scored())
def test_column_order_changes_nothing(case: Case) -> None:
    made, table = case
    turned = replace(
        table,
        columns=table.columns[::-1],
        values=table.values[:, ::-1],
        flags=table.flags[:, ::-1],
        origin=table.origin[:, ::-1],
    )
    _same(_score(case), score(fit(made, turned), turned), list(range(len(table.units))))


@given(scored(), st.data())
def test_better_on_one_indicator_never_lowers_a_score(case: Case, data: st.DataObject) -> None:
    made, table = case
    fitted = fit(made, table)
    before = score(fitted, table)
    column = data.draw(st.integers(0, len(table.columns) - 1))
    better = next(i for i in made.indicators if i.id == table.columns[column].id)
    step = data.draw(st.floats(0, 20)) * (1 if better.direction == "benefit" else -1)
    values = table.values.copy()
    values[:, column] += step
    after = score(fitted, replace(table, values=values))
    there = ~np.isnan(before.index)
    # A geometric mean goes through log and exp, whose last bit may fall.
    slack = 0.0 if made.method.aggregate.id == "arithmetic" else 1e-12 * 100
    assert (after.index[there] >= before.index[there] - slack).all()


@given(scored())
def test_same_input_same_bytes(case: Case) -> None:
    made, table = case
    assert fit(made, table).model_dump_json() == fit(made, table).model_dump_json()
    _same(_score(case), _score(case), list(range(len(table.units))))


@given(scored())
def test_a_saved_frame_scores_alike(case: Case) -> None:
    made, table = case
    fitted = fit(made, table)
    again = type(fitted).model_validate_json(fitted.model_dump_json(by_alias=True))
    _same(score(fitted, table), score(again, table), list(range(len(table.units))))


@given(st.lists(st.one_of(st.floats(0, 100), st.just(float("nan"))), max_size=30))
def test_ranks_count_the_better_ones(values: list[float]) -> None:
    scores = np.array(values)
    ranks = rank(scores, 0.0)
    for value, place in zip(values, ranks, strict=True):
        better = sum(other > value for other in values)
        assert place == (0 if np.isnan(value) else better + 1)
