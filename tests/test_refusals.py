"""What the tool refuses to say that is no matter of words: numbers it does not give.

Each is tried on the outputs of the commands themselves, in every format they have.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import stiscore as sti
from stiscore.cli.app import app
from stiscore.words.refused import causal
from tests.lines import LINES, SAMPLES, commands, panel

PROVINCES = str(sti.sample("provinces"))
ECONOMIES = str(sti.sample("economies"))
FULL = str(sti.sample("full"))
# Tibet has values for 45 % of the weight of the sample's columns; a rank needs 66 %.
UNRANKED = "CN-XZ"
BAND = "Band"
STRICT = [
    name for name, told in commands().items()
    if told.strict and name != "validate" and re.search(r"\{data\}|\{panel\}", str(LINES[name]))
]  # fmt: skip
STAY = {"en": "stay as they are", "zh": "保持不变"}
OTHERS = {"en": "other", "zh": "其他单位"}


def says(*arguments: object) -> tuple[int, str, str]:
    """Exit code, product and notes of a command."""
    runner = CliRunner(env={"COLUMNS": "100", "STISCORE_LANG": None, "STISCORE_FRAMEWORK": None})
    done = runner.invoke(app, [str(a) for a in arguments])
    return done.exit_code, done.stdout, done.stderr


def product(*arguments: object, code: int = 0) -> str:
    ended, out, err = says(*arguments)
    assert ended == code, (arguments, err)
    return out


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def objects(told: Any) -> Iterator[dict[str, Any]]:
    """Every object within JSON."""
    if isinstance(told, dict):
        yield told
        told = list(told.values())
    if isinstance(told, list):
        for inner in told:
            yield from objects(inner)


def written(file: Path, rows: Sequence[Sequence[object]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    return file


# No composite number under the minimum.


@pytest.mark.parametrize("command", STRICT)
def test_strict_gives_no_number_of_a_thin_framework(command: str, tmp_path: Path) -> None:
    years = tmp_path / "years.csv"
    years.write_text(panel("provinces"), encoding="utf-8")
    given = SAMPLES["provinces"] | {"data": PROVINCES, "panel": years, "folder": tmp_path}
    for line in LINES[command]:
        code, out, err = says(command, *shlex.split(line.format(**given)), "--strict")
        assert (code, out) == (1, ""), (command, line)
        assert "error[C305]" in err


# No rank under coverage.


def test_an_unranked_unit_has_no_rank_in_the_table() -> None:
    for lang in ("en", "zh", "both"):
        for form in ("text", "markdown"):
            out = product("evaluate", PROVINCES, "--draws", 5, "-F", form, "--lang", lang)
            row = next(line for line in out.splitlines() if "西藏" in line or "Tibet" in line)
            # Rank, range and tier stand before the score, which stands in brackets.
            before, _, _ = row.replace("\\", "").partition("[39.8]")
            cells = re.findall(r"[^|\s]+", before)
            assert cells.count("-") == 3, row
            assert set(cells) <= {"-", "西藏", "Tibet"}, row
    rows = table(product("evaluate", PROVINCES, "--draws", 5, "-F", "csv"))
    whole = [r for r in rows if r["kind"] == "index" and r["unit"] == UNRANKED]
    assert [(r["rank"], r["rank_low"], r["rank_high"], r["tier"]) for r in whole] == [("",) * 4]
    assert all(r["rank"] for r in rows if r["kind"] == "index" and r["unit"] == "CN-BJ")


@pytest.mark.parametrize(
    "line",
    [
        "evaluate {data} --draws 5",
        f"evaluate {{data}} -u {UNRANKED} --draws 5",
        f"explain {{data}} {UNRANKED} --draws 5",
        f"compare {{data}} -u {UNRANKED} -u CN-BJ --draws 5",
        f"gaps {{data}} -u {UNRANKED} --draws 5",
        "robustness {data} --draws 20 --sobol off",
        f"whatif {{data}} {UNRANKED} trade_gdp=x2 --draws 5",
        f"target {{data}} {UNRANKED} --score 50 --draws 5",
    ],
)
def test_an_unranked_unit_has_no_rank_in_json(line: str) -> None:
    told = json.loads(product(*shlex.split(line.format(data=PROVINCES)), "-F", "json"))
    found = list(of_unit(told))
    assert found
    for held in found:
        keys = ("rank", "tier", "rank_interval", "nominal_outside", "rank_shares", "median")
        assert [held[key] for key in keys if held.get(key) is not None] == []
        places = held.get("rank_in_group", {}).values()
        assert {p["rank"] if isinstance(p, dict) else p for p in places} <= {None}


def of_unit(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Objects that tell the unranked unit's place as a whole."""
    for held in objects(told):
        if UNRANKED in (held.get("id"), held.get("unit")):
            yield held
            yield from held.get("tables", ())[:1]
            # In explanations, what-ifs and targets the unit's figures stand beside its names.
            beside = (told, held)
            yield from (o[k] for o in beside for k in ("before", "after", "now") if o.get(k))
            return


