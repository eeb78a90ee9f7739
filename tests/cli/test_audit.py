"""``stiscore audit``: what it shows, in which form, and what it refuses to compare with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import stiscore as sti
from stiscore.words.audit import HEADS
from stiscore.words.refused import refused
from tests.cli.conftest import Run, Samples, Snapshot, written

SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b")
TABLES = [
    "availability-units", "availability-indicators", "availability-areas", "missingness",
    "distributions", "correlations-within", "correlations-areas", "correlations-redundant",
    "correlations-indicators", "reliability", "reliability-without", "components", "loadings",
    "weights", "importance", "information", "leave-out", "size", "evidence",
]  # fmt: skip


def parsed(text: str) -> dict[str, Any]:
    return {table["id"]: table for table in json.loads(text)["tables"]}


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["provinces", "economies"])
def test_what_is_shown(
    name: str, lang: str, width: int, run: Run, samples: Samples, snapshot: Snapshot
) -> None:
    done = run("audit", samples[name], "--lang", lang, "--width", width)
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if cell_len(line) > width] == []
    assert refused(done.out) == []
    snapshot(f"audit_{name}_{lang}_{width}", SHA.sub("*" * 12, done.out))


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_narrow_text_drops_whole_columns_and_says_so(lang: str, run: Run, samples: Samples) -> None:
    done = run("audit", samples["full"], "--lang", lang, "--width", 44)
    assert [line for line in done.out.splitlines() if cell_len(line) > 44] == []
    assert "…" not in done.out
    assert ("因宽度所限" if lang == "zh" else "Columns left out") in done.out.replace("\n", " ")


def test_json_holds_every_table_in_full(run: Run, samples: Samples) -> None:
    done = run("audit", samples["provinces"], "-F", "json")
    told = json.loads(done.out)
    assert (told["schema"], told["correlation"], told["against"]) == (
        "stiscore.audit/1", "pearson", None,
    )  # fmt: skip
    assert sorted(parsed(done.out)) == sorted(TABLES)
    data = sti.audit(sti.read(samples["provinces"]))
    for table in told["tables"]:
        keys = [column["id"] for column in table["columns"]]
        assert all(list(row) == keys for row in table["rows"])
        assert {*table["verdict"]} == {"en", "zh"}
        assert len(table["rows"]) == len(data.table(table["id"]).rows)
    shifts = [row["mean_shift"] for row in parsed(done.out)["leave-out"]["rows"]]
    assert shifts == list(data.table("leave-out").column("mean_shift"))


def test_text_and_markdown_print_the_figures_of_the_json(run: Run, samples: Samples) -> None:
    file = samples["provinces"]
    rows = parsed(run("audit", file, "-F", "json").out)["reliability"]["rows"]
    text = run("audit", file, "--width", 120).out
    pipes = run("audit", file, "-F", "markdown").out
    assert len(rows) > 2
    for row in rows:
        figures = [str(row["parts"]), str(row["complete"]), f"{row['alpha']:.2f}"]
        assert re.search(
            rf"{re.escape(row['group']['en'])} +{' +'.join(figures)}$", text, re.MULTILINE
        )
        assert f" | {' | '.join(figures)} |" in pipes
    assert pipes.startswith("# Coherence audit\n")
    assert pipes.count("\n## ") == len(TABLES) + 1


@pytest.fixture(scope="module")
def asem(run: Run, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A tree of three levels and 49 indicators: its data and its framework."""
    folder = shared / "reference" / "coinr"
    framework = tmp_path_factory.mktemp("asem") / "asem.yaml"
    done = run("framework", "from-coinr", folder / "asem_input_iMeta.csv", "-o", framework)
    assert done.code == 0, done.err
    return folder / "asem_input_iData.csv", framework


def test_long_tables_of_pairs_show_what_is_remarked(run: Run, asem: tuple[Path, Path]) -> None:
    data, framework = asem
    done = run("audit", data, "--framework", framework, "-F", "json")
    within = parsed(done.out)["correlations-within"]["rows"]
    plain = sum(row["state"] is None for row in within)
    text = run("audit", data, "--framework", framework, "--width", 200).out
    told = text.split("\nCorrelations within areas\n")[1].split("\nCorrelations between areas\n")[0]
    assert 0 < plain < len(within)
    assert len(within) > 40
    assert f"{plain} of {len(within)} pairs" in told
    assert len(re.findall(r" -?\d\.\d\d +\d+  \S", told)) == len(within) - plain
    pipes = run("audit", data, "--framework", framework, "-F", "markdown").out
    table = pipes.split("## Correlations within areas")[1].split("\n## ")[0]
    assert len([line for line in table.splitlines() if line.startswith("|")]) == len(within) + 2


