"""Renderers: tables that fit, figures that stay, and labels that stay labels."""

from __future__ import annotations

import csv
import io
import re
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from stiscore import api
from stiscore.report import csvout, explain_text, html, markdown, terminal
from stiscore.report.layout import printable, wrapped
from stiscore.report.markdown import escape
from stiscore.report.screen import Screen
from stiscore.report.table import Field, bar, lay_out
from stiscore.scorecard import Scorecard
from tests import tables

HOSTILE = "<script>alert(1)</script>|[x](javascript:y)`$\\*_~#!&{a}\x1b[31m[bold red]福"


@cache
def hostile() -> Scorecard:
    """A card whose first unit has a label that tries everything."""
    rows: list[list[object]] = [["unit", "share", "papers"]]
    rows += [[HOSTILE, 10, 1.5], ["=1+1", 20, 2.5], ["@SUM", 30, 3.5]]
    data = tables.read(rows, level="regional", any_units=True)
    return api.evaluate(data, tables.framework())


def rendered(fields: list[Field], width: int) -> str:
    screen = Screen("en", width)
    screen.table(fields)
    return screen.text()


def test_columns_go_by_priority_and_are_named() -> None:
    fields = [
        Field("Unit", ["x"], "left"),
        Field("Score", ["12.3"]),
        Field("First", ["1.0"], drop=1),
        Field("Second", ["2.0"], drop=2),
        Field("Also", ["3.0"], drop=2),
    ]
    needed = sum(f.width for f in fields) + 2 * 4
    assert lay_out(fields, needed).hidden == ()
    assert lay_out(fields, needed - 1).hidden == ("Also",)
    assert lay_out(fields, 21).hidden == ("Second", "Also")
    assert lay_out(fields, 11).hidden == ("First", "Second", "Also")


def test_hidden_columns_are_named_under_the_table() -> None:
    told = rendered([Field("Unit", ["x" * 30], "left"), Field("Area", ["1.0"], drop=1)], 32)
    assert "Columns left out at this width: Area." in " ".join(told.split())
    assert "1.0" not in told


@given(
    st.lists(st.text("ab 福建", min_size=1, max_size=60), min_size=1, max_size=4),
    st.integers(30, 120),
)
def test_what_must_stay_is_folded_and_figures_are_not(labels: list[str], width: int) -> None:
    figures = [f"{n}2345.6" for n in range(len(labels))]
    told = rendered([Field("Unit", labels, "left"), Field("Score", figures)], width)
    assert all(cell_len(line) <= width for line in told.splitlines())
    assert re.findall(r"\d2345\.6", told) == figures
    letters = "".join(labels).replace(" ", "")
    assert sorted(re.sub(r"[^ab福建]", "", told)) == sorted(letters)


def test_hidden_columns_are_listed_in_every_language() -> None:
    fields = [Field("Unit", ["x" * 30], "left"), *(Field(h, ["1"], drop=1) for h in "AB")]
    for lang in ("en", "zh", "both"):
        screen = Screen(lang, 32)
        screen.table(fields)
        assert ("A、B" if lang == "zh" else "A, B") in screen.text()


def test_heads_break_at_spaces_only() -> None:
    assert Field("Gap index", ["1.0"]).stacked == "Gap\nindex"
    assert Field("Gap index", ["123456789"]).stacked == "Gap index"
    assert Field("得分", ["1.0"]).width == 4


def test_bars() -> None:
    assert [bar(v, 8) for v in (0, 12.5, 100, 130, -5)] == ["", "█", "█" * 8, "█" * 8, ""]
    assert bar(None) == ""
    assert bar(6.25, 2) == "▏"
    assert bar(99, 10, ascii_only=True) == "##########"
    assert all(cell_len(bar(v, 12)) <= 12 for v in range(101))
    assert [len(bar(v, 12, ascii_only=True)) for v in range(101)] == sorted(
        len(bar(v, 12, ascii_only=True)) for v in range(101)
    )


@given(st.text(max_size=200), st.integers(10, 80))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    shown = printable(text)
    assert "".join(wrapped(shown, width).split()) == "".join(shown.split())
    assert not any(c in shown for c in "\x1b\x07\x00\u202e\u2028")


