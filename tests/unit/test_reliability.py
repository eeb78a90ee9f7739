"""Alpha, components, importance, and the audit's tables about weights and leaving out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stiscore.analysis.audit import Audit, audit
from stiscore.analysis.audit.against import OtherColumn, OtherIndex, matched
from stiscore.analysis.audit.evidence import evidence_class
from stiscore.analysis.audit.leave_out import without
from stiscore.analysis.audit.table import AuditTable
from stiscore.analysis.audit.weights import declared_shares, unit_weights
from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.dataset import Column, Dataset, Unit
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.methods.importance import main_effect, squared_correlation
from stiscore.methods.reliability import (
    bartlett,
    complete,
    cronbach,
    cronbach_without,
    kmo,
    principal,
)
from stiscore.pipeline import fit, score
from tests.made import dataset, framework, group, leaf, scored

TIGHT = {"rel": 1e-12, "abs": 1e-12}


def drawn() -> np.random.Generator:
    """The same draws in every test, whatever ran before it."""
    return np.random.default_rng(20260101)


TABLE = drawn().normal(size=(60, 5)) @ np.vstack([np.ones(4), np.diag([0.5, 0.8, 1.1, 3.0])])


def words(table: AuditTable) -> str:
    return " ".join(note.say("en") for note in (*table.notes, table.verdict))


def test_alpha_is_that_of_the_sum_of_items() -> None:
    # Cronbach (1951): k / (k - 1) (1 - sum of variances / variance of the sum).
    k = TABLE.shape[1]
    share = TABLE.var(axis=0, ddof=1).sum() / TABLE.sum(axis=1).var(ddof=1)
    assert cronbach(TABLE) == pytest.approx(k / (k - 1) * (1 - share), **TIGHT)


def test_alpha_of_each_left_out_is_that_of_the_others() -> None:
    told = [cronbach(np.delete(TABLE, j, axis=1)) for j in range(4)]
    assert cronbach_without(TABLE) == pytest.approx(told, **TIGHT)


@pytest.mark.parametrize("size", [1e-300, 1e300])
def test_alpha_and_components_do_not_depend_on_the_scale(size: float) -> None:
    assert cronbach(TABLE / 100 * size) == pytest.approx(cronbach(TABLE), rel=1e-9)
    told = principal(TABLE / 100 * [size, 1, -1e-300, 5.0])
    assert told.eigenvalues == pytest.approx(principal(TABLE).eigenvalues, rel=1e-9)


def test_alpha_pairs_what_there_is() -> None:
    # By hand: variances 1, 1/2; the rows both have give covariance 1/2. 4 * .5 / (1.5 + 1).
    values = np.array([[1.0, 5.0], [2.0, 6.0], [3.0, np.nan]])
    assert cronbach(values) == pytest.approx(4 * 0.5 / 2.5, **TIGHT)


@pytest.mark.parametrize(
    "values",
    [
        [[1.0], [2.0]],
        [[1.0, np.nan], [np.nan, 2.0]],
        [[1.0, 1.0], [1.0, 1.0]],
        [[1.0, 2.0]],
    ],
    ids=["one column", "no common unit", "constant", "one unit"],
)
def test_alpha_is_not_defined(values: list[list[float]]) -> None:
    assert np.isnan(cronbach(np.array(values)))


def test_components_rebuild_the_correlations() -> None:
    told = principal(TABLE)
    rebuilt = told.loadings @ told.loadings.T
    assert rebuilt == pytest.approx(np.corrcoef(TABLE, rowvar=False), abs=1e-12)
    assert told.explained.sum() == pytest.approx(1, **TIGHT)
    assert (np.diff(told.eigenvalues) <= 0).all()


def test_components_use_complete_units_and_refuse_what_has_none() -> None:
    holed = np.vstack([TABLE, [np.nan, 1, 2, 3]])
    assert complete(holed).shape == TABLE.shape
    assert principal(holed).eigenvalues == pytest.approx(principal(TABLE).eigenvalues, **TIGHT)
    with pytest.raises(ValueError, match="1 complete units"):
        principal(TABLE[:1])
    with pytest.raises(ValueError, match="does not vary"):
        principal(np.column_stack([TABLE, np.full(60, 0.1)]))


def test_kmo_and_bartlett_against_their_definitions() -> None:
    r = np.corrcoef(TABLE, rowvar=False)
    # The partial correlation of two columns is that of their residuals on the others.
    partial = np.eye(4)
    for i in range(4):
        for j in range(i):
            rest = np.column_stack([np.ones(60), np.delete(TABLE, [i, j], axis=1)])
            left = [TABLE[:, c] - rest @ np.linalg.lstsq(rest, TABLE[:, c])[0] for c in (i, j)]
            partial[i, j] = partial[j, i] = np.corrcoef(*left)[0, 1]
    off = ~np.eye(4, dtype=bool)
    wanted = (r[off] ** 2).sum() / ((r[off] ** 2).sum() + (partial[off] ** 2).sum())
    assert kmo(r) == pytest.approx(wanted, rel=1e-9)
    told = bartlett(r, 60)
    assert told.chi_square == pytest.approx(-(59 - 13 / 6) * np.log(np.linalg.det(r)), rel=1e-9)
    assert told.freedom == 6
    # Chi square with an even number of degrees has a closed tail: exp(-x/2) sum (x/2)^k / k!.
    half = told.chi_square / 2
    assert told.p == pytest.approx(np.exp(-half) * (1 + half + half**2 / 2), rel=1e-9)


def test_kmo_and_bartlett_are_not_defined_for_repeated_columns() -> None:
    r = np.corrcoef(np.column_stack([TABLE, TABLE[:, 0]]), rowvar=False)
    assert np.isnan(kmo(r))
    assert np.isnan(bartlett(r, 60).p)
    assert np.isnan(bartlett(np.eye(3), 2).chi_square)
    assert np.isnan(kmo(np.eye(3)))


def test_a_main_effect_sees_what_a_line_does_not() -> None:
    draws = drawn()
    x = draws.uniform(-1, 1, size=200)
    y = x**2 + draws.normal(size=200) * 0.05
    # Share of the variance that x^2 itself explains.
    share = np.corrcoef(x**2, y)[0, 1] ** 2
    told = main_effect(x, y)
    assert squared_correlation(x, y) < 0.1
    assert told.share == pytest.approx(share, abs=0.02)
    assert told.freedom > 2.5


def test_a_main_effect_does_not_read_noise() -> None:
    noise = [main_effect(*pair).share for pair in drawn().normal(size=(50, 2, 60))]
    assert np.mean(noise) < 0.05


@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=4, max_size=25),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_a_main_effect_is_a_share_not_below_the_line(
    pairs: list[tuple[float, float]], random: object
) -> None:
    x, y = np.array(pairs).T
    told, line = main_effect(x, y), squared_correlation(x, y)
    if np.isnan(told.share):
        assert x.max() == x.min() or y.max() == y.min()
        return
    assert -1e-9 <= told.share <= 1
    assert np.isnan(line) or told.share >= line - 1e-7
    order = list(range(len(pairs)))
    random.shuffle(order)  # type: ignore[attr-defined]
    assert main_effect(x[order], y[order]) == told


def test_a_main_effect_without_variation_is_not_defined() -> None:
    assert np.isnan(main_effect(np.ones(5), np.arange(5.0)).share)
    assert main_effect(np.array([1.0, np.nan]), np.array([np.nan, 1.0])).n == 0


def two_areas() -> Framework:
    """Three indicators that move together, one alone."""
    return framework(
        group(
            "index",
            [
                group("a", [leaf("a1"), leaf("a2"), leaf("a3")], 3),
                group("b", [leaf("b1", collect={"sheet": "coding", "questions": ["q"]})]),
            ],
        ),
        method={"coverage": {"min_area_coverage": 0.0, "min_unit_coverage": 0.0}},
    )


def examined(made: Framework, data: Dataset) -> Evaluated:
    return examine(score(fit(made, data), data), Findings([]))


def columns(rows: int = 40) -> dict[str, np.ndarray]:
    draws = drawn()
    common = draws.uniform(2, 8, size=rows)
    return {
        name: np.clip(common + draws.normal(size=rows) * spread, 0, 10)
        for name, spread in {"a1": 0.3, "a2": 0.4, "a3": 2.0, "b1": 5.0}.items()
    }


@pytest.fixture(scope="module")
def whole() -> Audit:
    return audit(examined(two_areas(), dataset(columns())))


def test_the_tables_stand_in_order(whole: Audit) -> None:
    ids = [table.id for table in whole.tables]
    assert len(ids) == len(set(ids))
    own = ["reliability", "reliability-without", "components", "loadings", "weights",
           "importance", "information", "leave-out", "size", "evidence"]  # fmt: skip
    assert [i for i in ids if i in own] == own
    assert ids.index("reliability") > max(i for i, t in enumerate(ids) if t.startswith("corr"))


def test_every_row_has_a_cell_for_every_heading(whole: Audit) -> None:
    for table in whole.tables:
        assert {len(row) for row in table.rows} <= {len(table.heads)}, table.id
        assert table.skipped == (not table.rows) or table.id.startswith(("corr", "missing"))
        cells = [cell for row in table.rows for cell in row if isinstance(cell, float)]
        assert not np.isnan(cells).any(), table.id


def test_lone_indicators_are_exempt_and_the_caveat_is_told(whole: Audit) -> None:
    told = whole.table("reliability")
    assert [row[1] for row in told.rows] == [3, 2, 4]
    assert "Exempt, one measured part alone: b (b)." in words(told)
    assert "low alpha is information and not a fault" in words(told)


def test_below_five_complete_units_a_column_nothing_is_computed() -> None:
    few = audit(examined(two_areas(), dataset(columns(14))))
    told = few.table("reliability")
    # 14 units: enough for two columns, not for three.
    assert [row[1] for row in told.rows] == [2]
    assert "fewer than 5 complete units a column: a (a), 14 complete units for 3" in words(told)
    none = audit(examined(two_areas(), dataset(columns(6))))
    for table in ("reliability", "reliability-without", "components", "loadings"):
        assert none.table(table).skipped
        assert "Not computed" in words(none.table(table)), table


def test_a_constant_column_is_told_and_not_computed() -> None:
    held = columns() | {"a2": np.full(40, 4.0)}
    told = audit(examined(two_areas(), dataset(held))).table("components")
    assert "a column does not vary: a (a), all indicators." in words(told)


def test_weights_of_a_unit_that_lacks_a_value() -> None:
    held = columns()
    held["b1"][7] = np.nan
    evaluated = examined(two_areas(), dataset(held))
    told = audit(evaluated).table("weights")
    area = dict(zip([str(n.en) for n in told.column("node")], told.rows, strict=True))["a (a)"]  # type: ignore[union-attr]
    # Weights 3 and 1, all measured: 3/4; without b the whole score is a.
    assert area[1:5] == pytest.approx((0.75, 0.75, 0.75, 1.0))
    assert area[5] == "u7"


@given(scored())
@settings(max_examples=60, deadline=None)
def test_weights_of_every_unit_add_up(made: tuple[Framework, Dataset]) -> None:
    scores = score(fit(*made), made[1])
    leaves = unit_weights(scores)[:, : scores.fitted.tree.leaves].sum(axis=1)
    there = ~np.isnan(scores.index)
    assert leaves[there] == pytest.approx(1.0)
    assert (leaves[~there] == 0).all()
    shares = declared_shares(scores.fitted.tree)
    assert sum(shares[: scores.fitted.tree.leaves]) == pytest.approx(1.0)


@given(scored())
@settings(max_examples=60, deadline=None)
def test_leaving_out_is_scoring_without_the_column(made: tuple[Framework, Dataset]) -> None:
    """With equal shares of an area's weight, a column left out is a column never there."""
    plan, data = made
    told = plan.model_dump(mode="json", by_alias=True)
    told["method"]["weight"] = {"id": "declared", "area_weight": "equal"}
    plan = framework(told["index"], method=told["method"], gaps=told["gaps"])
    scores = score(fit(plan, data), data)
    for place in scores.measured:
        keep = [i for i, c in enumerate(data.columns) if c.id != scores.fitted.tree.ids[place]]
        values = data.values[:, keep]
        ours = without(scores, place)
        if not keep or np.isnan(values).all():
            assert np.isnan(ours).all()
            continue
        less = dataset({data.columns[i].id: data.values[:, i] for i in keep})
        assert ours == pytest.approx(score(fit(plan, less), less).index, nan_ok=True)


