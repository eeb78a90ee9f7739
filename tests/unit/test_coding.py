"""Shares counted from policy measures and questionnaires: statistics, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from stiscore import api
from stiscore.dataset import Dataset
from stiscore.errors import FrameworkInvalid
from stiscore.finding import Finding, Severity
from stiscore.framework.check import faults
from stiscore.io.collected import agree
from stiscore.methods.agreement import Z95, cohen_kappa, wilson
from stiscore.pipeline import denominate
from stiscore.report.template import Plan
from stiscore.words.template import HEADS, QUESTIONS
from tests.filled import code, coding_cell, fill_figures, opened, plan, read_back
from tests.made import framework as made_framework
from tests.made import group, leaf

CLARITY = ("responsible_body", "deadline", "budget")
UNIT = "北京"


def spread(table: list[list[int]]) -> tuple[list[int], list[int]]:
    """A table of counts as two coders' answers, case by case."""
    cases = [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    return [a for a, _ in cases], [b for _, b in cases]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Cohen (1968), Psychological Bulletin 70, 213-220, table 1 (N = 200): kappa .492, which
        # the documentation of R's psych::cohen.kappa quotes.
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.492),
        # SAS PROC FREQ, as statsmodels quotes it in its tests of inter_rater: .4842.
        ([[0, 4, 1], [0, 8, 0], [0, 1, 5]], 0.4842),
        ([[5, 0], [0, 5]], 1.0),
        ([[5, 5], [5, 5]], 0.0),
        ([[0, 5], [5, 0]], -1.0),
    ],
)
def test_kappa_is_the_published_one(table: list[list[int]], expected: float) -> None:
    assert cohen_kappa(*spread(table)) == pytest.approx(expected, abs=5e-4)


def test_kappa_is_not_defined_without_anything_to_tell_apart() -> None:
    assert cohen_kappa([], []) is None
    assert cohen_kappa([True] * 8, [True] * 8) is None
    # One coder sees a difference: then habit alone explains every agreement.
    assert cohen_kappa([True] * 4, [True, True, True, False]) == 0.0
    with pytest.raises(ValueError, match="same cases"):
        cohen_kappa([True], [])


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_the_published_one(hits: int, cases: int, low: float, high: float) -> None:
    assert list(wilson(hits, cases)) == pytest.approx([low, high], abs=5e-5)
    assert list(wilson(cases - hits, cases)) == pytest.approx([1 - high, 1 - low], abs=5e-5)


@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_share_within_bounds(pair: tuple[int, int]) -> None:
    hits, cases = pair
    low, high = wilson(hits, cases)
    assert 0.0 <= low <= hits / cases <= high <= 1.0
    assert low < high
    # The ends solve the score equation |share - end| = z * sqrt(end * (1 - end) / cases).
    for end in (e for e in (low, high) if 0 < e < 1):
        expected = Z95 * (end * (1 - end) / cases) ** 0.5
        assert abs(hits / cases - end) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1))