def test_a_threshold_of_nothing_is_not_told(run: Run, asem: tuple[Path, Path]) -> None:
    data, framework = asem
    text = run("audit", data, "--framework", framework, "--width", 200).out
    assert not re.search(r"\b(under|least|hold) 0%", text)
    assert "All 49 indicators have values, the one with fewest for 84% of units" in text


def test_what_every_table_comes_to_stands_at_the_top(run: Run, samples: Samples) -> None:
    tables = parsed(run("audit", samples["provinces"], "-F", "json").out).values()
    text = run("audit", samples["provinces"], "--width", 2000).out
    top = text.split("\nData by unit\n")[0].splitlines()
    start = top.index("What it comes to") + 1
    assert top[start:] == [f"- {t['title']['en']}: {t['verdict']['en']}" for t in tables]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_verdicts_speak_of_stays_at_eighty_columns(
    lang: str, run: Run, samples: Samples
) -> None:
    text = run("audit", samples["economies"], "--lang", lang, "--width", 80).out
    spoken = {"outliers", "clipped", "crowded", "state", "over"}
    left_out = re.findall(
        r"(?:Columns left out at this width: |因宽度所限未显示的列：)(.*?)(?:\.|。)",
        text,
        re.DOTALL,
    )
    gone = "".join(left_out).replace("\n", "" if lang == "zh" else " ")
    names = {HEADS[head].say(lang) for head in spoken}
    assert len(left_out) > 0
    assert [name for name in names if name in gone] == []
    assert HEADS["kurtosis"].say(lang) in gone


def test_notes_told_before_are_told_once(run: Run, samples: Samples) -> None:
    tables = parsed(run("audit", samples["provinces"], "-F", "json").out).values()
    text = run("audit", samples["provinces"], "--width", 2000).out
    notes = [note["en"] for table in tables for note in table["notes"]]
    assert len(notes) > len(set(notes))
    assert {note for note in notes if text.splitlines().count(note) != 1} == set()
    assert "Further notes as under: Correlations within areas." in text


def test_the_kind_of_correlation_is_the_one_asked_for(run: Run, samples: Samples) -> None:
    by_kind = {
        kind: parsed(run("audit", samples["economies"], "--correlation", kind, "-F", "json").out)[
            "size"
        ]["rows"][0]["r"]
        for kind in ("pearson", "spearman", "kendall")
    }
    assert len(set(by_kind.values())) == 3
    assert abs(by_kind["kendall"]) < abs(by_kind["spearman"])


def test_another_index_is_matched_by_the_registry(
    run: Run, samples: Samples, tmp_path: Path
) -> None:
    scores = {u.label: u.score for u in sti.evaluate(sti.read(samples["provinces"])).report.units}
    names = {"上海": "Shanghai", "北京": "110000", "江苏": "江苏省"}
    lines = [f"{names.get(u, u)},2022,{2 * s + 1},n/a" for u, s in scores.items()]
    table = "Province,Year,Total,Remark\n" + "\n".join([*lines, "Atlantis,2022,3,n/a"])
    file = written(tmp_path / "other.csv", f"{table}\n")
    done = run("audit", samples["provinces"], "--against", file, "-F", "json")
    assert done.code == 0, done.err
    told = parsed(done.out)["against"]
    assert json.loads(done.out)["against"] == "other.csv"
    (row,) = told["rows"]
    assert (row["column"], row["n"]) == ("Total", 31)
    assert row["pearson"] == pytest.approx(1)
    assert row["spearman"] == pytest.approx(1)
    assert "31 of 32 units of the file" in told["notes"][0]["en"]
    assert "Atlantis" in told["notes"][1]["en"]


@pytest.mark.parametrize(
    "table",
    ["Province,Remark\n北京,good\n上海,bad\n", "a,b\n1,2\n3,4\n", "Unit,Score\nAtlantis,1\n"],
    ids=["no figures", "no units", "none of these units"],
)
def test_a_file_that_is_no_index_of_these_units_is_refused(
    table: str, run: Run, samples: Samples, tmp_path: Path
) -> None:
    file = written(tmp_path / "other.csv", table)
    done = run("audit", samples["provinces"], "--against", file)
    assert (done.code, done.out) == (2, "")
    assert "U103" in done.err
    assert "--against takes" in done.err


def test_tables_of_different_columns_are_no_csv(run: Run, samples: Samples, tmp_path: Path) -> None:
    done = run("audit", samples["provinces"], "-o", tmp_path / "a.csv")
    assert done.code == 2
    assert "-o takes text, json or markdown" in done.err
    assert not (tmp_path / "a.csv").exists()
    assert run("audit", samples["provinces"], "-o", tmp_path / "a.md", "-q").code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("# Coherence audit")


def test_errors_in_the_data_stop_it(run: Run, faulty: Path) -> None:
    assert run("audit", faulty).code == 1
    done = run("audit", faulty, "--tolerate", "-F", "json")
    assert done.code == 1
    assert sorted(parsed(done.out)) == sorted(TABLES)
