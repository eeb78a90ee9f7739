"""Where the shipped framework and the sample data are: in a checkout, or inside the package."""

from __future__ import annotations

from pathlib import Path

from stiscore.errors import EnvironmentFault

PACKAGE = Path(__file__).resolve().parent.parent
FRAMEWORK = "indicators.yaml"
SAMPLES = "sample_data"


def shipped_framework(package: Path = PACKAGE) -> Path:
    """The framework that comes with stiscore.

    In a checkout it is the file at the top, which is the one people edit; a copy that an earlier
    build left in the package never hides it. Raises EnvironmentFault when there is neither.
    """
    return _shipped(FRAMEWORK, package)


def shipped_samples(package: Path = PACKAGE) -> Path:
    """The folder of sample workbooks, by the same rule."""
    return _shipped(SAMPLES, package)


def _shipped(name: str, package: Path) -> Path:
    top = package.parent
    # A package in site-packages has neighbours too: only a checkout has a project file beside it.
    checkout = (top / "pyproject.toml").is_file()
    for place in [top / name, package / name] if checkout else [package / name]:
        if place.exists():
            return place
    message = f"{name} is missing from the installation; install stiscore again"
    raise EnvironmentFault(message)