def test_leaving_out_names_who_moves_most() -> None:
    made = framework(group("index", [leaf("x"), leaf("y")]))
    held = {"x": [9.0, 7.0, 5.0, 3.0, 0.0], "y": [1.0, 1.0, 1.0, 1.0, 10.0]}
    told = audit(examined(made, dataset(held))).table("leave-out")
    # Nominal 5, 4, 3, 2, 5: ranks 1 3 4 5 1. Without x: 2 2 2 2 1; without y: 1 2 3 4 5.
    rows = {str(row[0].en): row[1:] for row in told.rows}  # type: ignore[union-attr]
    assert rows["x (x)"] == (5, pytest.approx((1 + 1 + 2 + 3 + 0) / 5), 3, "u3")
    assert rows["y (y)"] == (5, pytest.approx((0 + 1 + 1 + 1 + 4) / 5), 4, "u4")
    assert [str(row[0].en) for row in told.rows] == ["x (x)", "y (y)"]  # type: ignore[union-attr]


def test_an_index_of_one_indicator_has_nothing_to_leave_out() -> None:
    made = framework(group("index", [leaf("x")]))
    told = audit(examined(made, dataset({"x": [1.0, 2.0, 3.0]})))
    assert told.table("leave-out").skipped
    assert "Without any other part" in words(told.table("leave-out"))
    assert told.table("information").skipped
    assert told.table("importance").skipped


