"""Findings: joined by column, counted by severity, told without letting a file steer the screen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.dataset import column_letters
from stiscore.errors import ExitCode, InputRefused, Location, StiscoreError
from stiscore.finding import (
    GROUP_ABOVE,
    TOGETHER,
    Finding,
    Findings,
    Severity,
    cell_place,
    line_runs,
    ranges,
    runs,
)
from stiscore.report import findings_text, jsonout
from stiscore.words.faults import found, refusal
from stiscore.words.findings import lines


def cell(place: str, group: str | None = "c", code: str = "D101") -> Finding:
    return found(code, Location("d.xlsx", "s", place), unit="u", group=group, value="x", column="c")


def line(number: int) -> Finding:
    where = Location("d.csv", line=number, column=2)
    return found("D101", where, unit="u", group="c", value="x", column="c")


def test_five_stand_alone_and_six_are_joined() -> None:
    five = Findings(cell(f"C{row}") for row in range(2, 2 + GROUP_ABOVE))
    assert five.joined() == five
    (joined,) = Findings([*five, cell("C9")]).joined()
    assert joined.location == Location("d.xlsx", "s", "C2:C6, C9")
    assert joined.parts == (*five, cell("C9"))
    assert joined.unit is None
    assert (joined.code, joined.severity, joined.group) == ("D101", Severity.ERROR, "c")


def test_joining_minds_code_and_column_and_leaves_the_rest() -> None:
    rows = range(2, 9)
    mixed = [
        *(cell(f"C{r}") for r in rows),
        *(cell(f"D{r}", "d") for r in rows),
        *(cell(f"C{r}", code="D102") for r in rows),
        *(cell(f"E{r}", None) for r in rows),
    ]
    joined = Findings(mixed[::2] + mixed[1::2]).joined()
    assert len(joined) == 3 + len(rows)
    assert sum(len(f.parts) or 1 for f in joined) == len(mixed)


def test_what_stands_alone_keeps_its_place() -> None:
    others = [cell("D1", "d"), cell("D2", "e"), cell("D9", "d")]
    rows = [cell(f"C{r}") for r in range(2, 9)]
    told = Findings([others[0], *rows[:4], others[1], *rows[4:], others[2]]).joined()
    assert [f.location.cell for f in told if f.location] == ["D1", "C2:C8", "D2", "D9"]


def test_nothing_is_joined_over_sheets_or_files() -> None:
    cells = [cell(f"C{row}") for row in range(2, 7)]
    places = [Location("d.xlsx", "other", "C7"), Location("e.xlsx", "s", "C7"), None]
    for place in places:
        found = Findings([*cells, replace(cells[0], location=place)])
        assert found.joined() == found


@pytest.mark.parametrize("code", sorted(TOGETHER))
def test_some_codes_are_told_together_whatever_the_column(code: str) -> None:
    heads = [
        found(code, Location("d.xlsx", "s", f"{c}1"), group=c, label=c, column=c, level="x")
        for c in "BCDEFG"
    ]
    (joined,) = Findings(heads).joined()
    assert joined.location == Location("d.xlsx", "s", "B1:G1")


def test_lines_of_a_text_file_are_joined_at_the_first() -> None:
    (joined,) = Findings(line(n) for n in (9, 3, 4, 5, 6, 7)).joined()
    assert joined.location == Location("d.csv", line=3, column=2)
    assert lines(joined, "en") == "3-7, 9"
    told = findings_text.full(joined.parts, "en").splitlines()
    assert told[0].startswith("d.csv:3:2 error[D101] 6 cells of c are not numbers: 'x' (6 times)")
    assert told[1] == "    lines 3-7, 9"


def test_joining_twice_changes_nothing() -> None:
    once = Findings(cell(f"C{r}") for r in range(2, 20)).joined()
    assert once.joined() == once


@given(st.lists(st.integers(1, 40), unique=True, min_size=1))
def test_ranges_name_every_cell_once(rows: list[int]) -> None:
    told = ranges(f"AB{row}" for row in rows)
    named: list[int] = []
    for run in told.split(", "):
        first, _, last = (part.removeprefix("AB") for part in run.replace("AB", "").partition(":"))
        named += range(int(first), int(last or first) + 1)
    assert named == rows if rows == sorted(rows) else sorted(named) == sorted(rows)


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(1, 30)), unique=True))
def test_runs_name_every_cell_once(places: list[tuple[int, int]]) -> None:
    told: list[str] = []
    for run in runs(f"{column_letters(c)}{r}" for c, r in places):
        first, _, last = run.partition(":")
        (left, top), (right, bottom) = (cell_place(p) or (0, 0) for p in (first, last or first))
        assert left == right or top == bottom
        told += [
            f"{column_letters(c)}{r}"
            for r in range(top, bottom + 1)
            for c in range(left, right + 1)
        ]
    assert told == [f"{column_letters(c)}{r}" for c, r in places]


def test_a_range_is_no_cell_and_stands_as_it_is() -> None:
    assert runs(["A1", "A2:B3", "A3", "A4"]) == ["A1", "A2:B3", "A3:A4"]
    assert cell_place("A2:B3") is None


@given(st.lists(st.integers(1, 60), min_size=1))
def test_line_runs_name_every_line(given_lines: list[int]) -> None:
    told: list[int] = []
    for run in line_runs(given_lines):
        first, _, last = run.partition("-")
        told += range(int(first), int(last or first) + 1)
    assert told == sorted(set(given_lines))


def test_ranges_of_several_columns() -> None:
    assert ranges(["C2", "D3", "D4"]) == "C2, D3:D4"
    assert ranges([]) == ""


def test_findings_are_asked_for_by_severity() -> None:
    all_kinds = Findings([cell("C2"), found("D104"), found("D204"), found("C304")])
    assert [f.code for f in all_kinds.errors] == ["D101"]
    assert [f.code for f in all_kinds.warnings] == ["D204"]
    assert [f.code for f in all_kinds.of(Severity.NOTE)] == ["D104", "C304"]
    assert isinstance(all_kinds.errors, Findings)


def test_text_of_a_finding() -> None:
    told = findings_text.full([cell("C2")], "en").splitlines()
    assert told[0] == "d.xlsx [s] C2 error[D101] 'x' is not a number, in c"
    assert told[1] == "    unit u"
    assert told[2].startswith("    help: Give the figure")
    assert told[-1] == "errors: 1, warnings: 0, notes: 0"


def test_joined_text_says_how_many_and_counts_all() -> None:
    told = findings_text.full([cell(f"C{r}") for r in range(2, 12)], "zh").splitlines()
    assert told[0].startswith("d.xlsx [s] C2:C11 error[D101]")
    assert told[0].endswith("c中有10个单元格不是数值：“x”（10次）")
    assert told[-1].startswith("错误10项")


@pytest.mark.parametrize("hostile", ["\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\u202egnp.exe"])
def test_a_file_cannot_steer_the_terminal(hostile: str) -> None:
    told = findings_text.full([found("D302", Location(f"{hostile}.csv"), label=hostile)], "en")
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "\u202e" not in told
    assert "D302" in told


def test_a_cell_cannot_forge_a_finding() -> None:
    hostile = "a\nother.csv:9:9 error[D203] forged\u2028x"
    told = findings_text.full([found("D101", value=hostile, column="c")], "en")
    assert [text for text in told.splitlines() if text.startswith("other.csv")] == []
    assert told.splitlines()[0].startswith("error[D101] 'a other.csv:9:9 error[D203] forged x'")


def test_json_has_null_for_what_is_no_number() -> None:
    told = json.loads(jsonout.findings([found("D101", value="x", column="c", number=float("nan"))]))
    assert told["findings"][0]["fields"]["number"] is None
    assert told["findings"][0]["location"] is None


def test_an_error_carries_what_the_command_line_prints() -> None:
    error = refusal(InputRefused, [found("R103", Location("d.csv"))])
    assert isinstance(error, StiscoreError)
    assert error.exit_code is ExitCode.REFUSED
    assert str(error).startswith("d.csv error[R103] ")
    assert [f.code for f in error.findings] == ["R103"]