def test_kappa_minds_neither_order_nor_names(pairs: list[tuple[bool, bool]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    kappa = cohen_kappa(first, second)
    assert kappa == cohen_kappa(second, first)
    assert kappa == cohen_kappa([not a for a in first], [not b for b in second])
    assert kappa is None or kappa <= 1.0


@pytest.mark.parametrize("shares", [(-1, 5), (6, 5), (0, 0)])
def test_wilson_refuses_what_is_no_share(shares: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(*shares)


class Sheet:
    """A template of one unit, its figures filled in, its coding sheet to be filled by a test."""

    def __init__(self, folder: Path) -> None:
        self.plan: Plan = plan(units=(UNIT, "上海"), lang="zh")
        self.book: Workbook = opened(self.plan)
        self.folder = folder
        self.rows: Iterator[int] = iter(range(2, 500))
        fill_figures(self.book, self.plan)

    def measure(self, *answers: dict[str, bool | None], unit: str = UNIT) -> int:
        """One more measure; where only some are in force, ``answers`` say so themselves."""
        row = next(self.rows)
        code(self.book, self.plan, row, unit, [{"in_force": True, **a} for a in answers])
        return row

    def cell(self, row: int, question: str, coder: str) -> Any:
        """The cell of an answer."""
        return self.book[self.plan.sheet("coding")].cell(row, coding_cell(question, coder))

    def ask(self, row: int, **cells: Any) -> None:
        """Fill in cells of the questionnaire."""
        columns = list(HEADS["questionnaire"])
        for key, given_value in cells.items():
            sheet = self.book[self.plan.sheet("questionnaire")]
            sheet.cell(row, columns.index(key) + 1).value = given_value

    def read(self) -> Dataset:
        """What comes back."""
        return read_back(self.book, self.plan, self.folder)

    def told(self, *codes: str) -> list[Finding]:
        """The reader's findings of these codes."""
        return [f for f in self.read().source.notes if f.code in codes]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def value(data: Dataset, indicator: str) -> float:
    column = data.position(indicator)
    assert column is not None
    return float(data.values[0, column])


def yes(*questions: str) -> dict[str, bool | None]:
    """Yes to these questions, no to all others."""
    return {q: q in questions for q in QUESTIONS if q != "in_force"}


def test_a_measure_counts_when_all_its_questions_are_answered_yes(sheet: Sheet) -> None:
    for _ in range(3):
        sheet.measure(yes(*CLARITY), yes(*CLARITY))
    for _ in range(9):
        sheet.measure(yes("deadline", "budget"), yes("deadline", "budget"))
    lapsed = {**yes(*CLARITY), "in_force": False}
    sheet.measure(lapsed, lapsed)
    data = sheet.read()
    assert value(data, "policy_clarity_share") == 25.0
    column = data.position("policy_clarity_share")
    assert column is not None
    share = data.collected[0, column]
    assert (share.hits, share.cases, share.twice, share.kappa) == (3, 12, 12, 1.0)
    assert (share.low, share.high) == tuple(100 * end for end in wilson(3, 12))
    assert dict(share.kappas) == {"responsible_body": 1.0, "deadline": None, "budget": None}


def test_a_counted_share_names_the_cells_it_is_counted_from(sheet: Sheet) -> None:
    rows = [sheet.measure(yes("evaluated"), yes("evaluated")) for _ in range(10)]
    data = sheet.read()
    column = data.position("policy_evaluation_share")
    assert column is not None
    assert data.origin[0, column].tolist() == [0, 0]
    told = data.locations(0, column)
    assert {place.sheet for place in told} == {"政策编码"}
    letters = [
        sheet.cell(rows[0], q, c).column_letter
        for q in ("in_force", "evaluated")
        for c in ("first", "second")
    ]
    assert [place.cell for place in told] == [
        f"{each}{rows[0]}:{each}{rows[-1]}" for each in letters
    ]
    assert data.location(0, column).cell == f"{letters[0]}{rows[0]}"
    assert data.rows([1]).collected == {}
    assert set(data.rows([1, 0]).collected) == {(1, c) for _, c in data.collected}


def test_what_was_agreed_counts_then_coder_1(sheet: Sheet) -> None:
    agreed: dict[str, bool | None] = {"evaluated": True}
    for _ in range(9):
        sheet.measure(yes("evaluated"), yes("evaluated"))
    sheet.measure(yes(), yes("evaluated"), agreed)
    row = sheet.measure(yes(), yes("evaluated"))
    only_second = sheet.measure({}, yes("evaluated"))
    assert value(sheet.read(), "policy_evaluation_share") == pytest.approx(100 * 11 / 12)
    (finding,) = sheet.told("C328")
    assert finding.location is not None
    assert finding.location.cell == sheet.cell(row, "evaluated", "first").coordinate
    assert only_second > row


def test_coders_that_agree_too_little_are_told_of(sheet: Sheet) -> None:
    for number in range(12):
        first, second = number < 6, 3 <= number < 9
        told = (yes("evaluated") if each else yes() for each in (first, second))
        sheet.measure(*told, {"evaluated": first})
    (finding,) = sheet.told("C326")
    assert finding.severity is Severity.WARNING
    assert finding.fields["kappa"] == 0.0
    assert finding.fields["weakest"] == QUESTIONS["evaluated"]
    assert sheet.told("C325", "C328") == []


def test_few_cases_one_coder_and_constant_answers_are_told_of(sheet: Sheet) -> None:
    for _ in range(9):
        sheet.measure({"evaluated": True})
    assert [f.fields["cases"] for f in sheet.told("C325")] == [9]
    assert [f.severity for f in sheet.told("C327")] == [Severity.NOTE]
    sheet.measure({"evaluated": True}, {"evaluated": True})
    assert [f.fields["twice"] for f in sheet.told("C329")] == [1]
    assert sheet.told("C325", "C327") == []


def test_an_open_question_leaves_the_measure_out_and_is_told_once(sheet: Sheet) -> None:
    for _ in range(10):
        sheet.measure(yes("evaluated"), yes("evaluated"))
    row = sheet.measure({**yes(), "evaluated": None}, {**yes(), "evaluated": None})
    blank = sheet.measure({**yes(*CLARITY), "in_force": None}, {})
    sheet.cell(blank, "in_force", "second").value = None
    sheet.cell(blank, "in_force", "first").value = None
    data = sheet.read()
    assert value(data, "policy_evaluation_share") == 100.0
    told = {f.location.cell: f for f in sheet.told("D123") if f.location}
    assert set(told) == {
        sheet.cell(row, "evaluated", "first").coordinate,
        sheet.cell(blank, "in_force", "first").coordinate,
    }
    lost = told[sheet.cell(blank, "in_force", "first").coordinate].fields["indicator"]
    assert lost == "policy_clarity_share, policy_evaluation_share, policy_outreach_share"


def test_a_no_decides_whatever_is_still_open(sheet: Sheet) -> None:
    for _ in range(10):
        sheet.measure({"deadline": False}, {"budget": False, "deadline": False})
    assert value(sheet.read(), "policy_clarity_share") == 0.0
    assert sheet.told("D123") == []


@pytest.mark.parametrize("text", ["是", "YES", "y", True, 1, "yes 是"])
def test_a_yes_may_be_written_in_many_ways(sheet: Sheet, text: object) -> None:
    for _ in range(10):
        row = sheet.measure({"evaluated": True})
        sheet.cell(row, "evaluated", "first").value = text
    assert value(sheet.read(), "policy_evaluation_share") == 100.0


def test_other_answers_and_unknown_units_are_refused_with_their_cells(sheet: Sheet) -> None:
    row = sheet.measure({"evaluated": True})
    sheet.cell(row, "evaluated", "first").value = "maybe"
    sheet.measure({"evaluated": True}, unit="Atlantis")
    sheet.measure({"evaluated": True}, unit="广东")
    told = {f.code: f for f in sheet.told("D120", "D121", "D122")}
    assert told["D120"].fields["value"] == "maybe"
    assert told["D120"].location is not None
    assert told["D120"].location.cell == sheet.cell(row, "evaluated", "first").coordinate
    assert told["D121"].fields["value"] == "Atlantis"
    assert told["D122"].severity is Severity.WARNING
    assert "D120" in {f.code for f in api.validate(sheet.read(), sheet.plan.framework).errors}


def test_departments_are_added_up(sheet: Sheet) -> None:
    sheet.ask(2, numerator=3, denominator=40, department="科技厅")
    sheet.ask(300, unit="Beijing", indicator="programme_open_share", numerator=7, denominator=60)
    data = sheet.read()
    assert value(data, "programme_open_share") == 10.0
    column = data.position("programme_open_share")
    assert column is not None
    share = data.collected[0, column]
    assert (share.hits, share.cases, share.kappa, share.twice) == (10, 100, None, 0)
    assert (share.low, share.high) == tuple(100 * end for end in wilson(10, 100))
    assert [place.cell for place in share.cells] == ["C2, C300", "D2, D300"]


def test_amounts_may_be_fractions_and_have_no_interval(sheet: Sheet) -> None:
    name = "intl_coop_budget_share"
    sheet.ask(300, unit=UNIT, indicator=name, numerator=1.5, denominator=60.0)
    data = sheet.read()
    column = data.position(name)
    assert column is not None
    assert value(data, name) == 2.5
    assert data.collected[0, column].low is None
    assert sheet.told("C325", "C327") == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"numerator": 5, "denominator": 4}, "D124"),
        ({"numerator": -1, "denominator": 4}, "D125"),
        ({"numerator": 0.3, "denominator": 4}, "D125"),
        ({"numerator": "30%", "denominator": 40}, "D125"),
        ({"numerator": "some", "denominator": 40}, "D125"),
        ({"numerator": 0, "denominator": 0}, "D126"),
        ({"numerator": 3}, "D129"),
        ({"denominator": 3}, "D129"),
        ({"numerator": 1, "denominator": 40, "indicator": "trade_gdp"}, "D121"),
        ({"numerator": 1, "denominator": 40, "unit": "Atlantis"}, "D121"),
    ],
)
def test_a_faulty_reply_is_refused_with_its_cell(
    sheet: Sheet, cells: dict[str, Any], expected: str
) -> None:
    sheet.ask(2, **cells)
    (finding,) = sheet.told("D121", "D124", "D125", "D126", "D129")
    assert (finding.code, finding.severity) == (expected, Severity.ERROR)
    assert finding.location is not None
    assert str(finding.location).startswith("filled.xlsx [问卷] ")
    assert finding.location.cell is not None
    assert finding.location.cell.endswith("2")
    assert sheet.read().collected == {}


