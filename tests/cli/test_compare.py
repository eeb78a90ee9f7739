"""``stiscore compare`` as people and scripts run it, at every width and in every language."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from stiscore.words.refused import refused
from tests.cli.conftest import Process, Run, Samples, Snapshot, written
from tests.cli.test_snapshots import SHA

PANEL = (
    "unit,year,gerd_abroad_share,trade_gdp,tech_market_exchange_gdp\n"
    "北京,2021,0.5,70,20\n北京,2022,0.6,60,21\n上海,2021,0.8,90,5\n上海,2022,0.7,95,6\n"
    "江苏,2021,0.2,50,2\n江苏,2022,0.25,,2.5\n贵州,2022,0.01,4,1\n"
)
OLD = "unit,gerd_abroad_share,trade_gdp,tech_market_exchange_gdp\n北京,0.5,70,20\n上海,0.8,90,5\n"
NEW = "unit,gerd_abroad_share,trade_gdp\n北京,0.6,60\n上海,0.7,95\n"

THREE = ["provinces", "-u", "上海", "-u", "江苏", "-u", "贵州"]
PEERS = ["provinces", "-u", "江苏", "--peers", "group"]
ALL = ["provinces", "--group", "东北地区"]
YEARS = ["panel", "--years", "all", "-u", "北京", "-u", "贵州"]
FILES = ["old", "new"]
CASES = {
    f"compare_{name}_{lang}_{width}": ([*asked, "--lang", lang], width)
    for name, asked in (("units", THREE), ("years", YEARS))
    for lang, width in (("en", 44), ("en", 80), ("zh", 80), ("both", 120))
}
CASES |= {
    "compare_units_zh_44": ([*THREE, "--lang", "zh"], 44),
    "compare_units_en_120": (THREE, 120),
    "compare_peers_en_80": (PEERS, 80),
    "compare_peers_zh_44": ([*PEERS, "--lang", "zh"], 44),
    "compare_group_both_80": ([*ALL, "--lang", "both"], 80),
    "compare_files_en_80": (FILES, 80),
    "compare_units_ascii_80": ([*THREE, "--ascii"], 80),
}
Files = dict[str, Path]


@pytest.fixture
def files(samples: Samples, tmp_path: Path) -> Files:
    made = {"panel": PANEL, "old": OLD, "new": NEW}
    return samples | {n: written(tmp_path / f"{n}.csv", text) for n, text in made.items()}


def shown(run: Run, files: Files, asked: list[str], width: int = 80) -> str:
    done = run("compare", *(files.get(a, a) for a in asked), "--width", width, "-q")
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("name", CASES)
def test_what_is_shown(name: str, run: Run, files: Files, snapshot: Snapshot) -> None:
    asked, width = CASES[name]
    text = shown(run, files, asked, width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    snapshot(name, SHA.sub("*" * 12, text))


@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("asked", [THREE, PEERS, ALL, YEARS, FILES], ids=lambda a: "_".join(a[:2]))
def test_no_unit_and_no_figure_is_lost(
    asked: list[str], lang: str, width: int, run: Run, files: Files
) -> None:
    text = shown(run, files, [*asked, "--lang", lang], width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    assert refused(text) == []
    assert "…" not in text
    assert "{" not in text
    told = json.loads(shown(run, files, [*asked, "-F", "json"]))
    figures = set(re.findall(r"[+\d.-]+", text))
    for unit in told["units"]:
        for place in unit["tables"]:
            for key in ("score", "gap_index") if len(told["data"]) == 1 else ("score",):
                assert place[key] is None or f"{place[key]:.1f}" in figures
    if "-u" in asked:
        groups = [n for n in told["nodes"] if n["kind"] == "group"]
        values = [v for n in groups for v in n["values"].values() if v and v["score"] is not None]
        assert {f"{v['score']:.1f}" for v in values} <= figures
        steps = [v[k] for v in values for k in ("difference", "change") if v[k] is not None]
        if len(told["data"]) > 1:
            steps = [v["change"] for v in values if v["change"] is not None]
        assert {f"{s + 0.0:+.1f}" for s in steps if abs(s) > 0.05} <= figures


def test_json_and_csv_hold_the_same_figures(run: Run, files: Files) -> None:
    told = json.loads(shown(run, files, [*YEARS, "-F", "json"]))
    assert told["schema"] == "stiscore.compare/1"
    assert [d["file"] for d in told["data"]] == ["panel.csv"] * 2
    rows = list(csv.DictReader(io.StringIO(shown(run, files, [*YEARS, "-F", "csv"]))))
    periods = [d["period"] for d in told["data"]]
    for n in told["nodes"]:
        for unit, figure in n["values"].items():
            found = [
                r
                for r in rows
                if (r["unit"], r["node"], r["period"]) == (unit, n["id"], periods[n["data"]])
            ]
            if figure is None:
                assert found == []
                continue
            (row,) = found
            for key in ("raw", "score", "rank", "rank_in_group", "difference", "change"):
                assert (float(row[key]) if row[key] else None) == figure[key]


def test_json_says_what_the_figures_stand_on(run: Run, files: Files) -> None:
    told = json.loads(shown(run, files, [*FILES, "-F", "json"]))
    assert [d["label"] for d in told["data"]] == ["old.csv", "new.csv"]
    assert told["left_out"] == {"tech_market_exchange_gdp": ["new.csv"]}
    assert {"framework", "method", "not_measured", "findings", "level"} <= told.keys()
    assert {f["code"] for f in told["findings"]} >= {"C331", "C334"}


def test_invented_data_say_so(run: Run, files: Files) -> None:
    asked = ["full", "-u", "北京", "-u", "上海"]
    assert "INVENTED DATA" in shown(run, files, asked).splitlines()[1]
    assert json.loads(shown(run, files, [*asked, "-F", "json"]))["data"][0]["invented"] is True
    rows = csv.DictReader(io.StringIO(shown(run, files, [*asked, "-F", "csv"])))
    assert all("invented" in r["flags"].split(";") for r in rows)


def test_markdown(run: Run, files: Files) -> None:
    told = shown(run, files, [*THREE, "-F", "markdown"])
    assert told.startswith("# STI Openness Framework")
    rows = [line for line in told.splitlines() if line.startswith("|")]
    assert any(re.match(r"\| Score \| 82\.\d \| ", row) for row in rows)
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("asked", "code", "exit_code"),
    [
        (["old", "--frame", "a.json", "--frame", "b.json"], "U141", 2),
        (["panel", "--years", "all", "--year", "2021"], "U147", 2),
        (["old", "-u", "北京", "--peers", "nearest:0"], "U140", 2),
        (["old", "-u", "北京", "--peers", "nearest:5"], "U191", 2),
        (["old", "old"], "C330", 1),
        (["old", "economies"], "C332", 1),
        (["old", "absent.csv"], "R100", 2),
    ],
)
def test_refusals(asked: list[str], code: str, exit_code: int, run: Run, files: Files) -> None:
    done = run("compare", *(files.get(a, a) for a in asked))
    assert (done.code, done.out) == (exit_code, "")
    assert f"error[{code}]" in done.err


def test_warnings_are_counted_and_strict_counts_them(run: Run, files: Files) -> None:
    done = run("compare", files["old"], files["new"])
    assert done.code == 0
    assert done.err.startswith("Warnings: ")
    assert "-v" in done.err
    assert "warning[C331]" in run("compare", files["old"], files["new"], "-v").err
    assert run("compare", files["old"], files["new"], "--strict").code == 1


def test_errors_set_aside_are_said_once(run: Run, files: Files, faulty: Path) -> None:
    stopped = run("compare", files["old"], faulty)
    assert (stopped.code, stopped.out) == (1, "")
    assert "faulty.csv:2:3 error[D203]" in stopped.err
    done = run("compare", files["old"], faulty, "--tolerate", "--width", 300)
    assert done.code == 1
    assert done.out.count("set aside as missing (--tolerate): 2") == 1
    assert re.search(r"^北京 Beijing ! ", done.out, re.MULTILINE)
    assert "Errors set aside: 2" in done.err


def test_an_output_file_is_not_an_input(run: Run, files: Files, tmp_path: Path) -> None:
    done = run("compare", files["old"], files["new"], "-o", files["new"], "--force", "-F", "csv")
    assert (done.code, "R152" in done.err) == (2, True)
    assert files["new"].read_text("utf-8") == NEW
    target = tmp_path / "out.json"
    assert run("compare", files["old"], files["new"], "-o", target, "-q").out == ""
    assert json.loads(target.read_text("utf-8"))["schema"] == "stiscore.compare/1"


@pytest.mark.parametrize("encoding", ["cp936", "cp1252"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_legacy_code_page_keeps_figures_and_columns(
    encoding: str, lang: str, process: Process, files: Files, run: Run
) -> None:
    asked = [files.get(a, a) for a in [*THREE, "--lang", lang, "-q"]]
    done = process("compare", *asked, env={"PYTHONIOENCODING": encoding})
    assert done.returncode == 0, done.stderr
    legacy = done.stdout.decode(encoding).splitlines()
    whole = run("compare", *asked, "--width", 80).out.splitlines()
    assert [re.findall(r"\d+\.\d", a) for a in legacy] == [re.findall(r"\d+\.\d", b) for b in whole]
    tables = [(a, b) for a, b in zip(legacy, whole, strict=True) if re.search(r"  +\d+\.\d", b)]
    assert len(tables) > 10
    assert all(cell_len(a.rstrip()) == cell_len(b) for a, b in tables)


def test_bars_have_a_stand_in_where_the_code_page_has_none(
    process: Process, samples: Samples
) -> None:
    asked = ["evaluate", samples["provinces"], "-q"]
    env = {"COLUMNS": "120", "PYTHONIOENCODING": "cp1252"}
    told = process(*asked, env=env).stdout.decode("cp1252")
    plain = process(*asked, "--ascii", env=env).stdout.decode("cp1252")
    assert "#" in told
    assert [line.rstrip() for line in told.splitlines()] == plain.splitlines()
