"""What once came out wrong without a word, each with the smallest table that showed it."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from stiscore.analysis.applied import applied
from stiscore.analysis.audit.leave_out import without
from stiscore.analysis.gaps import gap_table
from stiscore.analysis.pooled import pool
from stiscore.analysis.strengths import profiles
from stiscore.errors import ComputationFailed, DataInvalid
from stiscore.finding import Finding, Severity
from stiscore.framework.model import Framework
from stiscore.methods.fills import ByGroup
from stiscore.methods.impute import GroupMean, ImputeTable
from stiscore.methods.maps import Affine, ColumnSpec, straight
from stiscore.methods.normalise import DistanceToMax, MinMax, PercentileRank
from stiscore.methods.scaling import SMALLEST
from stiscore.pipeline import fit, score
from stiscore.scorecard import checked
from stiscore.scores import Fitted, Scores
from tests import made

NAN = float("nan")
REGIONS: dict[str, Any] = {"groupings": [{"id": "region", "name": made.name("region")}]}


def _framework(*areas: str, method: dict[str, Any], **fields: Any) -> Framework:
    """Areas a, b, ... of the indicators each string spells."""
    groups = [
        made.group(name, [made.leaf(i) for i in held])
        for name, held in zip(("north", "south", "west"), areas, strict=False)
    ]
    return made.framework(made.group("index", groups), method=method, **fields)


def _scores(framework: Framework, table: dict[str, list[float]], **fields: Any) -> Scores:
    data = made.dataset(table, **fields)
    return score(fit(framework, data), data)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9, unique=True),
    st.booleans(),
    st.sampled_from([MinMax(), MinMax(range=(70, 130)), DistanceToMax(), PercentileRank()]),
)
def test_no_reference_unit_scores_beyond_the_ends_by_rounding(
    values: list[float], benefit: bool, method: Any
) -> None:
    column = np.array(values)
    # A range too small to be divided by is none.
    assume(np.ptp(column) > max(1e-9 * np.abs(column).max(), SMALLEST))
    spec = ColumnSpec("x", benefit, "linear", None)
    (fitted,) = method.fit(column[:, None], [spec])
    low, high = method.ends(len(values))
    told = fitted.apply(column)
    assert told.min() >= low
    assert told.max() <= high
    np.testing.assert_allclose([told.min(), told.max()], [low, high], rtol=1e-6)


def test_the_worst_of_a_cost_is_0_and_no_less() -> None:
    """0 by one digit too few is below 0, which half of all methods refuse."""
    rng = np.random.default_rng(0)
    for column in rng.uniform(0, 1, (200, 8)):
        scale, offset = straight((column.max(), column.min()), (0.0, 100.0))
        assert Affine(scale=scale, offset=offset).apply(column).min() == 0.0


def test_a_mean_of_equal_values_is_that_value() -> None:
    for value in np.random.default_rng(1).uniform(0, 1, 200):
        table = ImputeTable(np.full((3, 1), value), (), ("a",) * 3, ("",))
        told = GroupMean(group="region").fit(table)
        assert isinstance(told, ByGroup)
        assert told.values == {"a": (value,)}


def test_groups_of_all_years_teach_what_is_filled() -> None:
    framework = _framework(
        "xy", method={"impute": {"id": "group-mean", "group": "region"}}, **REGIONS
    )
    first = made.dataset({"x": [1, 2, NAN], "y": [1, 1, 1]}, groupings={"region": tuple("nns")})
    second = made.dataset({"x": [6, 7, 8], "y": [1, 1, 1]}, groupings={"region": tuple("nss")})
    third = made.dataset({"x": [50, 60], "y": [1, 1]})
    whole = pool(framework, [first, second, third]).whole
    assert whole.groupings["region"] == (*"nnsnss", None, None)
    fills = fit(framework, whole).fillings[0].fills
    assert isinstance(fills, ByGroup)
    assert fills.values["n"][0] == 3.0
    assert fills.values["s"][0] == 7.5


def test_children_that_cancel_out_have_points_all_the_same() -> None:
    framework = _framework("xy", "z", method={"normalise": {"id": "z-score"}})
    scores = _scores(framework, {"x": [1, 2, 3], "y": [3, 2, 1], "z": [1, 2, 3]})
    assert scores.groups[0].tolist() == [0.0, -1.0, -0.5]
    assert scores.points[0, :3].tolist() == [-0.25, 0.25, -0.5]


def test_screening_that_leaves_one_value_is_told() -> None:
    method = {
        "normalise": {"id": "min-max"},
        "screen": {"id": "availability", "min_unit_coverage": 0.6},
    }
    data = made.dataset({"x": [1, 1, 9], "y": [1, 2, NAN], "z": [1, 2, NAN]})
    with pytest.raises(DataInvalid) as fault:
        fit(_framework("xyz", method=method), data)
    (told,) = fault.value.findings
    assert isinstance(told, Finding)
    assert (told.code, told.severity, told.fields["count"]) == ("C303", Severity.ERROR, 2)


@pytest.mark.parametrize(
    ("common", "own", "severity"),
    [("goalposts", "min-max", "ERROR"), ("min-max", "goalposts", "NOTE")],
)
def test_a_constant_column_is_judged_by_its_own_scale(common: str, own: str, severity: str) -> None:
    method = {"normalise": {"id": common}, "by_indicator": {"x": {"normalise": {"id": own}}}}
    data = made.dataset({"x": [5, 5], "y": [1, 2]})
    _, findings = checked(data, _framework("xy", method=method))
    assert [f.severity.name for f in findings if f.code == "C303"] == [severity]


def test_nothing_is_filled_or_treated_in_what_is_not_scored() -> None:
    method = {
        "normalise": {"id": "min-max"},
        "impute": {"id": "mean"},
        "treat": {"id": "iqr-fence"},
        "screen": {"id": "availability", "min_unit_coverage": 0.6},
    }
    table: dict[str, list[float]]
    table = {"x": [1, 2, 3, 4, 900], "y": [1, 2, 3, NAN, NAN], "z": [1, 2, 3, 4, NAN]}
    scores = _scores(_framework("xyz", method=method), table)
    assert {(a.what, a.unit.id, a.node) for a in applied(scores)} == {
        ("excluded", "u4", None),
        ("filled", "u3", "y"),
    }
    assert scores.treated[4].tobytes() == scores.raw[4].tobytes()


def test_a_floor_serves_only_what_is_scored_and_counts() -> None:
    thin = {"aggregate": {"id": "geometric"}, "coverage": {"min_area_coverage": 0.6}}
    scores = _scores(_framework("xy", "z", method=thin), {"x": [0, 0], "y": [NAN, 5], "z": [5, 5]})
    assert [(a.unit.id, a.node) for a in applied(scores)] == [("u1", "x")]
    weightless = {"aggregate": {"id": "geometric"}, "weight": {"id": "entropy"}}
    scores = _scores(_framework("xy", method=weightless), {"x": [0, 0], "y": [2, 5]})
    assert applied(scores) == ()


def test_what_was_filled_is_no_strength_and_stands_behind_no_gap() -> None:
    names = "uvwxyz"
    leaves = [made.leaf(i, gaps={"primary": "g"}) for i in names]
    framework = made.framework(
        made.group("index", [made.group("north", leaves)]),
        method={"impute": {"id": "median"}},
        gaps=[{"id": "g", "name": made.name("g")}],
    )
    table = {i: [float(r) for r in range(9)] for i in names}
    # The median of what is left of u is 8: whoever lacks it would be at the top of the table.
    table["u"] = [NAN, 7, 8, 8, 8, 8, 8, 8, 9]
    scores = _scores(framework, table)
    assert scores.imputed[0, 0]
    assert 0 not in {*profiles(scores)[0].strengths, *profiles(scores)[0].weaknesses}
    behind = gap_table(scores, scores.ranked).behind[:, 0].tolist()
    assert behind == [5, *[6] * 8]


def test_a_refused_score_names_the_method_that_refuses() -> None:
    method = {
        "aggregate": {"id": "generalised-mean"},
        "normalise": {"id": "goalposts", "clip": False},
    }
    with pytest.raises(ComputationFailed) as fault:
        _scores(_framework("xy", method=method), {"x": [-1, 1], "y": [1, 2]})
    assert fault.value.findings[0].fields["method"] == "generalised-mean"
    assert "generalised-mean, which north is joined by" in str(fault.value)


def test_without_a_node_units_are_compared_as_they_then_stand() -> None:
    """Leaving an indicator out gives what a framework that never had it gives."""
    method = {"aggregate_levels": {"level2": {"id": "copeland"}}}
    rng = np.random.default_rng(5)
    table = {i: rng.uniform(0, 10, 9).tolist() for i in "wxyz"}
    scores = _scores(_framework("wx", "yz", method=method), table)
    fewer = {i: column for i, column in table.items() if i != "w"}
    wanted = _scores(
        _framework("x", "yz", method={**method, "weight": {"id": "equal"}}), fewer
    ).index
    assert without(scores, 0).tolist() == wanted.tolist()


@pytest.mark.parametrize("standards", [{}, {"north": [[1.0]]}, {"south": [[1.0, 2.0]]}])
def test_a_frame_holds_what_units_are_compared_with(standards: dict[str, Any]) -> None:
    framework = _framework("xy", method={"aggregate_levels": {"level1": {"id": "copeland"}}})
    frame = fit(framework, made.dataset({"x": [1, 2, 3], "y": [3, 1, 2]})).model_dump_json(
        by_alias=True
    )
    assert Fitted.model_validate_json(frame).model_dump_json(by_alias=True) == frame
    told = json.dumps({**json.loads(frame), "standards": standards})
    with pytest.raises(ValidationError, match="compared with does not fit"):
        Fitted.model_validate_json(told)
