"""Several years of a unit: what is filled from them, and what is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from stiscore.dataset import Dataset, Flag, Unit
from stiscore.derived import denominate
from stiscore.framework.model import Framework
from stiscore.panels import fill_along_years, time_of
from tests.made import dataset, framework, group, leaf, name

NO = float("nan")


def model(impute: str = "latest", **settings: object) -> Framework:
    recipe = {"numerators": ["abroad"], "denominators": ["total"], "factor": 100}
    return framework(
        group("index", [group("area", [leaf("a"), leaf("b"), leaf("share", derive=recipe)])]),
        method={"impute": {"id": impute, **settings}},
        quantities=[{"id": q, "name": name(q), "measured_in": "1"} for q in ("abroad", "total")],
    )


def panel(rows: Sequence[tuple[str, str | None]], **columns: Sequence[float]) -> Dataset:
    """Rows of (unit, period); every value has a cell, in row 2 onwards."""
    made = dataset(columns)
    lines = np.arange(2, len(rows) + 2)
    at = np.stack(np.meshgrid(lines, np.arange(1, len(columns) + 1), indexing="ij"), -1)
    gaps = np.where(np.isnan(made.values), Flag.BLANK, 0)
    return replace(
        made,
        units=tuple(Unit(u, u, u, u) for u, _ in rows),
        periods=tuple(period for _, period in rows),
        flags=gaps,
        origin=at,
    )


ROWS = [("A", "2020"), ("B", "2020"), ("A", "2022"), ("B", "2021"), ("A", "2021"), ("B", "2022")]
TABLE = panel(ROWS, a=[1.0, 7.0, NO, NO, NO, 9.0], b=[NO, NO, 4.0, NO, NO, NO])


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2022", 2022), ("1998", 1998), ("2022年", 2022), ("2022-Q1", 2022), ("2021.5", 2021.5),
        (None, NO), ("", NO), ("average", NO), ("22", NO), ("1850", NO), ("FY2022", NO),
    ],
)  # fmt: skip
def test_a_period_is_the_year_it_begins_with(period: str | None, told: float) -> None:
    assert time_of(period) == pytest.approx(told, nan_ok=True)


@pytest.mark.parametrize(
    ("method", "a", "b"),
    [
        ("latest", [1, 7, 1, 7, 1, 9], [NO, NO, 4, NO, NO, NO]),
        ("constant", [1, 7, 1, 7, 1, 9], [4, NO, 4, NO, 4, NO]),
        ("linear", [1, 7, NO, 8, NO, 9], [NO, NO, 4, NO, NO, NO]),
        ("linear-constant", [1, 7, 1, 8, 1, 9], [4, NO, 4, NO, 4, NO]),
    ],
)
def test_each_unit_is_filled_from_its_own_years(
    method: str, a: list[float], b: list[float]
) -> None:
    out = fill_along_years(model(method), TABLE)
    np.testing.assert_array_equal(out.values, np.column_stack([a, b]))
    new = np.isnan(TABLE.values) & ~np.isnan(out.values)
    assert (out.flags[new] == Flag.ALONG_YEARS).all()
    assert (out.flags[~new] == TABLE.flags[~new]).all()
    assert (out.origin[~new] == TABLE.origin[~new]).all()


def test_a_value_taken_over_has_the_cell_it_was_taken_from() -> None:
    out = fill_along_years(model("linear-constant"), TABLE)
    assert out.origin[4, 0].tolist() == out.origin[2, 0].tolist() == [2, 1]
    assert out.origin[0, 1].tolist() == [4, 2]
    assert out.origin[3, 0].tolist() == [0, 0], "between 7 and 9: no cell holds it"


def test_how_old_a_value_may_be_is_a_setting() -> None:
    out = fill_along_years(model("latest", max_age=1), TABLE)
    np.testing.assert_array_equal(out.values[:, 0], [1, 7, NO, 7, 1, 9])


@pytest.mark.parametrize("method", ["none", "mean", "row-median"])
def test_other_methods_leave_the_table(method: str) -> None:
    assert fill_along_years(model(method), TABLE) is TABLE


def test_the_table_that_was_given_stays_as_it_is() -> None:
    before = TABLE.values.tobytes(), TABLE.flags.tobytes(), TABLE.origin.tobytes()
    fill_along_years(model("constant"), TABLE)
    assert (TABLE.values.tobytes(), TABLE.flags.tobytes(), TABLE.origin.tobytes()) == before


def test_a_single_year_has_nothing_to_be_filled_from() -> None:
    table = panel([("A", "2020"), ("B", "2020")], a=[1.0, NO])
    out = fill_along_years(model("constant"), table)
    assert out.digest == table.digest
    assert (out.flags == table.flags).all()


@pytest.mark.parametrize("method", ["latest", "constant", "linear", "linear-constant"])
def test_order_and_company_of_rows_change_nothing(method: str) -> None:
    whole = fill_along_years(model(method), TABLE)
    for rows in ([5, 4, 3, 2, 1, 0], [4, 0, 2], [3, 5, 1]):
        part = fill_along_years(model(method), TABLE.rows(rows))
        for field in ("values", "flags", "origin"):
            assert getattr(part, field).tobytes() == getattr(whole, field)[rows].tobytes(), field


def test_rows_without_a_year_take_no_part() -> None:
    rows = [("A", None), ("A", "2020"), ("A", "2021"), ("A", "average")]
    out = fill_along_years(model("constant"), panel(rows, a=[NO, 3.0, NO, NO], b=[5.0, NO, NO, NO]))
    np.testing.assert_array_equal(out.values[:, 0], [NO, 3, 3, NO])
    np.testing.assert_array_equal(out.values[:, 1], [5, NO, NO, NO])


def test_a_unit_with_two_rows_for_a_year_is_left() -> None:
    rows = [("A", "2020"), ("A", "2020"), ("A", "2021"), ("B", "2020"), ("B", "2021")]
    out = fill_along_years(model("constant"), panel(rows, a=[1.0, 2.0, NO, 3.0, NO]))
    np.testing.assert_array_equal(out.values[:, 0], [1, 2, NO, 3, 3])


def test_what_stood_in_a_filled_cell_is_no_longer_told() -> None:
    texts = MappingProxyType({(4, 0): "n/a", (1, 1): "-"})
    out = fill_along_years(model("latest"), replace(TABLE, texts=texts))
    assert dict(out.texts) == {(1, 1): "-"}


@pytest.mark.parametrize("method", ["latest", "constant", "linear", "linear-constant"])
def test_done_twice_nothing_changes(method: str) -> None:
    once = fill_along_years(model(method), TABLE)
    assert fill_along_years(model(method), once) is once
    other = fill_along_years(model("constant"), fill_along_years(model("linear"), TABLE))
    assert np.isnan(other.values[2, 0]), "what was filled fills nothing else"


@pytest.mark.parametrize("fault", [Flag.ERROR_CELL, Flag.NOT_A_NUMBER, Flag.NO_CACHED_VALUE])
def test_a_cell_at_fault_stays_one(fault: Flag) -> None:
    flags = TABLE.flags.copy()
    flags[4, 0] = fault
    texts = MappingProxyType({(4, 0): "#REF!"})
    out = fill_along_years(model("latest"), replace(TABLE, flags=flags, texts=texts))
    np.testing.assert_array_equal(out.values[:, 0], [1, 7, 1, 7, NO, 9])
    assert out.flags[4, 0] == fault
    assert out.texts == texts


def test_totals_are_filled_by_themselves() -> None:
    totals = panel([("ALL", "2020"), ("ALL", "2021")], a=[5.0, NO], b=[NO, NO])
    out = fill_along_years(model("latest"), replace(TABLE, references=totals))
    assert out.references is not None
    np.testing.assert_array_equal(out.references.values, [[5, NO], [5, NO]])
    assert out.references.flags[1, 0] == Flag.ALONG_YEARS
    np.testing.assert_array_equal(out.values[:, 0], [1, 7, 1, 7, 1, 9])


def test_quantities_are_filled_before_anything_is_derived_from_them() -> None:
    rows = [("A", "2020"), ("A", "2021"), ("A", "2022")]
    table = panel(rows, abroad=[1.0, 2.0, NO], total=[10.0, NO, 50.0])
    out = denominate(model(), fill_along_years(model(), table))
    share = out.ids.index("share")
    assert out.values[:, share].tolist() == [10, 20, 4]
    filled = Flag.DERIVED | Flag.ALONG_YEARS
    assert out.flags[:, share].tolist() == [Flag.DERIVED, filled, filled]
    assert out.origin[1, 1].tolist() == [2, 2]
