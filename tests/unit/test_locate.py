"""Which file is the shipped one: the checkout's wins, a neighbour of an installed package never."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stiscore.errors import EnvironmentFault
from stiscore.framework.locate import shipped_framework, shipped_samples

FINDERS = pytest.mark.parametrize(
    ("find", "name"), [(shipped_framework, "indicators.yaml"), (shipped_samples, "sample_data")]
)


@FINDERS
def test_a_checkout_wins_over_a_stale_copy(
    find: Callable[[Path], Path], name: str, tmp_path: Path
) -> None:
    package = tmp_path / "stiscore"
    (package / name).mkdir(parents=True)
    (tmp_path / name).mkdir()
    (tmp_path / "pyproject.toml").touch()
    assert find(package) == tmp_path / name


@FINDERS
def test_without_a_project_file_the_neighbour_is_a_stranger(
    find: Callable[[Path], Path], name: str, tmp_path: Path
) -> None:
    package = tmp_path / "stiscore"
    (package / name).mkdir(parents=True)
    (tmp_path / name).mkdir()
    assert find(package) == package / name


@FINDERS
def test_a_checkout_without_the_file_falls_back(
    find: Callable[[Path], Path], name: str, tmp_path: Path
) -> None:
    package = tmp_path / "stiscore"
    (package / name).mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    assert find(package) == package / name


@FINDERS
def test_a_broken_installation_says_so(
    find: Callable[[Path], Path], name: str, tmp_path: Path
) -> None:
    with pytest.raises(EnvironmentFault, match=name):
        find(tmp_path / "stiscore")


def test_this_checkout_is_found(repo: Path) -> None:
    assert shipped_framework() == repo / "indicators.yaml"


def test_finding_the_file_does_not_load_pydantic() -> None:
    asked = "import sys, stiscore.framework.locate; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
