"""``--peers`` of a card and of a comparison, and the line on units of similar income and size."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from stiscore.words.refused import refused
from tests.cli.conftest import Run, Samples, Snapshot
from tests.cli.test_snapshots import SHA
from tests.published import conforms

GROUP = ["evaluate", "provinces", "-u", "江苏", "--peers", "group"]
NEAREST = ["evaluate", "provinces", "-u", "广东", "--peers", "nearest:5"]
CHINA = ["evaluate", "economies", "-u", "China", "--peers", "income_upper_middle"]
SEVERAL = ["evaluate", "economies", "-u", "China", "-u", "Singapore", "--peers", "nearest:5"]
UNRANKED = ["evaluate", "provinces", "-u", "宁夏", "--peers", "西藏,甘肃"]
COMPARED = ["compare", "economies", "-u", "China", "--peers", "nearest:5"]
ASKED = {"group": GROUP, "nearest": NEAREST, "china": CHINA, "several": SEVERAL}
ASKED |= {"unranked": UNRANKED, "compare": COMPARED}
CASES = {
    "peers_group_en_80": (GROUP, 80),
    "peers_group_zh_80": ([*GROUP, "--lang", "zh"], 80),
    "peers_nearest_en_44": (NEAREST, 44),
    "peers_nearest_both_120": ([*NEAREST, "--lang", "both"], 120),
    "peers_china_zh_120": ([*CHINA, "--lang", "zh"], 120),
    "peers_unranked_en_80": (UNRANKED, 80),
    "peers_compare_en_80": (COMPARED, 80),
    "peers_group_markdown_en": ([*GROUP, "-F", "markdown"], 80),
}


def shown(run: Run, samples: Samples, asked: list[str], width: int = 80) -> str:
    done = run(*(samples.get(a, a) for a in asked), "--width", width, "-q")
    assert (done.code, done.err) == (0, "")
    return done.out


@pytest.mark.parametrize("name", CASES)
def test_what_is_shown(name: str, run: Run, samples: Samples, snapshot: Snapshot) -> None:
    asked, width = CASES[name]
    snapshot(name, SHA.sub("*" * 12, shown(run, samples, asked, width)))


@pytest.mark.parametrize(("lang", "width"), [("en", 44), ("zh", 44), ("zh", 80), ("both", 120)])
@pytest.mark.parametrize("name", ASKED)
def test_no_median_is_lost(name: str, lang: str, width: int, run: Run, samples: Samples) -> None:
    asked = [*ASKED[name], "--draws", "0"]
    text = shown(run, samples, [*asked, "--lang", lang], width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    assert refused(text) == []
    assert "{" not in text
    told = conforms(shown(run, samples, [*asked, "-F", "json"]))
    figures = set(re.findall(r"-?\d+\.\d", text))
    if name == "compare":
        medians = [n["peers"]["median"] for n in told["nodes"] if n["kind"] in {"group", "gap"}]
    else:
        medians = [
            node["peer_median"]
            for unit in told["units"]
            for node in (*unit["groups"], *(g for g in unit["gaps"] if g["severity"] is not None))
        ]
        medians += [unit["peers"]["median"] for unit in told["units"]]
    assert {f"{m:.1f}" for m in medians if m is not None} <= figures


def test_csv_holds_the_same_medians(run: Run, samples: Samples) -> None:
    told = conforms(shown(run, samples, [*GROUP, "-F", "json"]))
    (unit,) = told["units"]
    rows = list(csv.DictReader(io.StringIO(shown(run, samples, [*GROUP, "-F", "csv"]))))
    held = {row["node"]: row["peer_median"] for row in rows}
    assert float(held["openness"]) == unit["peers"]["median"]
    assert float(held["gap_index"]) == unit["peers"]["gap_index_median"]
    for node in (*unit["groups"], *unit["gaps"]):
        given = held[node["id"]]
        assert (float(given) if given else None) == node["peer_median"]
    assert {row["peer_median"] for row in rows if row["kind"] == "indicator"} == {""}


def test_without_peers_a_card_has_no_median(run: Run, samples: Samples) -> None:
    text = shown(run, samples, GROUP[:4])
    assert "median" not in text.split("Range:")[0]
    (unit,) = conforms(shown(run, samples, [*GROUP[:4], "-F", "json"]))["units"]
    assert unit["peers"] is None
    assert unit["similar"]["where"] == "within"


@pytest.mark.parametrize(
    ("asked", "code", "what"),
    [
        (["evaluate", "full", "-u", "北京"], "C350", "no column gives income (income, gdp_"),
        (["evaluate", "provinces", "-u", "宁夏"], "C350", "the unit is not ranked"),
    ],
)
def test_why_there_is_no_range_stands_among_the_notes(
    asked: list[str], code: str, what: str, run: Run, samples: Samples
) -> None:
    given = [samples.get(a, a) for a in asked]
    done = run(*given, "-v")
    assert f"note[{code}]" in done.err
    assert what in done.err
    assert "similar income" not in done.out
    assert code not in run(*given).err
    (unit,) = conforms(run(*given, "-F", "json").out)["units"]
    assert what in unit["similar"]["why"]["en"]


def test_a_unit_beyond_all_others_is_said_to_be_so_in_its_card(run: Run, samples: Samples) -> None:
    text = shown(run, samples, NEAREST)
    assert "No range of units of similar income and size: size outside" in text


def test_labels_rename_the_peers_as_well(run: Run, samples: Samples) -> None:
    text = shown(run, samples, [*NEAREST, "--labels", "iso"])
    (line,) = (line for line in text.splitlines() if line.startswith("Peers: "))
    assert "Sichuan Sheng" in line or "Shandong Sheng" in line


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (["evaluate", "provinces", "--peers", "group"], "U142"),
        (["evaluate", "provinces", "-u", "江苏", "--peers", "nearest:40"], "U190"),
        (["evaluate", "full", "-u", "江苏", "--peers", "nearest:3"], "U191"),
        (["evaluate", "provinces", "-u", "江苏", "--peers", "nearest:x"], "U140"),
        (["compare", "full", "-u", "江苏", "--peers", "nearest:3"], "U191"),
    ],
)
def test_refusals(asked: list[str], code: str, run: Run, samples: Samples) -> None:
    given: list[str | Path] = [samples.get(a, a) for a in asked]
    done = run(*given)
    assert (done.code, done.out) == (2, "")
    assert f"error[{code}]" in done.err
