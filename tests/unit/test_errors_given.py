"""Errors a file gives of its figures: recognised beside their column, converted, followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from stiscore import api
from stiscore.analysis.editions import editions
from stiscore.analysis.pooled import pool
from stiscore.checks import check
from stiscore.checks.tolerate import set_aside, stopping
from stiscore.dataset import Collected, Dataset
from stiscore.derived import denominate
from stiscore.errors import DataInvalid, Location
from stiscore.finding import Finding
from stiscore.frames import DataFrame
from stiscore.framework.model import Framework
from stiscore.io.collected import _with_shares
from stiscore.io.grid import CellKind
from stiscore.io.inspection import inspect_book
from stiscore.io.parse import read_book
from stiscore.io.read import at, interpret, latest
from stiscore.methods.agreement import wilson
from stiscore.panels import fill_along_years
from tests import made
from tests.tables import book, framework, indicator, read, sheet

NO = float("nan")
Z = 1.959963984540054
ROWS: list[list[object]] = [
    ["省份", "share", "share se", "papers", "papers low", "papers high"],
    ["北京", 30, 2, 5, 4, 7],
    ["天津", 20, None, 3, None, None],
]


def errors(data: Dataset, column: str) -> list[list[float]]:
    place = data.position(column)
    assert data.errors is not None
    assert place is not None
    told: list[list[float]] = data.errors[:, place].tolist()
    return told


def of_share(head: str, error: object, name: str = "share", value: object = 30) -> Dataset:
    return read([["省份", name, head], ["北京", value, error], ["天津", value, None]])


def findings(data: Dataset, *codes: str) -> list[Finding]:
    return [f for f in check(framework(), data) if f.code in codes]


class TestHeads:
    @pytest.mark.parametrize(
        "head",
        [
            "share se", "share_se", "Share SE", "share s.e.", "share standard error",
            "share_standard_error", "share name se", "share name standard error", "share标准误",
            "share名称标准误", "share名称 标准误", "占比_标准误", "占比标准误差", "占比（%）标准误",
            "占比标准误（%）", "Trade (% of GDP) se", "占比标准误\nshare se", "share  se ",
        ],
    )  # fmt: skip
    def test_a_standard_error_holds_for_both_sides(self, head: str) -> None:
        data = of_share(head, 2)
        assert errors(data, "share")[0] == [2, 2]
        assert np.isnan(errors(data, "share")[1]).all()
        assert (data.ids, data.leftovers) == (("share",), ())

    @pytest.mark.parametrize(
        ("low", "high"),
        [
            ("share low", "share high"), ("share_low", "share_high"), ("share_lower", "占比 Upper"),
            ("share名称下限", "share名称上限"), ("占比 下限（%）", "占比 上限"),
        ],
    )  # fmt: skip
    def test_an_interval_is_one_of_95_per_cent(self, low: str, high: str) -> None:
        for heads, ends in (((low, high), (24.0, 50.0)), ((high, low), (50.0, 24.0))):
            data = read([["省份", *heads, "share"], ["北京", *ends, 30]])
            assert errors(data, "share") == [pytest.approx([6 / Z, 20 / Z], rel=1e-15)]

    @pytest.mark.parametrize(
        "head",
        [
            "se", "low", "标准误", "lower secondary", "High technology exports", "share lowest",
            "share below", "sharese", "sharelow", "share high school", "low share", "GDP highway",
            "share 标准", "share sd", "share_se_2", "share se (furlongs)", "share se（2021年）",
        ],
    )  # fmt: skip
    def test_only_a_whole_name_and_a_suffix_is_one(self, head: str) -> None:
        data = of_share(head, 2)
        assert data.errors is None
        assert [(left.why, left.text) for left in data.leftovers] == [("unknown", head)]

    @given(st.text(st.sampled_from("aeghilosw_ 上下限标准误"), max_size=12))
    def test_what_names_nothing_without_its_suffix_stays_unknown(self, name: str) -> None:
        data = of_share(f"x{name} high", 2)
        assert data.errors is None
        assert {left.why for left in data.leftovers} == {"unknown"}

    def test_a_name_of_its_own_is_not_taken_apart(self) -> None:
        model = framework(indicator("share"), indicator("edge", aliases=["share high"]))
        data = read([["省份", "share", "share high", "share low"], ["北京", 3, 4, 2]], model)
        assert (data.ids, data.errors) == (("share", "edge"), None)

    def test_every_row_of_the_head_must_agree(self) -> None:
        names = ["地区", "share名称", "share名称标准误", "share名称标准误"]
        codes = ["unit", "share", "share_se", "share_x"]
        data = read([names, codes, ["北京", 30, 2, 7]])
        assert errors(data, "share") == [[2, 2]]
        assert [left.why for left in data.leftovers] == ["unknown"]

    def test_the_name_means_what_it_does_in_its_columns_head(self) -> None:
        model = framework(
            indicator("share", aliases=["研发"]),
            quantities=[
                {"id": "q", "name": made.name("q"), "measured_in": "万元", "aliases": ["研发"]}
            ],
        )
        data = read([["省份", "研发（亿元）", "研发 se"], ["北京", 3, 0.5]], model)
        assert (data.ids, errors(data, "q")) == (("q",), [[5000, 5000]])

    def test_without_errors_nothing_changes(self) -> None:
        data = read([row[:2] for row in ROWS])
        assert data.errors is None
        assert data.digest == replace(data, errors=np.full((2, 1, 2), NO)).digest
        assert of_share("share se", None).errors is None

    def test_inspect_shows_what_they_are(self) -> None:
        rows = [[*ROWS[0], "index se"], *([*row, 1] for row in ROWS[1:])]
        seen = inspect_book(book(sheet(rows)), framework())
        told = [(c.header, c.id, c.kind) for c in seen.columns]
        assert told == [
            ("share", "share", "indicator"),
            ("share se", "share", "se"),
            ("papers", "papers", "indicator"),
            ("papers low", "papers", "low"),
            ("papers high", "papers", "high"),
            ("index se", None, None),
        ]


class TestMeasurements:
    @pytest.mark.parametrize(
        ("name", "head", "error", "wanted"),
        [
            ("share（‰）", "share se", 20, 2.0),
            ("share（‰）", "share（‰） se", 20, 2.0),
            ("share（‰）", "share se（%）", 2, 2.0),
            ("gdp（亿元）", "gdp 标准误", 3, 30000.0),
            ("gdp（亿元）", "GDP（万元） se", 3, 3.0),
            ("share", "share se", "2%", 2.0),
            ("share（比值）", "share se", "2%", 2.0),
        ],
    )
    def test_an_error_is_converted_with_its_column(
        self, name: str, head: str, error: object, wanted: float
    ) -> None:
        data = of_share(head, error, name)
        assert errors(data, data.ids[0])[0] == pytest.approx([wanted] * 2, rel=1e-15)

    def test_ends_are_converted_before_the_value_is_taken_off(self) -> None:
        rows = [["省份", "share（‰）", "share low", "share high"], ["北京", 300, 250, 400]]
        assert errors(read(rows), "share") == [pytest.approx([5 / Z, 10 / Z])]

    def test_a_row_of_measurements_counts_for_both(self) -> None:
        rows = [["省份", "gdp", "gdp se"], ["单位", "亿元", ""], ["北京", 7, 3]]
        assert errors(read(rows), "gdp") == [[30000, 30000]]
        rows[1][2] = "万元"
        assert errors(read(rows), "gdp") == [[3, 3]]

    def test_a_per_cent_format_counts_for_its_cell(self) -> None:
        grid = sheet([["省份", "share", "share se"], ["北京", 0.3, 0.02]])
        percent = grid.percent.copy()
        percent[1, 1:] = True
        data = interpret(book(replace(grid, percent=percent)), framework())
        assert (data.values.tolist(), errors(data, "share")) == ([[30]], [[2, 2]])

    def test_an_end_at_the_value_survives_conversion(self) -> None:
        rows = [["省份", "share（‰）", "share low", "share high"], ["北京", 293, "29.3%", 293]]
        assert errors(read(rows), "share") == [[0, 0]]


class TestFiles:
    HEADS = (["省份", "占比（%）", "占比 标准误"], ["unit", "share", "share se"])

    @pytest.mark.parametrize("head", HEADS)
    def test_a_text_file(self, head: Sequence[str], tmp_path: Path) -> None:
        path = tmp_path / "d.csv"
        path.write_text(f"{','.join(head)}\n北京,30,2\n天津,20,\n", encoding="utf-8")
        data = interpret(read_book(path), framework())
        assert errors(data, "share")[0] == [2, 2]

    @pytest.mark.parametrize("head", HEADS)
    def test_a_workbook(self, head: Sequence[str], tmp_path: Path) -> None:
        made_book = Workbook()
        for row in (head, ["北京", 0.3, 0.02], ["天津", 20, None]):
            made_book.active.append(row)
        for cell in made_book.active[2][1:]:
            cell.number_format = "0.0%"
        made_book.save(tmp_path / "d.xlsx")
        data = interpret(read_book(tmp_path / "d.xlsx"), framework())
        assert errors(data, "share")[0] == [2, 2]

    def test_a_frame(self) -> None:
        frame = DataFrame({"share": [30.0, 20.0], "share_se": [2.0, NO]}, index=["北京", "天津"])
        data = Dataset.from_frame(frame, framework())
        assert errors(data, "share")[0] == [2, 2]
        assert np.isnan(errors(data, "share")[1]).all()

    @pytest.mark.parametrize(
        "rows",
        [
            [["省份", "指标", "数值"], ["北京", "share", 30], ["北京", "share se", 2]],
            [
                ["省份", "指标", "数值", "share se"],
                ["北京", "share", 30, 2],
                ["天津", "share", 1, 2],
            ],
            [["省份", "指标", 2021, 2022], ["北京", "share", 30, 2], ["北京", "share se", 2, 2]],
        ],
    )
    def test_other_layouts_leave_them_unread(self, rows: list[list[object]]) -> None:
        data = read(rows)
        assert data.errors is None
        assert [f.fields["column"] for f in findings(data, "L106")] == ["share se"]


class TestFaults:
    def test_a_negative_standard_error(self) -> None:
        data = of_share("share（‰） se", -20, "share（‰）")
        (told,) = findings(data, "D208")
        assert (str(told.location), told.fields["value"]) == ("d.xlsx [data] C2", "-20")
        assert (told.unit, data.errors) == ("北京 Beijing", None)

    @pytest.mark.parametrize(
        ("low", "high", "cell"), [(31, 40, "C2"), (20, 29, "D2"), (40, 20, "C2"), (31, None, "C2")]
    )
    def test_a_value_outside_its_interval(self, low: object, high: object, cell: str) -> None:
        rows = [["省份", "share", "share low", "share high"], ["北京", 30, low, high]]
        data = read(rows)
        (told,) = findings(data, "D208", "D209", "D210")
        assert (told.code, told.location and told.location.cell) == ("D209", cell)
        assert data.errors is None

    @pytest.mark.parametrize(("low", "high", "cell"), [(None, 40, "C2"), (20, "..", "D2")])
    def test_one_end_missing(self, low: object, high: object, cell: str) -> None:
        rows = [["省份", "share", "share low", "share high"], ["北京", 30, low, high]]
        (told,) = findings(read(rows), "D209", "D210")
        assert (told.code, told.location and told.location.cell) == ("D210", cell)

    def test_a_missing_value_has_no_error_and_no_fault(self) -> None:
        rows = [["省份", "share", "share low", "share high"], ["北京", None, 40, None]]
        data = read([*rows, ["天津", 30, 20, 40]])
        assert findings(data, "D208", "D209", "D210") == []
        assert np.isnan(errors(data, "share")[0]).all()

    @pytest.mark.parametrize("text", ["约2", "2,5 m"])
    def test_words_in_an_error_column(self, text: str) -> None:
        (told,) = findings(of_share("share se", text), "D101")
        assert (told.fields["called"], told.fields["value"]) == ("share se", text)

    def test_an_error_cell_in_an_interval_is_told_once(self) -> None:
        grid = sheet([["省份", "share", "share low", "share high"], ["北京", 30, "#N/A", 40]])
        kinds = grid.kinds.copy()
        kinds[1, 2] = CellKind.ERROR
        data = interpret(book(replace(grid, kinds=kinds)), framework())
        assert [f.code for f in findings(data, "D102", "D209", "D210")] == ["D102"]

    @pytest.mark.parametrize(
        ("heads", "told"),
        [
            (["index se"], [("L127", "index se", "index")]),
            (["index low"], [("L127", "index low", "index")]),
            (["share low"], [("L128", "share low", "share")]),
            (["share upper"], [("L128", "share upper", "share")]),
            (["share se", "占比 标准误"], [("L129", "占比 标准误", "share")]),
            (["share low", "share se"], [("L129", "share low", "share")]),
        ],
    )
    def test_columns_that_are_not_used(
        self, heads: list[str], told: list[tuple[str, str, str]]
    ) -> None:
        data = read([["省份", "share", *heads], ["北京", 30, *([2] * len(heads))]])
        seen = findings(data, "L106", "L127", "L128", "L129")
        assert [(f.code, f.fields["column"], f.fields["indicator"]) for f in seen] == told

    def test_a_standard_error_comes_before_an_interval(self) -> None:
        rows = [["省份", "share", "share low", "share high", "share se"], ["北京", 30, 1, 40, 2]]
        data = read(rows)
        assert errors(data, "share") == [[2, 2]]
        assert len(findings(data, "L129")) == 2

    def test_tolerating_a_fault_costs_the_error_and_keeps_the_value(self) -> None:
        rows = [["省份", "share", "share se", "papers"], ["北京", 30, -2, 3], ["天津", 20, 1, "x"]]
        data = read(rows)
        with pytest.raises(DataInvalid, match="D208"):
            api.evaluate(data, framework())
        found = check(framework(), data)
        assert {f.code for f in found.errors} == {"D101", "D208"}
        assert not stopping(found)
        kept = set_aside(data, found)
        assert kept.values[:, 0].tolist() == [30, 20]
        assert errors(kept, "share")[1] == [1, 1]

    def test_a_value_set_aside_loses_its_error(self) -> None:
        rows = [["省份", "share", "share se"], ["北京", 300, 2], ["天津", 20, 1]]
        data = read(rows)
        kept = set_aside(data, check(framework(), data))
        np.testing.assert_array_equal(errors(kept, "share"), [[NO, NO], [1, 1]])


PANEL = [
    ["省份", "年份", "share", "share se", "gdp（亿元）", "gdp 标准误", "trade（亿元）"],
    ["北京", 2021, 30, 2, 10, 1, 4],
    ["天津", 2021, 20, 3, 20, None, 5],
    ["北京", 2022, None, 9, 30, 2, 6],
    ["天津", 2022, 25, 4, 40, 3, 7],
]


class TestFollowed:
    def model(self, **fields: object) -> Framework:
        recipe = {"numerators": ["trade"], "denominators": ["gdp"], "factor": 100}
        leaves = (indicator("share"), indicator("open", derive=recipe))
        return framework(*leaves, **fields)

    def test_they_are_read_only_and_one_of_each(self) -> None:
        data = read(ROWS)
        assert data.errors is not None
        assert (data.errors.shape, data.errors.flags.writeable) == ((2, 2, 2), False)
        np.testing.assert_array_equal(errors(data, "papers"), [[1 / Z, 2 / Z], [NO, NO]])

    def test_the_digest_knows_them(self) -> None:
        bare = replace(read(ROWS), errors=None)
        other = of_share("share se", 2), of_share("share low", 2), of_share("share se", 3)
        assert read(ROWS).digest != bare.digest
        assert len({each.digest for each in other}) == 3

    def test_rows_and_years_carry_them(self) -> None:
        data = read(PANEL, self.model())
        assert errors(data.rows([3, 0]), "share") == [[4, 4], [2, 2]]
        for year in (latest(data), at(data, "2022"), editions([data], ["2022"])[0].data):
            assert errors(year, "gdp") == [[20000, 20000], [30000, 30000]]

    def test_totals_have_theirs(self) -> None:
        data = read([*ROWS, ["全国", 28, 0.5, 4, None, None]])
        assert data.references is not None
        assert errors(data.references, "share") == [[0.5, 0.5]]

    def test_a_derived_indicator_has_none(self) -> None:
        model = self.model()
        data = denominate(model, read(PANEL, model))
        assert np.isnan(errors(data, "open")).all()
        assert errors(data, "gdp")[0] == [10000, 10000]

    def test_a_divided_indicator_has_none(self) -> None:
        rule = {"share": {"denominate": {"id": "column", "denominator": "gdp"}}}
        model = self.model(method={"by_indicator": rule})
        data = denominate(model, read(PANEL, model))
        assert np.isnan(errors(data, "share")).all()
        assert errors(data, "share.as_read")[3] == [4, 4]

    def test_a_filled_value_has_none(self) -> None:
        model = self.model(method={"impute": {"id": "latest"}})
        given_errors = np.ones((4, 3, 2))
        data = fill_along_years(model, replace(read(PANEL, model), errors=given_errors))
        assert data.values[2, 0] == 30
        np.testing.assert_array_equal(errors(data, "share"), [[1, 1], [1, 1], [NO, NO], [1, 1]])

    def test_pooled_tables_keep_them(self) -> None:
        model = self.model()
        one, other = read(PANEL, model), replace(read(PANEL, model), errors=None)
        pooled = pool(model, [one.rows([0, 1]), other.rows([2, 3]), one.rows([3])])
        assert errors(pooled.tables[0], "share") == [[2, 2], [3, 3]]
        assert pooled.tables[1].errors is None
        told = [[2, 2], [3, 3], [NO, NO], [NO, NO], [4, 4]]
        np.testing.assert_array_equal(errors(pooled.whole, "share"), told)
        assert pool(model, [other, other]).whole.errors is None

    def test_a_counted_share_has_its_wilson_interval(self) -> None:
        low, high = (100 * end for end in wilson(3, 12))
        place = (Location("d.xlsx", "coding", "B2"),)
        counted = Collected("coding", 25.0, 3, 12, low, high, None, 0, place)
        amount = Collected("questionnaire", 40.0, 4, 10, None, None, None, 0, place)
        data = read([["省份", "papers", "papers se"], ["北京", 5, 1], ["天津", 3, 2]])
        joined = _with_shares(data, {(0, "share"): counted, (1, "index"): amount}, framework())
        told = [[(25 - low) / Z, (high - 25) / Z], [NO, NO]]
        np.testing.assert_allclose(errors(joined, "share"), told, rtol=1e-15)
        assert errors(joined, "papers") == [[1, 1], [2, 2]]
        assert np.isnan(errors(joined, "index")).all()
        alone = _with_shares(replace(data, errors=None), {(1, "index"): amount}, framework())
        assert alone.errors is None

    def test_scores_are_the_same_with_and_without(self) -> None:
        with_errors = read(ROWS)
        bare = replace(with_errors, errors=None, texts=MappingProxyType({}))
        one, other = (api.evaluate(d, framework()).scores for d in (with_errors, bare))
        assert one.equals(other)
