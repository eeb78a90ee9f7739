"""Running the program as people do, and comparing what it says with what it said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.testing
from typer.main import get_command
from typer.testing import CliRunner

from stiscore.cli.app import app

SNAPSHOTS = Path(__file__).parent / "snapshots"
TWO_YEARS = (
    "unit,year,trade_gdp,gerd_abroad_share\n"
    "北京,2021,10,0.1\n北京,2022,20,0.2\n上海,2021,30,0.3\n上海,2022,40,0.1\n"
)
FAULTY = "unit,trade_gdp,gerd_abroad_share\n北京,10,134\n上海,x,0.3\n江苏,20,0.1\n"
UPDATE = "STISCORE_UPDATE_SNAPSHOTS"
PLAIN = {"TERM": "dumb", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
FRAMEWORK_OPTIONS = ("STISCORE_LANG", "STISCORE_FRAMEWORK", "STISCORE_DEBUG")


class Done(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
Process = Callable[..., subprocess.CompletedProcess[bytes]]
Samples = dict[str, Path]
Snapshot = Callable[[str, str], None]


@pytest.fixture(scope="session", autouse=True)
def built_once() -> Iterator[None]:
    """The tree of commands, built once: for each run anew it takes longer than most runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(typer.testing, "_get_command", cache(get_command))
        yield


@pytest.fixture(scope="session")
def run() -> Run:
    """The program within this process: fast, and all that most tests need."""
    runner = CliRunner(env={**PLAIN, **dict.fromkeys(FRAMEWORK_OPTIONS)})

    def runs(*arguments: object) -> Done:
        done = runner.invoke(app, [str(a) for a in arguments])
        return Done(done.exit_code, done.stdout, done.stderr)

    return runs


@pytest.fixture(scope="session")
def process(repo: Path) -> Process:
    """The program as a process of its own, standard input closed; bytes as they come."""

    def runs(
        *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        kept = {k: v for k, v in os.environ.items() if k not in FRAMEWORK_OPTIONS}
        path = os.pathsep.join(p for p in (str(repo), kept.get("PYTHONPATH")) if p)
        return subprocess.run(
            [sys.executable, "-m", "stiscore", *map(str, arguments)],
            cwd=cwd,
            env={**kept, "PYTHONPATH": path, **PLAIN, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )

    return runs


@pytest.fixture(scope="session")
def samples(repo: Path) -> Samples:
    """The sample workbooks by name."""
    folder = repo / "sample_data"
    return {
        "provinces": folder / "provinces_2022.xlsx",
        "economies": folder / "economies_2022.xlsx",
        "full": folder / "provinces_full_invented.xlsx",
    }


@pytest.fixture
def snapshot() -> Snapshot:
    """Compares a text with the kept one; with STISCORE_UPDATE_SNAPSHOTS=1 keeps the new one."""

    def compares(name: str, text: str) -> None:
        file = SNAPSHOTS / f"{name}.txt"
        if os.environ.get(UPDATE) == "1":
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no snapshot {name}: run once with {UPDATE}=1 and read what it says"
        assert text == file.read_text(encoding="utf-8")

    return compares


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    return written(tmp_path / "two.csv", TWO_YEARS)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return written(tmp_path / "faulty.csv", FAULTY)


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def scores(text: str) -> dict[str, float | None]:
    return {u["id"]: u["score"] for u in json.loads(text)["units"]}
