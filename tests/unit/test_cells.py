from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.dataset import Flag
from stiscore.io.cells import MISSING_MARKS, Parsed, parse_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("-3", -3.0),
        ("+3.5", 3.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("1.5E-3", 0.0015),
        ("007", 7.0),
        ("  12.3\t", 12.3),
        ("1,234", 1234.0),
        ("1,234.5", 1234.5),
        ("-12,345,678.9", -12345678.9),
        ("1\u00a0234.5", 1234.5),
        ("1\u2009234\u2009567", 1234567.0),
        ("12\u202f345", 12345.0),
        ("１２．３", 12.3),
        ("１，２３４", 1234.0),
        ("\u221212.5", -12.5),
        ("－４", -4.0),
        ("\u300012.3\u3000", 12.3),
        ("\ufeff12", 12.0),
    ],
)
def test_numbers_are_read(text: str, value: float) -> None:
    assert parse_cell(text) == Parsed(value, Flag(0), percent=False)


@pytest.mark.parametrize(
    "text",
    [
        "1,5",
        "0,123",
        "1,23,456",
        "12,34",
        "1234,567",
        "1.234,5",
        "1 234",
        "1_000",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "0x1F",
        "1e400",
        "-1e999",
        "12.3²",
        "①",
        "١٢",
        "三",
        "x",
        "12 m",
        "1.2 b",
        "5 km",
        "12.3.4",
        "1-2",
        "2020-2022",
        "--5",
        "1e",
        "%",
        "1%%",
        "12.3 %p",
        "(1,234)",
        "=1+1",
        "TRUE",
        "1,234 567",
    ],
)
def test_what_is_not_plainly_a_number_is_none(text: str) -> None:
    assert parse_cell(text) == Parsed(None, Flag.NOT_A_NUMBER, percent=False)


@pytest.mark.parametrize(
    "text",
    [
        "..",
        "...",
        "…",
        "……",
        "na",
        "NA",
        "n/a",
        "N/A",
        "-",
        "－",
        "—",
        "–",
        "/",
        "／",
        ":",
        "：",
        " .. ",
    ],
)
def test_missing_marks_are_missing(text: str) -> None:
    assert parse_cell(text) == Parsed(None, Flag.MISSING_MARK, percent=False)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000", "\t\n", "\u200b", "\ufeff"])
def test_blank_is_blank_and_never_zero(text: str) -> None:
    assert parse_cell(text) == Parsed(None, Flag.BLANK, percent=False)


@pytest.mark.parametrize("text", ["#DIV/0!", "#N/A", "#REF!", "#value!", "#NAME?"])
def test_error_names_in_text_are_error_cells(text: str) -> None:
    assert parse_cell(text).flag is Flag.ERROR_CELL


@pytest.mark.parametrize("text", ["12.3%", "12.3 %", "１２．３％"])
def test_a_per_cent_sign_is_told_and_not_applied(text: str) -> None:
    assert parse_cell(text) == Parsed(12.3, Flag(0), percent=True)


@pytest.mark.parametrize(
    "text", ["12.3 p", "12.3 i", "12.3\u00a0r", "12.3 e", "12.3*", "12.3 **", "12.3 ep", "12.3＊"]
)
def test_a_flag_behind_a_number_is_left_aside(text: str) -> None:
    assert parse_cell(text) == Parsed(12.3, Flag.NUMBER_AS_TEXT, percent=False)


def test_a_flag_may_follow_a_per_cent_sign_and_thousands() -> None:
    assert parse_cell("1,234.5% p") == Parsed(1234.5, Flag.NUMBER_AS_TEXT, percent=True)


@given(st.text(max_size=12))
def test_any_text_gives_a_finite_number_or_one_reason(text: str) -> None:
    value, flag, _ = parse_cell(text)
    if value is None:
        assert flag in {Flag.BLANK, Flag.MISSING_MARK, Flag.NOT_A_NUMBER, Flag.ERROR_CELL}
    else:
        assert math.isfinite(value)
        assert flag in {Flag(0), Flag.NUMBER_AS_TEXT}
        assert any(letter in "0123456789０１２３４５６７８９" for letter in text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_read_back_to_the_bit(value: float) -> None:
    assert parse_cell(repr(value)).value == value


@given(st.integers(-(10**15), 10**15))
def test_thousands_separators_change_nothing(value: int) -> None:
    assert parse_cell(f"{value:,}").value == value


def test_no_missing_mark_is_a_number() -> None:
    assert all(parse_cell(mark).value is None for mark in MISSING_MARKS)
