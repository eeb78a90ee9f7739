"""Agreement with COINr, Compind and Python packages, file by file.

``reference.csv`` lists every file of both folders with its state: ``agrees`` (with the tolerance,
relative and absolute alike) or ``input`` (read by the cases of others). The folders' READMEs say
with which function and arguments each file was made.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.golden.cases import all_cases
from tests.golden.cases.folder import Folder

TABLE = Path(__file__).with_name("reference.csv")
STATES = {"agrees", "input"}


def _listed() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LISTED = _listed()
CASES = all_cases()


@pytest.mark.parametrize(
    "entry", [e for e in LISTED if e["state"] == "agrees"], ids=lambda e: e["file"]
)
def test_agrees(shared: Path, entry: dict[str, str]) -> None:
    pairs = list(CASES[entry["file"]](Folder(shared / "reference")))
    assert pairs, "a case compares something"
    tolerance = float(entry["tolerance"])
    assert tolerance <= 1e-9 or entry["note"], "a wider tolerance needs its reason"
    for label, ours, theirs in pairs:
        assert theirs.size, label
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance, err_msg=label)


def test_every_file_is_listed_with_its_state(shared: Path) -> None:
    folder = shared / "reference"
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*.csv")}
    listed = [entry["file"] for entry in LISTED]
    assert sorted(listed) == sorted(there)
    for entry in LISTED:
        assert entry["state"] in STATES, entry
        assert (entry["file"] in CASES) == (entry["state"] == "agrees"), entry
