"""``stiscore framework show NODE``: all that a part carries, without a unit."""

from __future__ import annotations

import json

import pytest
from rich.cells import cell_len

from tests.cli.conftest import Run


def shown(run: Run, *asked: str) -> str:
    done = run("framework", "show", *asked)
    assert (done.code, done.err) == (0, "")
    return " ".join(done.out.split())


def test_an_indicator(run: Run) -> None:
    told = shown(run, "gerd_abroad_share")
    for text in (
        "role core: scored, counts fully",
        "lever yes: policy can move it",
        "curve square root of value and goalposts",
        "counts in gap foreign_rd_funding Insufficient R&D funded from abroad",
        "goalposts 0 to 0.5 basis percentile, provincial table, 31 provinces",
        "plausible 0 to 5 bounds 0 to 100 weight in group 1 of 4 declared (25.0%)",
        "derived 100 x rd_expenditure_abroad / rd_expenditure",
        "raw quantity rd_expenditure_abroad Intramural R&D expenditure financed from abroad",
        "its headers rd_expenditure_abroad; 国外资金; 境外资金",
        "table 1-14 (regional level)",
        "caveat Abroad means the rest of the world",
    ):
        assert text in told


def test_how_a_share_is_collected(run: Run) -> None:
    told = shown(run, "policy_clarity_share")
    assert "counted from coded policy measures: those with a yes to: One responsible body" in told
    assert "among: In force" in told
    asked = shown(run, "programme_open_share", "--lang", "zh")
    assert "向部门发放问卷：填报分子和分母（整数）" in asked


def test_a_proxy_and_a_context_indicator_say_what_that_means(run: Run) -> None:
    assert "proxy: scored and marked; left out when" in shown(run, "regulatory_quality")
    assert "背景指标：只列示，不评分" in shown(run, "fiscal_st_share", "--lang", "zh")


def test_a_quantity_and_what_it_is_part_of(run: Run) -> None:
    part = shown(run, "rd_expenditure_abroad")
    assert "part of rd_expenditure Intramural R&D expenditure (10,000 yuan)" in part
    assert "indicators gerd_abroad_share R&D financed from abroad" in part
    assert "holds rd_expenditure_abroad" in shown(run, "rd_expenditure")


def test_a_gap_and_what_goes_with_it(run: Run) -> None:
    told = shown(run, "programme_openness")
    assert "level regional: Limited openness of provincial S&T programmes" in told
    assert "weakens " in told
    assert "untagged since cooperation_framework: Programmes without foreign participants" in told
    assert "barriers B1 Plans unclear" in told
    assert "first action Publish which programmes" in told
    held = json.loads(run("framework", "show", "programme_openness", "-F", "json").out)
    assert held["map"]["measures"]
    assert "programme_open_share" in held["indicators"]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("M3.1", "goes with gap programme_openness Limited openness"),
        ("D1", "goes with gap"),
        ("B1", "measured by policy_clarity_share Open-cooperation measures"),
    ],
)
def test_measures_issues_and_barriers_name_their_gaps(part: str, told: str, run: Run) -> None:
    assert told in shown(run, part)
    assert json.loads(run("framework", "show", part, "-F", "json").out)["gaps"]


def test_an_area_has_its_weight_and_its_children(run: Run) -> None:
    told = shown(run, "regional_hubs", "--level", "regional")
    assert "weight in group 1 of 8 declared (12.5%), regional level" in told
    assert "weakened by gap foreign_rd_funding" in told
    assert "trade_gdp, core, weight 0.5" in told
    assert "high-technology exports" not in told.lower()


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Trade openness", "trade_gdp"),
        ("外贸依存度", "trade_gdp"),
        ("对外开放度", "trade_gdp"),
        ("省级科技计划开放度有限", "programme_openness"),
        ("Plans unclear on operation and responsible body", "B1"),
        ("国外资金", "rd_expenditure_abroad"),
    ],
)
def test_a_part_goes_by_its_names_in_either_language(name: str, id_: str, run: Run) -> None:
    assert run("framework", "show", name).out == run("framework", "show", id_).out


def test_a_name_nearly_right_is_hinted_at(run: Run) -> None:
    done = run("framework", "show", "外贸依存")
    assert (done.code, done.out) == (2, "")
    assert "did you mean '外贸依存度'?" in done.err


def test_markdown_is_a_heading_and_lists(run: Run) -> None:
    part = run("framework", "show", "going_global", "-F", "markdown").out
    assert part.startswith(
        "# going\\_global Weak enterprise motivation to go global\n\n- **gap**: "
    )
    whole = run("framework", "show", "-F", "markdown").out
    assert "\n- Regional open cooperation and innovation hubs  regional\\_hubs: weight 1" in whole
    assert "\n  - Trade openness (%): trade\\_gdp, core, weight 0.5" in whole


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("node", ["policy_clarity_share", "programme_openness", "B1", "gdp_cny"])
def test_no_line_is_too_long(node: str, width: int, lang: str, run: Run) -> None:
    done = run("framework", "show", node, "--lang", lang, "--width", width)
    assert [line for line in done.out.splitlines() if cell_len(line) > width] == []
