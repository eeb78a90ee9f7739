"""What each reference file is reproduced with, one module a stage.

A module has ``CASES``: file name -> function from the folder to (label, ours, theirs) arrays.
``test_reference.py`` runs them all against the tolerances of ``reference.csv``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable

import numpy as np

from tests.golden.cases.folder import Folder

Pair = tuple[str, np.ndarray, np.ndarray]
Case = Callable[[Folder], Iterable[Pair]]


def all_cases() -> dict[str, Case]:
    """The cases of every module of this package, by ``folder/file``."""
    found: dict[str, Case] = {}
    for module in pkgutil.iter_modules(__path__):
        held = getattr(importlib.import_module(f"{__name__}.{module.name}"), "CASES", {})
        twice = found.keys() & held.keys()
        assert not twice, f"{twice} stand in two modules"
        found |= held
    return found
