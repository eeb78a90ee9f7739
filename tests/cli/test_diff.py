"""``stiscore diff``: what it shows, in which form, and edits of real files under their factor."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from rich.cells import cell_len

import stiscore as sti
from stiscore.words import Lang
from stiscore.words.diff import DIFF
from stiscore.words.refused import refused
from tests.cli.conftest import Run, Samples, Snapshot
from tests.published import conforms

SHA = re.compile(r"(?<=sha256[ \n])[0-9a-f]{12}\b")
YEARS = ("--year", "2021:2022")
GOALPOST = "regional: {goalposts: [0, 100]"
FEW = ("--draws", 100, "-q")


@pytest.mark.parametrize(("lang", "width"), [("en", 80), ("zh", 80), ("both", 120), ("en", 44)])
def test_what_is_shown(
    lang: Lang, width: int, run: Run, samples: Samples, snapshot: Snapshot
) -> None:
    done = run("diff", samples["full"], *YEARS, *FEW, "--lang", lang, "--width", width)
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if cell_len(line) > width] == []
    assert refused(done.out) == []
    titles = ("within", "largest", "movers", "split", "split_ranks")
    places = [done.out.index(f"\n{DIFF[title].say(lang)}\n") for title in titles]
    assert places == sorted(places)
    snapshot(f"diff_full_{lang}_{width}", SHA.sub("*" * 12, done.out))


@pytest.fixture(scope="module")
def broken(repo: Path) -> Path:
    return repo / "sample_data" / "broken"


@pytest.mark.parametrize("form", ["markdown", "csv", "json", "text"])
def test_the_other_forms(form: str, run: Run, broken: Path, snapshot: Snapshot) -> None:
    asked = (broken / "C336_2021.csv", broken / "clean.csv", "-f", broken / "framework.yaml")
    more = ("--new-weights", "foreign_talent=2", "--new-method", "aggregate=geometric")
    done = run("diff", *asked, *more, *FEW, "-F", form)
    assert (done.code, done.err) == (0, "")
    told = re.sub(r"-?\d+\.\d{5,}(e-?\d+)?", lambda n: f"{float(n[0]):.6f}", done.out)
    told = re.sub(r"[0-9a-f]{64}", "*" * 12, SHA.sub("*" * 12, told))
    snapshot(f"diff_small_{form}", told)


def test_csv_and_json_tell_the_same(run: Run, samples: Samples) -> None:
    asked = ("diff", samples["full"], *YEARS, *FEW)
    told = conforms(run(*asked, "-F", "json").out)
    rows = list(csv.DictReader(io.StringIO(run(*asked, "-F", "csv").out)))
    assert len(rows) == len(told["units"]) == 31
    for row, unit in zip(rows, told["units"], strict=True):
        assert float(row["change"]) == unit["change"]
        parts = unit["decomposition"]
        assert {key: float(row[key]) for key in parts} == parts
        assert sum(parts.values()) == pytest.approx(unit["change"], abs=1e-10)
        assert int(row["rank_change"]) == unit["rank_change"]
        assert row["distinguishable"] == str(unit["distinguishable"]).lower()
        assert row["mover_1"] == unit["movers"][0]["indicator"]


def moving(told: dict[str, Any]) -> set[str]:
    """The factors that move any unit."""
    return {f for u in told["units"] for f, by in u["decomposition"].items() if abs(by) > 1e-9}


def edited(samples: Samples, folder: Path, value: float | None) -> Path:
    """The sample of provinces with the trade of Guangdong altered."""
    data = sti.read(samples["provinces"])
    column = data.position("trade_gdp")
    assert column is not None
    row = [unit.id for unit in data.units].index("CN-GD")
    line, place = data.origin[row, column].tolist()
    book = load_workbook(samples["provinces"])
    book[str(data.source.sheet)].cell(line, place).value = value
    book.save(folder / "edited.xlsx")
    return folder / "edited.xlsx"


@pytest.mark.parametrize(("value", "factor"), [(60.0, "data"), (None, "coverage")])
def test_an_edited_cell(
    value: float | None, factor: str, run: Run, samples: Samples, tmp_path: Path
) -> None:
    other = edited(samples, tmp_path, value)
    done = run("diff", samples["provinces"], other, "--draws", 0, "-F", "json", "-q")
    told = conforms(done.out)
    assert told["factors"] == [factor]
    assert moving(told) == {factor}
    assert sum(abs(u["change"]) > 1e-9 for u in told["units"]) == 1


@pytest.mark.parametrize(
    ("old", "new", "factor"),
    [
        (r"(id: trade_gdp\b.*?regional:\n +goalposts: \[[\d.]+, )[\d.]+", r"\g<1>99", "frame"),
        (r"(aggregate: \{id: )arithmetic", r"\1geometric", "method"),
        (r"(id: trade_gdp\b.*?weight: )0.5", r"\g<1>0.6", "weights"),
    ],
    ids=["goalpost", "aggregate", "weight"],
)
def test_an_edited_copy_of_the_framework(
    old: str, new: str, factor: str, run: Run, samples: Samples, repo: Path, tmp_path: Path
) -> None:
    text = (repo / "indicators.yaml").read_text(encoding="utf-8")
    copy, count = re.subn(old, new, text, count=1, flags=re.DOTALL)
    assert count == 1
    file = tmp_path / "new.yaml"
    file.write_text(copy, encoding="utf-8")
    asked = ("diff", samples["provinces"], "--new-framework", file, "--draws", 0, "-q")
    done = run(*asked, "-F", "json")
    assert done.code == 0, done.err
    told = conforms(done.out)
    assert told["factors"] == [factor]
    assert moving(told) == {factor}
    assert told["no_rank_change"] == (["goalposts"] if factor == "frame" else [])


def test_one_factor_alone_is_said_and_named(run: Run, samples: Samples) -> None:
    asked = ("diff", samples["provinces"], *FEW, "--new-weights")
    told = " ".join(run(*asked, "global_resources=2,trade_gdp=3").out.split())
    assert DIFF["one_factor"].say("en", factor="Weights") in told
    named = "Trade openness 0.5 -> 3; Utilisation of global innovation resources 1 -> 2."
    assert f"Declared weights that differ: {named}" in told
    assert DIFF["split_ranks"].say("en") not in told


def test_ranges_that_nothing_moves_tell_no_change_apart(run: Run, shared: Path) -> None:
    real = shared / "data" / "real"
    years = (
        real / "cn_yearbook_1-14_rd_by_source_region_2021_raw.xlsx",
        real / "cn_rd_by_source_region_2022_tidy.xlsx",
    )
    told = conforms(run("diff", *years, *FEW, "-F", "json").out)
    assert any(unit["rank_change"] for unit in told["units"])
    assert {u["distinguishable"] for u in told["units"] if u["rank_change"]} == {None}
    page = run("diff", *years, *FEW).out
    assert DIFF["still_ranges"].say("en") in " ".join(page.split())
    assert " *" not in page


def test_a_value_that_stays_is_said_to(run: Run, samples: Samples, tmp_path: Path) -> None:
    other = edited(samples, tmp_path, None)
    asked = ("diff", samples["provinces"], other, "-u", "广东", *FEW)
    page = run(*asked, "--width", 120).out
    assert "71.5246 -> -" in page
    assert "5.28673, as before" in page or "37.0781, as before" in page


def test_the_same_file_twice(run: Run, samples: Samples) -> None:
    for more in ((), (samples["provinces"],)):
        asked = ("diff", samples["provinces"], *more, "--year", "2022")
        assert run(*asked).code == 2
    done = run("diff", samples["provinces"], samples["provinces"], "--draws", 0, "-q")
    assert done.code == 0
    assert "Nothing changed" in done.out


def test_named_units_alone_are_shown(run: Run, samples: Samples) -> None:
    asked = ("diff", samples["full"], *YEARS, "--draws", 0, "-q", "-u", "海南", "-F")
    told = conforms(run(*asked, "json").out)
    assert [u["id"] for u in told["units"]] == ["CN-HI"]
    assert run("diff", samples["full"], *YEARS, "-u", "海男").code == 2


@pytest.mark.parametrize(
    "asked",
    [("--year", "2022:2021"), ("--year", "2022:2022"), ("--year", ":2022"), ("--year", "1999:2022"),
     ("--year", "2022"), ("--new-method", "aggregate=nothing"), ("--new-weights", "hubs"),
     ("--new-framework", "missing.yaml")],
    ids="=".join,
)  # fmt: skip
def test_what_cannot_be_is_one_clear_line(
    asked: tuple[str, str], run: Run, samples: Samples
) -> None:
    done = run("diff", samples["full"], *asked)
    assert done.code in {2, 3}
    assert done.out == ""
    assert "Traceback" not in done.err