def test_areas_add_information_where_ranks_are_ten_apart() -> None:
    made = framework(group("index", [group("a", [leaf("a1")], 9), group("b", [leaf("b1")])]))
    rising = np.linspace(0, 10, 30)
    told = audit(examined(made, dataset({"a1": rising, "b1": rising[::-1]})))
    rows = {str(row[0].en): row[1:] for row in told.table("information").rows}  # type: ignore[union-attr]
    assert rows["a (a)"] == (30, 0, 0.0, pytest.approx(1.0))
    # |31 - 2 r| is ten or more for ranks up to 10 and from 21 on.
    assert rows["b (b)"] == (30, 20, pytest.approx(20 / 30), pytest.approx(-1.0))
    assert "b (b)" in told.table("information").verdict.en


def test_evidence_is_read_from_the_framework(whole: Audit) -> None:
    made = two_areas()
    assert [evidence_class(i) for i in made.indicators] == ["published"] * 3 + ["coded"]
    rows = whole.table("evidence").rows
    assert [(row[0].en, row[1], row[2]) for row in rows] == [  # type: ignore[union-attr]
        ("published statistics", 3, pytest.approx(0.75)),
        ("coded policy texts", 1, pytest.approx(0.25)),
    ]


def test_size_is_compared_by_its_logarithm_where_it_spreads() -> None:
    held = columns()
    people = np.exp(held["a1"])
    data = dataset({**held, "context_people": people})
    kinds = [*data.columns[:-1], Column("context_people", "context", "People {m}")]
    data = dataset({**held, "context_people": people}, columns=tuple(kinds))
    evaluated = examined(two_areas(), data)
    told = audit(evaluated).table("size")
    assert told.rows[0][0].say("en") == "People {m} (log)"  # type: ignore[union-attr]
    index = evaluated.scores.index
    assert told.rows[0][3] == pytest.approx(np.corrcoef(np.log(people), index)[0, 1], **TIGHT)
    assert audit(examined(two_areas(), dataset(held))).table("size").skipped