def test_a_department_that_reports_twice_is_refused(sheet: Sheet) -> None:
    sheet.ask(2, numerator=3, denominator=40, department="科技厅")
    again = {"unit": UNIT, "indicator": "programme_open_share", "department": "科技厅"}
    sheet.ask(300, numerator=3, denominator=40, **again)
    (finding,) = sheet.told("D128")
    assert finding.fields["first"] == "filled.xlsx [问卷] C2"
    assert sheet.read().collected == {}


def put(sheet: Sheet, indicator: str, figure: float) -> str:
    """Write a figure of the first unit into the data sheet; the cell it stands in."""
    data = sheet.book[sheet.plan.sheet("data")]
    column = next(c for c in range(1, 99) if data.cell(2, c).value == indicator)
    data.cell(4, column).value = figure
    return str(data.cell(4, column).coordinate)


def test_a_figure_that_contradicts_the_count_is_refused_with_both_places(sheet: Sheet) -> None:
    sheet.ask(2, numerator=1, denominator=30)
    cell = put(sheet, "programme_open_share", 3.4)
    (finding,) = sheet.told("D127")
    assert finding.severity is Severity.ERROR
    assert str(finding.location) == f"filled.xlsx [数据] {cell}"
    assert finding.fields["other"] == "filled.xlsx [问卷] C2"


