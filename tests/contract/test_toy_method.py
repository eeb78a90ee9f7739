"""A new method is one class and one name in its stage's union: everything else finds it there.

The class is put into a copy of the package, which other processes then run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.unit.small_framework import damaged

TOY = '''\
"""A normalisation that nobody needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from stiscore.methods.base import Array
from stiscore.methods.maps import Affine, ColumnSpec, bend, level_at, line_through
from stiscore.methods.scaling import Ends, Scaling, extremes


class Toy(Scaling):
    """From 0 at the worst value to ``top`` at the best.

    Reference: nobody (2026), section 1.

    >>> share = ColumnSpec("share", benefit=True, curve="linear", goalposts=None)
    >>> Toy(top=7).fit(np.array([[1.0], [2.0]]), [share])[0].scale
    7.0
    """

    id: Literal["toy"] = "toy"
    top: Annotated[float, Field(gt=0)] = 10.0
    reference: ClassVar[str] = "nobody (2026), section 1"

    def fit(
        self, values: Array, columns: Sequence[ColumnSpec], units: Sequence[str] = ()
    ) -> tuple[Affine, ...]:
        del units
        ends = [extremes(bend(values[:, j], spec.curve)) for j, spec in enumerate(columns)]
        return tuple(
            line_through(spec, told, (0.0, self.top), clip=False, bent=True)
            if told[0] < told[1]
            else level_at(spec, self.top / 2)
            for spec, told in zip(columns, ends, strict=True)
        )

    def ends(self, units: int) -> Ends:
        del units
        return 0.0, self.top
'''
LAST = "    | Categories,\n"
COPIED = ("stiscore", "tests", "sample_data")


@pytest.fixture(scope="module")
def place(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with the toy in it: a file, its import, and its name in the union."""
    top = tmp_path_factory.mktemp("copy")
    left = shutil.ignore_patterns("__pycache__", "broken", "snapshots", "golden")
    for folder in COPIED:
        shutil.copytree(repo / folder, top / folder, ignore=left)
    for file in ("indicators.yaml", "pyproject.toml"):
        shutil.copy(repo / file, top / file)
    methods = top / "stiscore" / "methods"
    (methods / "toy.py").write_text(TOY, encoding="utf-8")
    union = methods / "normalise.py"
    text = union.read_text(encoding="utf-8")
    assert text.count(LAST) == 1
    text = text.replace(LAST, LAST.replace(",", "\n    | Toy,"))
    text = text.replace("\n__all__", "from stiscore.methods.toy import Toy\n\n__all__", 1)
    union.write_text(text, encoding="utf-8")
    return top


def run(place: Path, *words: str, code: int = 0) -> str:
    """What a module of the copy prints; ``code`` is how it must end."""
    told = {**os.environ, "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=place, env=told, capture_output=True, text=True, encoding="utf-8", check=False,
        timeout=300,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def scores(text: str) -> list[float]:
    units = json.loads(text)["units"]
    return [unit["score"] for unit in units if unit["score"] is not None]


def test_the_command_line_knows_it(place: Path) -> None:
    cards = json.loads(run(place, "stiscore", "methods", "--format", "json"))
    held = cards["methods"] if isinstance(cards, dict) else cards
    [card] = [card for card in held if card["id"] == "toy"]
    assert card["stage"] == "normalise"
    assert card["parameters"] == {"top": 10.0}
    assert card["summary"] == "From 0 at the worst value to ``top`` at the best."
    assert "toy" in run(place, "stiscore", "methods")


def test_it_scores_and_its_settings_are_checked(place: Path) -> None:
    table = ("stiscore", "evaluate", "sample_data/economies_2022.xlsx", "-q", "-F", "json")
    ten = scores(run(place, *table, "--method", "normalise=toy"))
    twenty = scores(run(place, *table, "--method", "normalise=toy", "--method", "normalise.top=20"))
    assert ten
    assert twenty == pytest.approx([2 * score for score in ten], rel=1e-12)
    assert 0 < min(ten) < max(ten) <= 10
    run(place, *table, "--method", "normalise=toy", "--method", "normalise.top=-1", code=2)


def test_yaml_and_json_schema_accept_it(place: Path) -> None:
    schema = json.loads(run(place, "stiscore", "framework", "schema"))
    for settings, fine in (("{id: toy, top: 5}", True), ("{id: toy, bottom: 5}", False)):
        text = damaged(("{id: goalposts}", settings))
        (place / "made.yaml").write_text(text, encoding="utf-8")
        run(place, "stiscore", "framework", "check", "-f", "made.yaml", code=0 if fine else 3)
        validator = jsonschema.Draft202012Validator(schema)
        assert validator.is_valid(yaml.safe_load(text)) == fine


def test_the_contract_tests_meet_it(place: Path) -> None:
    tests = [f"tests/contract/test_{name}.py" for name in ("methods", "normalise")]
    wanted = ["-k", "toy", "-q", "-p", "no:cacheprovider", "-o", "addopts="]
    told = run(place, "pytest", *tests, *wanted, "-o", "testpaths=tests")
    assert int(told.split(" passed")[0].split()[-1]) > 30
    assert "1 passed" in run(
        place, "pytest", "-q", "-p", "no:cacheprovider", "stiscore/methods/toy.py"
    )
