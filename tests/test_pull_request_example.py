"""The GitHub workflow of docs/examples: what it may do, and what its comparison tells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

EXAMPLE = Path("docs") / "examples" / "compare-on-pull-request.yml"
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not shutil.which("git") or not shutil.which("bash"), reason="needs git, bash"
)


@pytest.fixture
def workflow(repo: Path) -> dict[Any, Any]:
    told = yaml.safe_load((repo / EXAMPLE).read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_may_do_no_more_than_it_must(workflow: dict[Any, Any]) -> None:
    # YAML 1.1 reads the key ``on`` as true.
    assert set(workflow[True]) == {"pull_request"}
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    for step in steps(workflow):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
            kept = step.get("with", {}).get("persist-credentials", False)
            assert kept is False
        # What a pull request can name must not become a part of a script.
        assert "${{" not in step.get("run", "")
    assert [s["run"] for s in steps(workflow) if s.get("name") == "Install"] == [
        "pip install ./base"
    ]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [*GIT, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def two_versions(folder: Path, repo: Path, *, faulty: bool) -> tuple[str, str]:
    """A repository with a sample before and after one figure changed, checked out as both."""
    origin = folder / "origin"
    table = origin / "data" / "各省 2022.xlsx"
    table.parent.mkdir(parents=True)
    git(origin, "init", "-q")
    shutil.copy(repo / "sample_data" / "provinces_2022.xlsx", table)
    (origin / "data" / "notes.txt").write_text("one", encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "before")
    before = git(origin, "rev-parse", "HEAD")
    book = openpyxl.load_workbook(table)
    book["数据"]["B3"] = "x" if faulty else 20
    book.save(table)
    (origin / "data" / "notes.txt").write_text("two", encoding="utf-8")
    git(origin, "commit", "-qam", "after")
    for name, commit in (("base", before), ("head", "HEAD")):
        git(folder, "clone", "-q", "origin", name)
        git(folder / name, "checkout", "-q", commit if commit != "HEAD" else "HEAD")
    return before, git(origin, "rev-parse", "HEAD")


@pytest.mark.parametrize("faulty", [False, True])
def test_the_comparison_runs(
    faulty: bool, workflow: dict[Any, Any], repo: Path, tmp_path: Path
) -> None:
    before, after = two_versions(tmp_path, repo, faulty=faulty)
    tools = tmp_path / "tools"
    tools.mkdir()
    command = tools / "stiscore"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m stiscore "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (script,) = (step["run"] for step in steps(workflow) if step.get("name") == "Compare")
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(repo),
            "BASE": before,
            "HEAD": after,
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = (tmp_path / "short.md").read_text(encoding="utf-8")
    assert told == (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert ("D101" in told) is faulty
    assert told.count("\n# ") + told.startswith("# ") == (0 if faulty else 1)
    assert not (tmp_path / "changes.md").exists()
