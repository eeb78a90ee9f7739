"""Indicators computed from other columns, and the way back to the cells they come from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from stiscore.dataset import Column, Dataset, Flag, Origins
from stiscore.derived import AS_READ, denominate
from stiscore.framework.model import Framework
from tests.made import dataset, framework, group, leaf, name

NO = float("nan")
SHARE = {"numerators": ["abroad"], "denominators": ["total"], "factor": 100}


def quantities(*ids: str) -> list[dict[str, object]]:
    return [{"id": q, "name": name(q), "measured_in": "1"} for q in ids]


def model(**methods: object) -> Framework:
    """A share with a recipe, and two plain indicators."""
    return framework(
        group("index", [group("area", [leaf("share", derive=SHARE), leaf("papers"), leaf("b")])]),
        method=methods,
        quantities=quantities("abroad", "total", "people"),
    )


def by_people(factor: float = 1.0, below: str | None = "people") -> Framework:
    rule = {"id": "column", "denominator": below, "factor": factor}
    return model(by_indicator={"papers": {"denominate": rule}})


def read(**columns: list[float]) -> Dataset:
    """A table of a text file: row 2 onwards, a column each."""
    made = dataset(columns)
    rows, wide = made.values.shape
    at = np.stack(np.meshgrid(np.arange(2, rows + 2), np.arange(1, wide + 1), indexing="ij"), -1)
    kinds = ["indicator" if c in {"share", "papers", "b"} else "raw" for c in columns]
    held = tuple(Column(c, kind, c) for c, kind in zip(columns, kinds, strict=True))
    return replace(
        made, columns=held, origin=at, source=Origins("made.csv", "0" * 64, text_file=True)
    )


def flags(data: Dataset, column: str) -> list[Flag]:
    return [Flag(int(flag)) for flag in data.flags[:, data.ids.index(column)]]


def values(data: Dataset, column: str) -> np.ndarray:
    return data.values[:, data.ids.index(column)]


class TestRecipes:
    def test_an_indicator_is_computed_and_traced_to_its_cells(self) -> None:
        data = denominate(model(), read(abroad=[3.0, 1.0], b=[5.0, 6.0], total=[60.0, 4.0]))
        assert data.ids == ("abroad", "b", "total", "share")
        assert values(data, "share").tolist() == [5, 25]
        assert flags(data, "share") == [Flag.DERIVED] * 2
        column = data.columns[-1]
        assert (column.kind, column.derived_from) == ("indicator", ("abroad", "total"))
        assert [(p.line, p.column) for p in data.locations(1, 3)] == [(3, 1), (3, 3)]

    def test_what_was_read_wins_over_the_recipe(self) -> None:
        table = read(abroad=[3.0], total=[60.0], share=[7.0])
        assert denominate(model(), table) is table

    @pytest.mark.parametrize("held", ["abroad", "total"])
    def test_without_all_its_parts_there_is_no_column(self, held: str) -> None:
        table = read(**{held: [3.0], "b": [1.0]})
        assert denominate(model(), table) is table

    def test_zero_below_is_told_apart_from_a_missing_part(self) -> None:
        table = read(abroad=[3.0, NO, 3.0, 0.0], total=[0.0, 60.0, NO, 0.0])
        data = denominate(model(), table)
        assert np.isnan(values(data, "share")).all()
        zero, gap = Flag.DERIVED | Flag.ZERO_DENOMINATOR, Flag.DERIVED
        assert flags(data, "share") == [zero, gap, gap, zero]

    def test_what_rests_on_a_filled_figure_is_filled_itself(self) -> None:
        table = read(abroad=[3.0, 3.0, 3.0], total=[60.0] * 3)
        marks = np.array([[0, 0], [Flag.ALONG_YEARS, 0], [Flag.COMMA, Flag.ALONG_YEARS]])
        data = denominate(model(), replace(table, flags=marks))
        filled = Flag.DERIVED | Flag.ALONG_YEARS
        assert flags(data, "share") == [Flag.DERIVED, filled, filled]

    def test_done_twice_nothing_changes(self) -> None:
        once = denominate(model(), read(abroad=[3.0], total=[60.0]))
        assert denominate(model(), once) is once

    def test_the_same_quantity_above_and_below_is_one_part(self) -> None:
        recipe = {"numerators": ["abroad"], "denominators": ["abroad", "total"]}
        own = framework(
            group("index", [group("area", [leaf("share", derive=recipe)])]),
            quantities=quantities("abroad", "total"),
        )
        data = denominate(own, read(abroad=[3.0], total=[9.0]))
        assert values(data, "share").tolist() == [0.25]
        assert data.columns[-1].derived_from == ("abroad", "total")


class TestColumns:
    def test_figures_are_divided_and_what_was_read_is_kept(self) -> None:
        table = read(people=[50.0, 4.0], papers=[3.0, 8.0])
        data = denominate(by_people(factor=1000), table)
        kept = f"papers{AS_READ}"
        assert data.ids == ("people", kept, "papers")
        assert values(data, "papers").tolist() == [60, 2000]
        assert values(data, kept).tolist() == [3, 8]
        assert [column.kind for column in data.columns] == ["raw", "raw", "indicator"]
        assert data.columns[-1].derived_from == (kept, "people")
        assert [(p.line, p.column) for p in data.locations(0, 2)] == [(2, 2), (2, 1)]
        assert flags(data, "papers") == [Flag.DERIVED] * 2

    def test_zero_below_is_told(self) -> None:
        data = denominate(by_people(), read(people=[0.0, NO, 2.0], papers=[3.0, 3.0, NO]))
        assert np.isnan(values(data, "papers")).all()
        zero = Flag.DERIVED | Flag.ZERO_DENOMINATOR
        assert flags(data, "papers") == [zero, Flag.DERIVED, Flag.DERIVED]

    def test_another_indicator_may_stand_below(self) -> None:
        data = denominate(by_people(below="b"), read(papers=[6.0], b=[4.0]))
        assert values(data, "papers").tolist() == [1.5]
        assert values(data, "b").tolist() == [4]

    def test_an_indicator_divides_by_its_figures_as_read_in_any_order(self) -> None:
        rules = {
            "papers": {"denominate": {"id": "column", "denominator": "b"}},
            "b": {"denominate": {"id": "column", "denominator": "people"}},
        }
        other = {
            "b": {"denominate": {"id": "column", "denominator": "papers"}},
            "papers": {"denominate": {"id": "column", "denominator": "people"}},
        }
        table = read(papers=[6.0], b=[4.0], people=[2.0])
        one, two = (denominate(model(by_indicator=each), table) for each in (rules, other))
        assert [values(one, c).tolist() for c in ("papers", "b")] == [[1.5], [2]]
        assert [values(two, c).tolist() for c in ("papers", "b")] == [[3], [4 / 6]]
        assert [(p.line, p.column) for p in two.locations(0, two.ids.index("b"))] == [
            (2, 2), (2, 1),
        ]  # fmt: skip

    def test_an_indicator_with_a_recipe_may_divide_one_that_stands_before_it(self) -> None:
        rule = {"id": "column", "denominator": "share"}
        early = framework(
            group("index", [group("area", [leaf("papers"), leaf("share", derive=SHARE)])]),
            method={"by_indicator": {"papers": {"denominate": rule}}},
            quantities=quantities("abroad", "total"),
        )
        data = denominate(early, read(papers=[6.0], abroad=[3.0], total=[100.0]))
        assert values(data, "papers").tolist() == [2]

    @pytest.mark.parametrize("columns", [{"papers": [3.0]}, {"people": [3.0]}])
    def test_without_both_columns_nothing_is_done(self, columns: dict[str, list[float]]) -> None:
        table = read(**columns, b=[1.0])
        assert denominate(by_people(), table) is table

    def test_without_a_denominator_nothing_is_done(self) -> None:
        table = read(papers=[3.0], people=[2.0])
        assert denominate(by_people(below=None), table) is table

    def test_done_twice_nothing_changes(self) -> None:
        once = denominate(by_people(), read(papers=[3.0, NO], people=[2.0, 0.0]))
        assert denominate(by_people(), once) is once

    def test_other_columns_stay_to_the_bit(self) -> None:
        table = read(abroad=[3.0, NO], papers=[3.0, 1.0], b=[0.1, NO], people=[7.0, 9.0])
        data = denominate(by_people(), table)
        for column in ("abroad", "b", "people"):
            assert values(data, column).tobytes() == values(table, column).tobytes()
            assert flags(data, column) == flags(table, column)

    def test_rows_are_computed_one_by_one(self) -> None:
        draw = np.random.default_rng(1)
        table = read(
            papers=draw.lognormal(0, 2, 9).tolist(), people=draw.lognormal(0, 2, 9).tolist()
        )
        whole = denominate(by_people(), table)
        rows = [7, 2, 2, 0]
        part = denominate(by_people(), table.rows(rows))
        assert part.values.tobytes() == whole.values[rows].tobytes()
