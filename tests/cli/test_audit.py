"""``stiscore audit``: what it shows, in which form, and what it refuses to compare with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import stiscore as sti
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
    assert pipes.count("\n## ") == len(TABLES)


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