def test_a_figure_that_agrees_gives_way_to_the_exact_count(sheet: Sheet) -> None:
    sheet.ask(2, numerator=1, denominator=30)
    put(sheet, "programme_open_share", 3.3)
    assert sheet.told("D127") == []
    assert value(sheet.read(), "programme_open_share") == 100 / 30


@given(st.floats(0, 100), st.integers(0, 6))
def test_a_rounded_figure_agrees_and_one_digit_off_does_not(exact: float, digits: int) -> None:
    typed = round(exact, digits)
    assert agree(typed, exact)
    assert not agree(float(f"{exact + 2:.6f}"), exact)


def test_counted_shares_belong_to_the_latest_year(tmp_path: Path) -> None:
    made = plan(units=(UNIT, UNIT), year=2023)
    book = opened(made)
    fill_figures(book, plan(units=(UNIT, "上海"), year=2023))
    data = book["data"]
    data.cell(4, 2).value, data.cell(5, 2).value = "Beijing", "Beijing"
    data.cell(4, 1).value, data.cell(5, 1).value, data.cell(5, 3).value = "CN-BJ", "CN-BJ", 2022
    book["questionnaire"].cell(2, 3).value = 1
    book["questionnaire"].cell(2, 4).value = 20
    read = read_back(book, made, tmp_path)
    assert {read.periods[row] for row, _ in read.collected} == {"2023"}


def test_counted_shares_survive_what_is_done_to_a_dataset(sheet: Sheet) -> None:
    sheet.ask(2, numerator=3, denominator=40)
    data = sheet.read()
    derived = denominate(sheet.plan.framework, data)
    assert derived.collected == data.collected
    assert derived.digest


def test_a_framework_that_asks_an_unknown_question_is_refused() -> None:
    collect = {"sheet": "coding", "questions": ["evaluted"], "among": "in_forc"}
    model = made_framework(group("index", [leaf("a", collect=collect)]))
    told = [(f.code, f.path[-2:]) for f in faults(model)]
    assert told == [("F112", ("questions", 0)), ("F112", ("among", 0))]


def test_a_misspelt_way_of_collecting_is_told_with_its_place(
    tmp_path: Path, framework_text: Callable[[str], str]
) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(framework_text("{sheet: coding, question: [evaluated]}"), encoding="utf-8")
    with pytest.raises(FrameworkInvalid) as caught:
        api.load_framework(path)
    (finding,) = (f for f in caught.value.findings)
    assert finding.code == "F104"
    assert finding.fields["key"] == "question"


@pytest.fixture
def framework_text(repo: Path) -> Callable[[str], str]:
    """The shipped framework with another way of collecting one of its indicators."""
    old = "{sheet: coding, questions: [evaluated], among: in_force}"
    text = (repo / "indicators.yaml").read_text(encoding="utf-8")
    assert old in text
    return lambda new: text.replace(old, new)
