"""Findings in every format: joined or single, escaped where they land, none lost."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.errors import Location
from stiscore.finding import Finding, Findings, Severity
from stiscore.report.findings_forms import COLUMNS, FORMS, render
from stiscore.words import Lang
from stiscore.words.faults import SAYINGS, found, tell
from stiscore.words.findings import MANY

LANGS: tuple[Lang, ...] = ("en", "zh", "both")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


def bad(place: str, value: str = "x") -> Finding:
    where = Location("d.xlsx", "s", place)
    return found("D101", where, unit="北京 Beijing", group="c", column="c", value=value)


def unknown(row: int, label: str, near: str | None = None) -> Finding:
    where = Location("d.xlsx", "s", f"A{row}")
    return found("D302", where, group="units", label=label, suggestion=near)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_concise_is_a_line_a_finding() -> None:
    told = render([bad(f"C{r}") for r in range(2, 10)], "concise", "en").splitlines()
    assert len(told) == 8
    assert told[0] == "d.xlsx [s] C2: error D101 'x' is not a number, in c (北京 Beijing)"


def test_csv_and_json_tell_every_single_finding_alike() -> None:
    findings = [bad(f"C{r}") for r in range(2, 10)]
    findings += [found("C304", share=0.2), found("R103", Location("e.csv", line=3, column=4))]
    rows = rows_of(render(findings, "csv", "zh"))
    told = json.loads(render(findings, "json", "en"))["findings"]
    assert len(rows) == len(told) == len(findings)
    assert tuple(rows[0]) == COLUMNS
    for row, one in zip(rows, told, strict=True):
        place = one["location"] or {}
        same = {k: "" if place.get(k) is None else str(place[k]) for k in ("file", "cell", "line")}
        assert {k: row[k] for k in same} == same
        assert (row["code"], row["message_zh"]) == (one["code"], one["message"]["zh"])
        assert json.loads(row["fields"]) == one["fields"]
    assert (told[0]["column"], told[0]["group"], told[0]["unit"]) == ("c", "c", "北京 Beijing")


def test_rows_without_a_unit_are_of_no_column() -> None:
    (told,) = json.loads(render([unknown(2, "x")], "json", "en"))["findings"]
    assert (told["column"], told["group"]) == (None, "units")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝"])
def test_csv_disarms_what_a_spreadsheet_would_run(start: str) -> None:
    hostile = f"{start}cmd|'/c calc'!A1"
    where = Location(hostile, hostile, "A1")
    (row,) = rows_of(render([found("D302", where, label="x", unit=hostile)], "csv", "en"))
    assert (row["file"][0], row["sheet"][0], row["unit"][0]) == ("'", "'", "'")


def test_markdown_is_one_table_with_escaped_text() -> None:
    findings = [bad(f"C{r}", "a|b") for r in range(2, 10)]
    told = render([*findings, found("C304", share=0.2)], "markdown", "en")
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert len(rows) == 4
    assert "C2:C9" in rows[2]
    assert r"a\|b" in rows[2]
    assert told.startswith("## Findings\n")
    assert told.endswith("errors: 8, warnings: 0, notes: 1\n")


def test_github_says_file_and_line_of_a_text_file_and_the_cell_of_a_workbook() -> None:
    line = found("D101", Location("d.csv", line=3, column=2), value="1,5: 50 %", column="c")
    told = render([line, bad("C14")], "github", "en", "data/in/d.csv").splitlines()
    assert told[0].startswith("::error file=data/in/d.csv,line=3,col=2,title=D101 Not a number::")
    assert "'1,5: 50 %25' is not a number" in told[0]
    assert told[1].startswith("::error file=d.xlsx,title=D101 Not a number::[s] C14 'x' is not")
    (notice,) = render([found("C304", share=0.2)], "github", "en").splitlines()
    assert notice.startswith("::notice title=C304 Partial index::the file measures 20%25 of")


def test_github_escapes_what_parts_its_commands() -> None:
    where = Location("a,b:c\n%.csv", line=1)
    (told,) = render([found("D303", where)], "github", "en").splitlines()
    assert told.startswith(
        "::error file=a%2Cb%3Ac%0A%25.csv,line=1,title=D303 Row without a unit::"
    )


@given(TEXTS, TEXTS)
def test_no_text_of_a_file_breaks_a_line_or_steers_a_screen(value: str, unit: str) -> None:
    place = Location("d.csv", line=2, column=1)
    one = found("D101", place, unit=unit, group="c", value=value, column="c")
    for lang in LANGS:
        assert render([one], "concise", lang).count("\n") == 1
        assert render([one], "github", lang).count("\n") == 1
        for form in ("text", "concise", "markdown", "github"):
            shown = render([one], form, lang)
            assert all(sign.isprintable() or sign == "\n" for sign in shown)
    assert len(rows_of(render([one], "csv", "en"))) == 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", sorted(FORMS))
def test_nothing_found_is_said_in_every_form(form: str, lang: Lang) -> None:
    told = render([], form, lang)
    assert told == "" if form in ("concise", "github") else told.endswith("\n")


def test_joined_names_are_all_told_with_their_cells() -> None:
    names = ["Bejing", "Atlantis", "Lemuria", "Atlantis", "Mu", "Ys", "Thule"]
    near = {"Bejing": "北京 Beijing"}
    findings = [unknown(r, n, near.get(n)) for r, n in enumerate(names, 2)]
    told = render(findings, "text", "en")
    assert "d.xlsx [s] A2:A8 error[D302] 7 rows name no known unit" in told
    assert "'Bejing' (did you mean 北京 Beijing?) A2, 'Atlantis' A3, A5, 'Lemuria' A4" in told
    assert all(name in told for name in names)
    # Only one of them may have been meant otherwise; the remedy must not speak of it alone.
    assert "Did you mean" not in told
    assert "“Thule” A8" in render(findings, "text", "zh")


def test_thousands_of_cells_end_readable_and_nothing_is_lost() -> None:
    rows = list(range(2, 15_902, 2))
    findings = Findings(bad(f"C{r}", f"text {r}") for r in rows)
    told = render(findings, "text", "en")
    assert len(findings) == 7_950
    assert len(told) < 800
    assert "C2, C4, C6, C8, C10, C12 and 7,944 more runs of cells error[D101]" in told
    assert "and 7945 other texts" in told
    assert "    -F csv lists every cell." in told
    assert told.endswith("errors: 7950, warnings: 0, notes: 0\n")
    assert len(rows_of(render(findings, "csv", "en"))) == len(findings)


def test_a_whole_column_is_one_run() -> None:
    told = render([bad(f"C{r}") for r in range(2, 9_000)], "text", "en")
    assert told.startswith("d.xlsx [s] C2:C8999 error[D101] 8998 cells of c are not numbers: 'x'")
    assert "-F csv" not in told


def test_joined_values_tell_how_far_they_go() -> None:
    findings = [
        found(
            "D203", Location("d.xlsx", "s", f"C{r}"), group="c", at=(r, 1), column="c",
            value=f"{100 + r}", number=100.0 + r, measured="%", bound=100.0, guess=10.0 + r,
        )
        for r in range(2, 12)
    ]  # fmt: skip
    told = render(findings, "text", "en")
    assert "10 values of c are above the upper bound 100 (%), the highest 111" in told
    assert "A share cannot exceed 100 %" in told
    assert "?)" not in told


def test_a_code_without_words_for_many_says_so_of_the_first() -> None:
    places = [Location("d.xlsx", "s", f"C{row}") for row in range(1, 7)]
    findings = [found("C303", p, group="c", column="c", count=1, value=1.0) for p in places]
    (joined,) = Findings(findings).joined()
    assert "C303" not in MANY
    assert tell(joined, "en").what.endswith("(the first of 6 like it)")


def test_words_for_many_are_of_codes_there_are() -> None:
    assert set(MANY) <= set(SAYINGS)


@pytest.mark.parametrize("code", sorted(MANY))
def test_many_of_a_code_can_be_told(code: str) -> None:
    fields = {
        "column": "c", "value": "1", "number": 1.0, "bound": 1.0, "measured": "%", "low": 0.0,
        "high": 1.0, "label": "x", "level": "l", "denominator": "d", "suggestion": None,
        "what": "w", "first": "C1",
    }  # fmt: skip
    findings = [
        found(code, Location("d.xlsx", "s", f"C{r}"), group="c", at=None, unit=None, **fields)
        for r in range(1, 8)
    ]
    (joined,) = Findings(findings).joined()
    for lang in LANGS:
        what, remedy = tell(joined, lang)
        assert "7" in what
        assert "{" not in what + remedy


def test_columns_of_fractions_are_named_before_the_counts() -> None:
    fractions = found("D205", Location("d.xlsx", "s", "C1"), column="c", count=9, largest=0.4)
    told = render([fractions], "text", "en").splitlines()
    assert told[-2].startswith("Look here first: c is measured in %")
    assert told[-1] == "errors: 0, warnings: 1, notes: 0"
    assert fractions.severity is Severity.WARNING