def test_an_unranked_unit_has_no_rank_to_reach() -> None:
    code, out, err = says("target", PROVINCES, UNRANKED, "--rank", 3, "--draws", 5)
    assert (code, out) == (2, "")
    assert "error[U182]" in err


def test_an_unranked_unit_has_no_rank_in_words() -> None:
    rank = re.compile(r"\b(?:rank|ranks) \d|第\d+位")
    for command in (
        ["evaluate", PROVINCES, "-u"],
        ["gaps", PROVINCES, "-u"],
        ["whatif", PROVINCES],
    ):
        change = ["trade_gdp=x2"] if command[0] == "whatif" else []
        for lang in ("en", "zh"):
            out = product(*command, UNRANKED, *change, "--draws", 5, "--lang", lang)
            # Below the table of gaps it is said what a rank is: that of a gap, first the smallest.
            told = [line for line in out.splitlines() if "差距最小" not in line]
            assert not rank.search("\n".join(told)), command


# No band under half of the weight, none across levels.


def test_there_are_no_bands_under_half_of_the_weight() -> None:
    assert bands(FULL) > {None}
    for sample in (PROVINCES, ECONOMIES):
        assert bands(sample) == {None}
        out = product("evaluate", sample, "-u", "CHN" if sample == ECONOMIES else "CN-BJ")
        assert BAND not in out
    assert BAND in product("evaluate", FULL, "-u", "CN-BJ")


def bands(sample: str) -> set[str | None]:
    told = json.loads(product("evaluate", sample, "--draws", 5, "-F", "json"))
    return {held["band"] for held in objects(told["units"]) if "band" in held}


@pytest.mark.parametrize("command", ["evaluate", "compare", "gaps", "robustness", "audit"])
def test_levels_are_never_mixed(command: str, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [
        ("unit", "trade_gdp", "gerd_abroad_share"),
        ("北京", 30, 0.2), ("上海", 40, 0.3), ("Germany", 80, 5), ("France", 60, 7),
    ]  # fmt: skip
    mixed = written(tmp_path / "mixed.csv", rows)
    code, out, err = says(command, mixed)
    assert (code, out) == (1, "")
    assert "error[L108]" in err


def test_tables_of_different_levels_are_not_compared() -> None:
    for command in ("compare", "diff"):
        code, out, _ = says(command, PROVINCES, ECONOMIES)
        assert code
        assert out == ""


# No change of rank where columns or goalposts differ.


@pytest.fixture
def other_columns(tmp_path: Path) -> Path:
    """Two years of provinces; the first lacks one of the columns."""
    rows = list(csv.reader(io.StringIO(panel("provinces"))))
    place = rows[0].index("tech_market_exchange_gdp")
    for row in rows[1:]:
        row[place] = "" if row[1] == "2021" else row[place]
    return written(tmp_path / "panel.csv", rows)


@pytest.fixture
def other_goalposts(tmp_path: Path, repo: Path) -> Path:
    """The framework with one end of one scale moved."""
    text = (repo / "indicators.yaml").read_text(encoding="utf-8")
    start = text.index("id: trade_gdp")
    ends = re.compile(r"goalposts: \[[^\]]+\]")
    moved = text[:start] + ends.sub("goalposts: [3, 99]", text[start:], count=2)
    file = tmp_path / "other.yaml"
    file.write_text(moved, encoding="utf-8")
    return file


def test_ranks_do_not_change_where_columns_differ(other_columns: Path) -> None:
    compared = product("compare", other_columns, "--years", "all", "--draws", 0, "-F", "json")
    told = [place for unit in json.loads(compared)["units"] for place in unit["tables"]]
    assert {place["rank_change"] for place in told} == {None}
    expect_no_rank_change("diff", other_columns, "--year", "2021:2022")


def test_ranks_do_not_change_where_goalposts_differ(other_goalposts: Path, tmp_path: Path) -> None:
    expect_no_rank_change("diff", PROVINCES, "--new-framework", other_goalposts)
    years = tmp_path / "years.csv"
    years.write_text(panel("provinces"), encoding="utf-8")
    apart = ("--years", "all", "--method", "normalise=min-max", "--scale", "each", "--draws", 0)
    told = json.loads(product("compare", years, *apart, "-F", "json"))
    places = [place for unit in told["units"] for place in unit["tables"]]
    assert {place["rank_change"] for place in places} == {None}


def test_ranks_do_change_where_nothing_differs_but_the_figures(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(panel("provinces"))))
    place = rows[0].index("trade_gdp")
    for number, row in enumerate(rows[1:]):
        row[place] = str(number % 31 * 2) if row[1] == "2021" else row[place]
    years = written(tmp_path / "panel.csv", rows)
    told = json.loads(product("diff", years, "--year", "2021:2022", "-F", "json"))
    assert {unit["rank_change"] for unit in told["units"]} - {None, 0}