def test_wrapping_does_not_begin_a_line_with_a_closing_sign() -> None:
    told = wrapped("一二三四五。六七八九十。", 10).split("\n")
    assert not any(line.lstrip().startswith("。") for line in told)


@pytest.mark.parametrize("start", csvout.FORMULA_STARTS)
def test_csv_disarms_formulas(start: str) -> None:
    ((told, plain),) = csv.reader(io.StringIO(csvout.raw_grid([[f"{start}SUM(A1)", "a=b"]])))
    assert told == f"'{start}SUM(A1)".replace("\r", "\n")
    assert plain == "a=b"


def test_csv_keeps_a_row_a_row() -> None:
    told = csvout.raw_grid([["a\r=1+1", "b"]])
    assert list(csv.reader(io.StringIO(told))) == [["a\n=1+1", "b"]]


def test_csv_leaves_numbers_alone() -> None:
    assert csvout.raw_grid([["-3.5", "+2", "1e5", "-"]]) == "-3.5,+2,1e5,'-\n"


def test_csv_of_a_card_survives_a_hostile_label() -> None:
    rows = list(csv.DictReader(io.StringIO(csvout.tidy(hostile().report))))
    assert {r["label"] for r in rows} == {HOSTILE, "'=1+1", "'@SUM"}
    (score,) = {r["score"] for r in rows if r["label"] == HOSTILE and r["kind"] == "index"}
    assert float(score) == hostile().report_of(HOSTILE).units[0].score


def test_markdown_escapes_what_would_be_markup() -> None:
    assert escape("a|b\n# c") == "a\\|b \\# c"
    assert escape("<script>") == "\\<script\\>"
    assert escape("[x](y)") == "\\[x\\](y)"
    assert escape("福建 1.5-2 (a)") == "福建 1.5-2 (a)"


def test_markdown_of_a_hostile_label_is_one_row_of_text() -> None:
    for told in (markdown.ranking(hostile().report, "en"), markdown.cards(hostile().report, "en")):
        assert not re.search(r"(?<!\\)<", told)
        assert not re.search(r"(?<!\\)\[x", told)
    rows = [r for r in markdown.ranking(hostile().report, "en").splitlines() if r[:1] == "|"]
    pipes = {len(re.findall(r"(?<!\\)\|", row)) for row in rows[: 2 + len(hostile().report.units)]}
    assert len(pipes) == 1


class Tags(HTMLParser):
    """Collects tags and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") or name in {"src", "href"} for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("whole", [False, True])
def test_html_runs_and_loads_nothing(whole: bool) -> None:
    told = html.fragment(hostile().report, "both")
    page = Tags()
    page.feed(html.page(told, "en") if whole else told)
    assert "<script>alert(1)</script>|" in page.text
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "style", "object"})
    assert {"table", "th", "td"} <= page.tags


def test_a_page_forbids_loading() -> None:
    assert "default-src 'none'" in html.page("", "en")
    assert '<html lang="zh">' in html.page("", "zh")


@pytest.mark.parametrize("color", [False, True])
def test_a_terminal_shows_a_hostile_label_as_text(color: bool) -> None:
    card = hostile()
    plain = Screen("en", 200, color=color)
    cards = Screen("en", 200, color=color)
    for told in (terminal.ranking(card.report, plain), terminal.cards(card.report, cards)):
        ours = re.sub(r"\x1b\[[0-9;]*m", "", told)
        assert "[bold red]福" in ours
        assert "\ufffd[31m" in ours
        assert ("\x1b" in told) is color
        assert "\x1b[31m" not in told


def test_an_explanation_shows_a_hostile_label_as_text() -> None:
    card = hostile()
    report = card.report_of(HOSTILE)
    told = explain_text.render(card.explanation(HOSTILE), report, "text", "en", 80)
    assert "\x1b" not in told
    assert "[bold red]福" in told


def test_colour_is_only_what_was_asked_for() -> None:
    assert "\x1b" not in terminal.ranking(hostile().report, Screen("en", 80))


def test_ascii_bars() -> None:
    told = terminal.ranking(hostile().report, Screen("en", 300, ascii_only=True))
    assert "#" in told
    assert "█" not in told
