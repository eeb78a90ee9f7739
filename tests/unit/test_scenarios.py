"""Changes as they are written, on the command line and in files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from stiscore.errors import StiscoreError
from stiscore.finding import Finding
from stiscore.io.scenarios import (
    Asked,
    Scenario,
    given,
    on_command_line,
    parse_change,
    read_scenarios,
)


@pytest.mark.parametrize(
    ("text", "how", "amount", "measure"),
    [
        ("3", "set", 3, None),
        (" 1,234.5 ", "set", 1234.5, None),
        ("=3", "set", 3, None),
        ("=-3", "set", -3, None),
        ("＝－3", "set", -3, None),
        ("3%", "set", 3, "%"),
        ("2 亿元", "set", 2, "亿元"),
        ("1e-05", "set", 1e-5, None),
        ("x2", "times", 2, None),
        ("X 0.5", "times", 0.5, None),
        ("×2", "times", 2, None),
        ("*2", "times", 2, None),
        ("+10%", "times", 1.1, None),
        ("-10%", "times", 0.9, None),
        ("-100%", "times", 0, None),
        ("＋10％", "times", 1.1, None),
        ("+3", "plus", 3, None),
        ("-3", "plus", -3, None),
        ("−3", "plus", -3, None),
        ("+3亿元", "plus", 3, "亿元"),
    ],
)
def test_what_is_written_is_what_is_meant(
    text: str, how: str, amount: float, measure: str | None
) -> None:
    told = parse_change(text)
    assert told is not None
    assert (told.change.how, told.change.amount, told.measure) == (how, amount, measure)


@pytest.mark.parametrize(
    "text", ["", "=", "x", "x-2", "-101%", "++3", "twice", "nan", "inf", "1e999", "==3", "=x2", "%"]
)
def test_what_nobody_reads_is_none(text: str) -> None:
    assert parse_change(text) is None


def test_the_sign_of_equality_stays_where_a_value_would_read_as_a_change() -> None:
    told = [parse_change(text) for text in ("=3", "=-3", "3")]
    assert [each.change.text for each in told if each] == ["3", "=-3", "3"]


def test_a_colon_begins_another_scenario() -> None:
    told = on_command_line(["a=x2", "More：", "b=+10%", "c==-3", "less:", "b=-10%"])
    assert told == (
        Scenario(None, None, (Asked("a", "x2"),)),
        Scenario("More", None, (Asked("b", "+10%"), Asked("c", "=-3"))),
        Scenario("less", None, (Asked("b", "-10%"),)),
    )
    assert on_command_line([]) == ()


@pytest.mark.parametrize("text", ["a", "a=", "=3", "x2"])
def test_an_argument_that_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(StiscoreError) as fault:
        on_command_line([text])
    assert [f.code for f in fault.value.findings] == ["U103"]


def test_numbers_of_a_program_are_values() -> None:
    assert [a.change for a in given({"a": -3, "b": 1e-7, "c": "-3"})] == ["=-3.0", "=1e-07", "-3"]


CSV = "Scenario,Indicator,Change,Unit\nmore,a,x2,江苏\n,b,+10%,\n\nless,a,-3,\n"


def test_a_file_has_a_row_a_change(tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text(CSV, encoding="utf-8")
    more, less = read_scenarios(file)
    assert (more.name, more.unit, [(a.figure, a.change) for a in more.changes]) == (
        "more", "江苏", [("a", "x2"), ("b", "+10%")],
    )  # fmt: skip
    assert (less.name, less.unit, len(less.changes)) == ("less", None, 1)
    assert str(less.changes[0].where) == "s.csv:5:3"


def workbook(file: Path, *rows: tuple[str | float, ...], percent: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("情景", "指标", "变动"), *rows):
        sheet.append(row)
    if percent:
        sheet["C2"].number_format = "0%"
    book.save(file)
    return file


def test_a_workbook_in_chinese(tmp_path: Path) -> None:
    told = read_scenarios(workbook(tmp_path / "s.xlsx", ("多", "a", "x2"), ("少", "a", 3)))
    assert [(s.name, s.changes[0].change) for s in told] == [("多", "x2"), ("少", "3")]
    assert str(told[1].changes[0].where) == "s.xlsx [Sheet] C3"


@pytest.mark.parametrize(("value", "percent"), [(-3, False), (0.1, True)])
def test_a_number_that_may_have_been_a_change_is_refused(
    value: float, percent: bool, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "s.xlsx", ("a", "b", value), percent=percent)
    told = refused(file)
    assert str(told.location) == "s.xlsx [Sheet] C2"
    assert "is a number with a sign or a per cent format" in str(told.fields["what"])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("scenario,change\na,x2\n", "there is no column indicator"),
        ("scenario,indicator,change\n", "no change is asked for"),
        ("scenario,indicator,change\n,a,x2\n", "has no scenario"),
        ("scenario,indicator,change\na,b,\n", "has no change"),
        ("scenario,indicator,change,unit\na,b,x2,江苏\na,c,x2,上海\n", "names two units"),
        (
            "scenario,indicator,change\n" + "".join(f"s{n},a,x2\n" for n in range(1_001)),
            "1,001 scenarios are more than 1,000",
        ),
    ],
)
def test_a_file_that_is_none_of_scenarios_says_why(text: str, what: str, tmp_path: Path) -> None:
    file = tmp_path / "s.csv"
    file.write_text(text, encoding="utf-8")
    assert what in str(refused(file).fields["what"])


def refused(file: Path) -> Finding:
    with pytest.raises(StiscoreError) as fault:
        read_scenarios(file)
    (told,) = fault.value.findings
    assert isinstance(told, Finding)
    assert told.code == "U178"
    return told
