"""``stiscore trends`` as people and scripts run it, at two widths and in both languages."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from stiscore.words.refused import refused
from tests.cli.conftest import Run, Snapshot, written
from tests.cli.test_snapshots import SHA

PANEL = (
    "unit,year,gerd_abroad_share,trade_gdp,tech_market_exchange_gdp\n"
    "北京,2018,0.3,71,15\n北京,2019,0.4,68,16\n北京,2020,0.4,66,18\n北京,2021,0.5,70,20\n"
    "北京,2022,0.6,60,21\n上海,2018,0.7,91,3\n上海,2019,0.8,89,4\n上海,2020,0.9,88,4\n"
    "上海,2021,0.8,90,5\n上海,2022,0.7,95,6\n江苏,2018,0.1,51,1.8\n江苏,2019,0.2,47,2.1\n"
    "江苏,2020,0.2,48,2.2\n江苏,2021,0.2,50,2\n江苏,2022,0.25,,2.5\n贵州,2021,,,1\n"
    "贵州,2022,0.01,4,1\n"
)
ASKED = {
    "index": [],
    "indicator": ["--node", "trade_gdp", "--method", "impute=latest"],
    "each": ["-u", "北京", "-u", "贵州", "--scale", "each", "--method", "normalise=min-max"],
}
CASES = {
    f"trends_{name}_{lang}_{width}": ([*asked, "--lang", lang], width)
    for name, asked in ASKED.items()
    for lang in ("en", "zh")
    for width in (80, 120)
}


@pytest.fixture
def panel(tmp_path: Path) -> Path:
    return written(tmp_path / "panel.csv", PANEL)


def shown(run: Run, panel: Path, asked: list[str], width: int = 80) -> str:
    done = run("trends", panel, *asked, "--width", width, "-q")
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("name", CASES)
def test_what_is_shown(name: str, run: Run, panel: Path, snapshot: Snapshot) -> None:
    asked, width = CASES[name]
    text = shown(run, panel, asked, width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    snapshot(name, SHA.sub("*" * 12, text))


@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_nothing_is_elided(asked: list[str], lang: str, width: int, run: Run, panel: Path) -> None:
    text = shown(run, panel, [*asked, "--lang", lang], width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    assert refused(text) == []
    assert "…" not in text
    assert "{" not in text
    told = json.loads(shown(run, panel, [*asked, "-F", "json"]))
    figures = set(re.findall(r"[\d.-]+", text))
    for unit in told["units"]:
        assert unit["label"] in text
        for point in (unit["values"][0], unit["values"][-1]):
            value = point["value"]
            raw = told["node"]["values"] == "raw"
            assert value is None or (f"{value:g}" if raw else f"{value + 0.0:.1f}") in figures


def test_json_and_csv_hold_the_same_figures(run: Run, panel: Path) -> None:
    told = json.loads(shown(run, panel, ["-F", "json"]))
    assert told["schema"] == "stiscore.trends/1"
    rows = list(csv.DictReader(io.StringIO(shown(run, panel, ["-F", "csv"]))))
    for row, unit in zip(rows, told["units"], strict=True):
        for key in ("rank", "change", "cagr", "trend", "trend_share"):
            assert (float(row[key]) if row[key] else None) == unit[key]
        held = [float(row[year]) if row[year] else None for year in told["years"]]
        assert held == [point["value"] for point in unit["values"]]


FLOWS = (0.000012345678, 0.01567319, 0.1107132, 120.2671, 12.345678)


def _heads(text: str) -> list[str]:
    """The last line of heads of the table, whose rows end at an empty line."""
    lines = text.splitlines()
    return lines[next(n for n, line in enumerate(lines) if line.startswith("Unit "))].split()


def test_years_stay_where_room_is_short(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"北京,{2018 + n},{value}\n" for n, value in enumerate(FLOWS))
    panel = written(tmp_path / "flows.csv", f"unit,year,trade_gdp\n{rows}")
    asked = ["--node", "trade_gdp"]
    text = shown(run, panel, asked, 72)
    assert {"2018", "2019", "2020", "2021", "2022"} <= set(_heads(text))
    row = next(line for line in text.splitlines() if line.startswith("北京")).split()
    assert row[2:7] == ["0.00001235", "0.01567", "0.1107", "120.3", "12.35"]
    assert "Values rounded to 4 figures" in text
    wide = shown(run, panel, asked, 200)
    assert "0.0000123457" in wide
    assert "Values rounded" not in wide


def test_where_years_must_go_the_earliest_go_and_are_named(run: Run, tmp_path: Path) -> None:
    years = [str(year) for year in range(1995, 2023)]
    rows = "".join(f"北京,{year},{n + 10.25}\n" for n, year in enumerate(years))
    panel = written(tmp_path / "long.csv", f"unit,year,trade_gdp\n{rows}")
    text = shown(run, panel, ["--node", "trade_gdp"])
    held = [head for head in _heads(text) if head.isdigit()]
    assert 5 < len(held) < len(years)
    assert held == years[-len(held) :]
    told = " ".join(text[text.index("Columns left out") :].split())
    assert ", ".join(years[: -len(held)]) in told


def test_what_was_done_is_told_of_the_units_shown(run: Run, panel: Path) -> None:
    methods = ("impute=median", "treat=winsorise", "normalise=min-max")
    fill = [word for method in methods for word in ("--method", method)]
    done = shown(run, panel, ["-u", "江苏", *fill], 300)
    assert "1 filled: 江苏 Jiangsu 2022 (16:4)" in done
    assert "贵州 Guizhou 2021" not in done
    assert "Filling and treatment (impute median, treat winsorise) rest on the rows of all" in done
    told = json.loads(shown(run, panel, ["-u", "江苏", *fill, "-F", "json"]))
    assert {a["unit"] for a in told["applied"]} > {"CN-JS"}
    one = shown(run, panel, [*fill, "--scale", "2022"], 300)
    assert "rest on the rows of 2022 in every year" in one
    assert "Filling and treatment" not in shown(run, panel, [*fill, "--scale", "each"], 300)


@pytest.mark.parametrize(("scale", "lines"), [("pooled", 1), ("each", 2)])
def test_a_transform_is_told_once_a_scale(scale: str, lines: int, run: Run, tmp_path: Path) -> None:
    units = ("北京", "天津", "河北", "山西", "上海", "江苏", "浙江", "安徽")
    rows = [f"{u},{y},{n + 4 + (n // 7) * 120}" for y in (2021, 2022) for n, u in enumerate(units)]
    skewed = written(tmp_path / "skewed.csv", "\n".join(["unit,year,trade_gdp", *rows, ""]))
    method = ["--method", "normalise=min-max", "--method", "treat=box-cox"]
    text = shown(run, skewed, ["-u", "北京", "--scale", scale, *method], 300)
    told = [line for line in text.splitlines() if "values transformed" in line]
    assert len(told) == lines
    assert ("all 16 values" in told[0]) is (scale == "pooled")
    assert told[-1].startswith("2022: ") is (scale == "each")


def test_the_years_there_are_and_the_order_of_a_range(run: Run, panel: Path) -> None:
    unknown = run("trends", panel, "--scale", "2010").err
    assert "there are: 2018, 2019, 2020, 2021, 2022, each, pooled" in unknown
    assert "stiscore inspect FILE" in unknown
    turned = run("trends", panel, "--years", "2022:2018").err
    assert "--years takes FROM:TO with the earlier year first, not '2022:2018'" in turned
    alone = run("compare", panel, "--year", "2022:2018").err
    assert "--year takes FROM:TO with the earlier year first" in alone


def test_one_year_looks_back_when_the_method_says_so(run: Run, panel: Path) -> None:
    asked = ("evaluate", panel, "--year", "2022", "--method", "impute=latest", "-q")
    told = json.loads(run(*asked, "-F", "json").out)
    (change,) = told["applied"]
    assert (change["unit"], change["node"], change["after"]) == ("CN-JS", "trade_gdp", 50.0)
    assert change["location"] == {"file": "panel.csv", "line": 15, "column": 4}
    assert "1 filled: 江苏 Jiangsu (from 15:4) 50" in run(*asked).out
    assert (
        "| 江苏 Jiangsu | Trade openness | filled | latest | from 15:4 |"
        in run(*asked, "-F", "markdown").out
    )
    assert (
        "由latest按其他年份填补" in run("explain", panel, "江苏", *asked[2:-1], "--lang", "zh").out
    )


def test_every_scoring_command_looks_back_alike(run: Run, panel: Path) -> None:
    method = ("--method", "impute=latest")
    one = json.loads(run("evaluate", panel, "--year", "2022", *method, "-F", "json").out)
    scores = {unit["id"]: unit["score"] for unit in one["units"]}
    trends = json.loads(shown(run, panel, [*method, "-F", "json"]))
    assert {u["id"]: u["values"][-1]["value"] for u in trends["units"]} == scores
    compared = run("compare", panel, "--years", "all", *method, "-F", "json", "-q").out
    latest = {u["id"]: u["tables"][-1]["score"] for u in json.loads(compared)["units"]}
    assert latest == scores


@pytest.mark.parametrize(
    ("asked", "code", "exit_code"),
    [
        (["--scale", "2030"], "U101", 2),
        (["--node", "talnt"], "U101", 2),
        (["--years", "2022"], "U151", 2),
        (["--years", "2001:2022"], "L114", 2),
        (["--years", "2022:2018"], "U103", 2),
        (["--node", "foreign_talent"], "U106", 2),
    ],
)
def test_refusals(asked: list[str], code: str, exit_code: int, run: Run, panel: Path) -> None:
    done = run("trends", panel, *asked)
    assert done.code == exit_code
    assert f"error[{code}]" in done.err
    assert done.out == ""


def test_strict_ends_in_findings(run: Run, panel: Path) -> None:
    assert run("trends", panel, "--strict", "-q").code == 1


def test_an_output_is_written_whole(run: Run, panel: Path, tmp_path: Path) -> None:
    target = tmp_path / "trends.csv"
    assert run("trends", panel, "-o", target, "-q").code == 0
    assert target.read_text(encoding="utf-8") == shown(run, panel, ["-F", "csv"])
