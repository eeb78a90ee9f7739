"""The README's transcripts are what the program prints, and its snippet runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import stiscore as sti

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(r"```\n\$ stiscore (.*)\n((?:.*\n)*?)\.\.\.\n```", README)
SNIPPET = re.search(r"```python\n((?:.*\n)*?)```", README)


@pytest.mark.parametrize(("command", "shown"), TRANSCRIPTS, ids=[c for c, _ in TRANSCRIPTS])
def test_transcript(repo: Path, command: str, shown: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stiscore", *shlex.split(command)],
        cwd=repo,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", "STISCORE_LANG": "en"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.startswith(shown)


def test_there_are_transcripts() -> None:
    assert len(TRANSCRIPTS) == 2


def test_snippet_runs(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SNIPPET is not None
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample_data").symlink_to(repo / "sample_data")
    frame = sti.evaluate(sti.read(sti.sample())).breakdown
    df = frame.pivot_table(index="unit", columns="indicator", values="raw").reset_index()
    exec(compile(SNIPPET[1], "README.md", "exec"), {"df": df})  # noqa: S102
    assert (tmp_path / "card.html").read_text(encoding="utf-8").startswith("<!doctype html>")
