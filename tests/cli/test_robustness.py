"""``stiscore robustness``: what it shows, in which form, and how a run that is stopped ends."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from stiscore.cli import progress
from stiscore.cli.progress import Bar, bar
from stiscore.words import Lang, Words
from stiscore.words.refused import refused
from stiscore.words.robustness import ROBUSTNESS
from tests.cli.conftest import Run, Samples, Snapshot

SHA = re.compile(r"(?<=sha256 )[0-9a-f]{12}\b|(?<=\"sha256\": \")[0-9a-f]{64}\b")
FIGURE = re.compile(r"(?<![\w.-])-?\d+\.\d{3,}(?:e-?\d+)?")
FEW = ("--draws", 500)
QUICK = ("--draws", 200, "--sobol", "off", "-q")
TITLES = ("ranks", "shifts", "sobol", "dominance", "closeness", "how_exact")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_shown(lang: Lang, run: Run, samples: Samples, snapshot: Snapshot) -> None:
    done = run("robustness", samples["provinces"], *FEW, "--lang", lang)
    assert done.code == 0, done.err
    assert [line for line in done.out.splitlines() if cell_len(line) > 80] == []
    assert refused(done.out) == []
    places = [done.out.index(f"\n{ROBUSTNESS[title].say(lang)}\n") for title in TITLES]
    assert places == sorted(places)
    snapshot(f"robustness_provinces_{lang}_80", SHA.sub("*" * 12, done.out))


def test_what_is_shown_without_indices_at_any_width(
    run: Run, samples: Samples, snapshot: Snapshot
) -> None:
    asked = ("robustness", samples["full"], *QUICK)
    for lang, width in (("en", 44), ("zh", 44), ("both", 120)):
        out = run(*asked, "--lang", lang, "--width", width).out
        assert [line for line in out.splitlines() if cell_len(line) > width] == []
        assert "--sobol off" in " ".join(out.split())
    snapshot("robustness_full_both_120", SHA.sub("*" * 12, out))


@pytest.fixture(scope="module")
def small(repo: Path) -> tuple[object, ...]:
    """A table of eight units in three areas."""
    folder = repo / "sample_data" / "broken"
    return "robustness", folder / "clean.csv", "-f", folder / "framework.yaml"


@pytest.mark.parametrize("form", ["markdown", "csv", "json"])
def test_the_other_forms(
    form: str, run: Run, small: tuple[object, ...], snapshot: Snapshot
) -> None:
    done = run(*small, *FEW, "-q", "-F", form)
    assert (done.code, done.err) == (0, "")
    # The last digits are the processor's.
    told = FIGURE.sub(lambda found: str(round(float(found[0]), 6) + 0.0), done.out)
    snapshot(f"robustness_small_{form}", SHA.sub("*" * 12, told))


def test_text_and_csv_tell_the_figures_of_the_json(run: Run, samples: Samples) -> None:
    asked = ("robustness", samples["provinces"], *QUICK)
    told = json.loads(run(*asked, "-F", "json").out)
    assert told["schema"] == "stiscore.robustness/1"
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(run(*asked, "-F", "csv").out))}
    text = run(*asked).out
    assert len(told["units"]) == len(rows) == 31
    for unit in told["units"]:
        row = rows[unit["id"]]
        if not unit["ranked"]:
            assert (row["median"], row["rank_1"], unit["rank_shares"]) == ("", "", None)
            continue
        assert [float(row[f"rank_{n}"]) for n in range(1, 30)] == unit["rank_shares"]
        assert sum(unit["rank_shares"]) == pytest.approx(1)
        assert (
            float(row["top_5"]) == unit["top"]["5"] == pytest.approx(sum(unit["rank_shares"][:5]))
        )
        low, high = unit["rank_interval"]
        assert re.search(
            rf"^{unit['label']} .* {unit['rank']} +{low}-{high}\^? .* {unit['tier']}$",
            text,
            re.MULTILINE,
        )


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(
    run: Run, small: tuple[object, ...]
) -> None:
    asked = (*small, *QUICK, "-F", "csv")
    first = run(*asked, "--seed", 5).out
    assert run(*asked, "--seed", 5).out == first
    assert run(*asked, "--seed", 6).out != first


def test_a_saved_frame_is_kept(run: Run, samples: Samples, tmp_path: Path) -> None:
    frame = tmp_path / "frame.json"
    assert run("evaluate", samples["provinces"], "--save-frame", frame, "--draws", 0).code == 0
    done = run("robustness", samples["provinces"], *QUICK, "--frame", frame, "-F", "json")
    assert done.code == 0, done.err
    assert json.loads(done.out)["frame"] is not None


@pytest.mark.parametrize(
    "asked",
    [("--draws", 0), ("--draws", -1), ("--tolerance", 2), ("--tolerance", "nan"), ("--jobs", 0),
     ("--sobol", "maybe"), ("--seed", -3), ("--draws", 10**9)],
    ids=lambda asked: "=".join(map(str, asked)),
)  # fmt: skip
def test_what_cannot_be_is_a_usage_error(
    asked: tuple[str, object], run: Run, samples: Samples
) -> None:
    done = run("robustness", samples["provinces"], *asked)
    assert (done.code, done.out) == (2, "")
    assert asked[0] in done.err


def test_errors_in_the_data_stop_it(run: Run, faulty: Path) -> None:
    assert run("robustness", faulty).code == 1
    done = run("robustness", faulty, "--tolerate", *QUICK, "-F", "json")
    assert done.code == 1
    assert json.loads(done.out)["schema"] == "stiscore.robustness/1"


Stopping = Callable[[int], None]


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Stopping:
    """Ctrl-C once so many variants are done."""

    def at(limit: int) -> None:
        def watch(done: int, of: int) -> None:
            del of
            if done >= limit:
                raise KeyboardInterrupt

        @contextmanager
        def instead(*told: Any, **options: Any) -> Iterator[Callable[[int, int], None]]:
            del told, options
            yield watch

        monkeypatch.setattr(progress, "bar", instead)

    return at


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_finished_is_printed_and_the_run_ends_with_130(
    form: str, run: Run, small: tuple[object, ...], stopped: Stopping, tmp_path: Path
) -> None:
    stopped(1)
    file = tmp_path / "told.out"
    done = run(*small, "--draws", 20_000, "-F", form, "-o", file, "-q")
    assert (done.code, done.out, done.err) == (130, "", "")
    text = file.read_text(encoding="utf-8")
    if form == "json":
        assert json.loads(text)["interrupted"] is True
        assert 0 < json.loads(text)["draws"] < 20_000
    else:
        assert "INTERRUPTED: " in text
        assert "上海" in text


def test_nothing_finished_is_nothing_printed(
    run: Run, samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*told: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("stiscore.varying.worked_out", stop)
    done = run("robustness", samples["provinces"])
    assert (done.code, done.out, done.err) == (130, "", "interrupted\n")


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


SAID = Words("{done} of {of} variants", "已完成{done}/{of}")


@pytest.mark.parametrize(("patience", "drawn"), [(0.0, True), (3600.0, False)])
def test_a_bar_is_drawn_for_whoever_waits(
    patience: float, drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", patience)
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("TERM", "xterm")
    with bar(SAID, "zh") as told:
        assert isinstance(told, Bar)
        told(3, 12)
        told(7, 12)
    assert ("已完成7/12" in stderr.getvalue()) is drawn


def test_nobody_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with bar(SAID, "en") as told:
        assert told is None
    monkeypatch.setattr(sys, "stderr", Terminal())
    with bar(SAID, "en", quiet=True) as told:
        assert told is None
