"""Fixtures all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repo() -> Path:
    """The top of the checkout."""
    return REPO


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real and hostile files beside the checkout; without it only CI fails."""
    folder = REPO.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the folder 'shared' must stand beside the checkout in CI")
        pytest.skip("the folder 'shared' does not stand beside the checkout")
    return folder