def expect_no_rank_change(*arguments: object) -> None:
    told = json.loads(product(*arguments, "-F", "json"))
    assert told["units"]
    assert {unit["rank_change"] for unit in told["units"]} == {None}
    assert {row["rank_change"] for row in table(product(*arguments, "-F", "csv"))} == {""}


# No target beyond levers.


@pytest.mark.parametrize(
    ("sample", "goal"),
    [
        (ECONOMIES, "CHN --score 36"),
        (PROVINCES, "CN-GD --rank 3"),
        (FULL, "CN-GD --gap foreign_rd_funding --below 10"),
    ],
)
def test_a_target_moves_levers_alone(sample: str, goal: str) -> None:
    told = json.loads(product("target", sample, *goal.split(), "--draws", 5, "-F", "json"))
    levers = {i.id for i in sti.load_framework().indicators if i.lever and i.role == "core"}
    assert told["changes"]
    assert {change["id"] for change in told["changes"]} <= levers


# No alpha, no KMO and no components of a sample too small for them.


def test_coherence_is_not_computed_of_few_units(tmp_path: Path) -> None:
    head, *rows = csv.reader(io.StringIO(panel("full")))
    few = [row for row in rows if row[1] == "2022"][:4]
    small = written(tmp_path / "few.csv", [head, *few])
    tables = {t["id"]: t for t in json.loads(product("audit", small, "-F", "json"))["tables"]}
    asked = {"reliability", "reliability-without", "components", "loadings"}
    assert asked <= set(tables)
    for name in asked:
        assert (tables[name]["skipped"], tables[name]["rows"]) == (True, [])
        assert tables[name]["notes"]
    enough = json.loads(product("audit", FULL, "-F", "json"))["tables"]
    assert not next(t for t in enough if t["id"] == "components")["skipped"]


# What is supposed is arithmetic.


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize(
    "line", ["whatif {data} CN-GD trade_gdp=x2", "target {data} CN-GD --rank 3"]
)
def test_what_is_supposed_is_arithmetic_and_others_stay(line: str, lang: str) -> None:
    for form in ("text", "markdown"):
        arguments = shlex.split(line.format(data=PROVINCES))
        out = product(*arguments, "--draws", 5, "-F", form, "--lang", lang)
        whole = "".join(out.split()) if lang == "zh" else " ".join(out.split())
        for each in ("en", "zh") if lang == "both" else (lang,):
            told = "".join(out.split()) if each == "zh" else whole
            assert STAY[each] in told
            assert OTHERS[each] in told
        assert causal(out) == []
