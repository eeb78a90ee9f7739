"""Every finding code has a sample in sample_data/broken that yields it and nothing else.

A case is a command line, run once in a copy of the folder. What it finds is taken where it is
printed, so that the kept messages are those people read; each is kept in both languages.
"""

from __future__ import annotations

import csv
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

import stiscore
from stiscore.cli.app import app
from stiscore.errors import StiscoreError
from stiscore.finding import Finding, Findings
from stiscore.report import findings_forms, findings_text, jsonout
from stiscore.words import Lang
from stiscore.words.faults import SAYINGS
from tests.cli.broken_surroundings import SURROUNDINGS
from tests.cli.conftest import FRAMEWORK_OPTIONS, PLAIN, Snapshot

REPO = Path(__file__).resolve().parent.parent.parent
BROKEN = REPO / "sample_data" / "broken"
LARGEST, LARGEST_FOLDER = 20_000, 450_000
BY_HAND = {"README.md", "cases.csv", "framework.yaml"}
# In a language of its own: no option of the command line, but a call.
CALL = "call"


class Case(NamedTuple):
    """A row of cases.csv."""

    code: str
    file: str
    command: str
    exit: str
    beside: str
    built: str


class Ran(NamedTuple):
    """How a case ended: its exit code, what it printed, the findings it told."""

    exit: int
    text: str
    found: Findings

    def own(self, code: str) -> Findings:
        return Findings(f for f in self.found if f.code == code)


def cases() -> dict[str, Case]:
    with (BROKEN / "cases.csv").open(encoding="utf-8", newline="") as table:
        rows = [Case(**row) for row in csv.DictReader(table)]
    assert len({row.code for row in rows}) == len(rows)
    return {row.code: row for row in rows}


CASES = cases()


class Runs:
    """Every case as it ran in a copy of the folder, each run once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._held: dict[str, Ran] = {}

    def of(self, case: Case) -> Ran:
        if case.code not in self._held:
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(self.folder)
                if case.built in SURROUNDINGS:
                    SURROUNDINGS[case.built](self.folder, patch)
                self._held[case.code] = called() if case.built == CALL else ran(case, patch)
        return self._held[case.code]


def ran(case: Case, patch: pytest.MonkeyPatch) -> Ran:
    """Run a command line and keep the findings that go to the printers."""
    seen: list[Finding] = []
    full, sentences, finding = findings_text.full, findings_text.sentences, jsonout.finding

    def printed(told: Iterable[Finding], lang: Lang) -> str:
        held = list(told)
        seen.extend(held)
        return full(held, lang)

    def said(told: Iterable[Finding], lang: Lang) -> str:
        held = list(told)
        seen.extend(held)
        return sentences(held, lang)

    def listed(told: Finding) -> jsonout.Json:
        seen.append(told)
        return finding(told)

    patch.setattr(findings_text, "full", printed)
    patch.setitem(findings_forms.FORMS, "text", printed)
    patch.setattr(findings_text, "sentences", said)
    patch.setattr(jsonout, "finding", listed)
    runner = CliRunner(env={**PLAIN, **dict.fromkeys(FRAMEWORK_OPTIONS)})
    done = runner.invoke(app, shlex.split(case.command))
    return Ran(done.exit_code, done.stdout + done.stderr, Findings(seen))


def called() -> Ran:
    """The one case that no command line comes to."""
    try:
        stiscore.compare([])
    except StiscoreError as error:
        told = Findings(f for f in error.findings if isinstance(f, Finding))
        return Ran(error.exit_code, str(error), told)
    raise AssertionError


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    folder = tmp_path_factory.mktemp("broken") / "samples"
    shutil.copytree(BROKEN, folder)
    return Runs(folder)


@pytest.mark.parametrize("code", sorted(SAYINGS))
def test_a_sample_yields_exactly_its_code(code: str, runs: Runs) -> None:
    assert code in CASES, f"{code} has no row in sample_data/broken/cases.csv"
    case = CASES[code]
    done = runs.of(case)
    assert {f.code for f in done.found} == {code, *case.beside.split()}, done.text
    assert done.exit == int(case.exit), done.text
    if " -F json" not in case.command:
        what = findings_text.sentences(done.own(code)[:1], "en")
        assert what in done.text
    assert not case.file or case.built or (BROKEN / case.file).is_file()


def test_every_case_is_of_a_code_and_every_surrounding_of_a_case() -> None:
    assert set(CASES) - set(SAYINGS) == set()
    assert {c.built for c in CASES.values()} - {"", CALL} == set(SURROUNDINGS)


@pytest.mark.parametrize("name", ["clean.csv", "clean.xlsx", "C332_economies.csv"])
def test_nothing_is_found_in_a_sound_table(name: str, runs: Runs) -> None:
    sound = Case(name, name, f"validate {name} -f framework.yaml --strict", "0", "", "")
    done = runs.of(sound)
    assert (done.exit, done.found) == (0, ())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_messages(lang: Lang, runs: Runs, snapshot: Snapshot) -> None:
    blocks = [block(case, runs.of(case), lang) for _, case in sorted(CASES.items())]
    text = "\n".join(blocks)
    assert str(runs.folder) not in text
    assert not re.search(r"\{\w*\}", text)
    snapshot(f"broken_{lang}", text)


def block(case: Case, done: Ran, lang: Lang) -> str:
    """The command line and what it says of the case's own code, as it is printed."""
    told = findings_text.full(done.own(case.code), lang).splitlines(keepends=True)[:-1]
    option = " --lang zh" if lang == "zh" and case.built != CALL else ""
    command = case.command if case.built == CALL else f"stiscore {case.command}{option}"
    return f"$ {command}\n{''.join(told)}"


def test_samples_are_small_and_as_the_tool_makes_them(tmp_path: Path) -> None:
    tool = REPO / "tools" / "build_broken.py"
    subprocess.run([sys.executable, tool, tmp_path], check=True, capture_output=True, cwd=REPO)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    held = {file.name: file.read_bytes() for file in BROKEN.iterdir()}
    assert sorted(made) == sorted(held.keys() - BY_HAND), "run python tools/build_broken.py"
    # What is packed differs with the library that packs it.
    packed = {"R118.xlsx", "R123.xlsx"}
    assert [n for n in made if made[n] != held[n] and n not in packed] == []
    assert max(map(len, held.values())) < LARGEST
    assert sum(map(len, held.values())) < LARGEST_FOLDER