def provinces() -> Dataset:
    units = (
        Unit("CN-BJ", "北京", "Beijing", "北京"),
        Unit("CN-SH", "上海", "Shanghai", "上海"),
        Unit("x", "Atlantis", "Atlantis", "Atlantis"),
    )
    return dataset({"x": [1.0, 2.0, 3.0]}, units=units)


def test_units_of_another_index_are_known_by_any_spelling() -> None:
    other = OtherIndex("o.csv", ("沪", "Beijing Municipality", "atlantis", "Lemuria"), ())
    told = matched(other, provinces())
    assert told.rows == (1, 0, 2)
    assert told.unknown == ("Lemuria",)


def test_a_unit_that_stands_twice_is_left_aside() -> None:
    told = matched(OtherIndex("o.csv", ("北京", "Beijing", "上海"), ()), provinces())
    assert told.rows == (-1, 2, -1)
    assert told.twice == ("北京", "Beijing")


def test_another_index_is_compared_with_n() -> None:
    held = columns()
    evaluated = examined(two_areas(), dataset(held))
    theirs = evaluated.scores.index**3
    theirs[3] = np.nan
    labels = tuple(f"u{i}" for i in range(40))
    other = OtherIndex("o.csv", labels, (OtherColumn("score", theirs),))
    told = audit(evaluated, other=other)
    (row,) = told.table("against").rows
    there = ~np.isnan(theirs)
    r = np.corrcoef(theirs[there], evaluated.scores.index[there])[0, 1]
    assert row[:4] == ("score", 39, pytest.approx(r), pytest.approx(1.0))
    assert "40 of 40 units of the file" in words(told.table("against"))


@given(scored())
@settings(max_examples=40, deadline=None)
def test_any_table_can_be_audited(made: tuple[Framework, Dataset]) -> None:
    told = audit(examined(*made), kind="spearman")
    for table in told.tables:
        assert table.verdict.say("en")
        assert table.verdict.say("zh")
