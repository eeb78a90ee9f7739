"""Every reason a method gives for refusing data has its words, and says what the message says."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import stiscore.methods
from stiscore.framework import uncertainty
from stiscore.methods import siblings
from stiscore.words.faults.methods import UNFIT
from stiscore.words.faults.wanted import RULES

METHODS = Path(inspect.getfile(stiscore.methods)).parent
FACTORS = Path(inspect.getfile(uncertainty))


def _reasons() -> set[str]:
    """The keys that the methods and the factors of variants raise Unfit with."""
    told = set(siblings._NEEDS)
    for file in (*METHODS.glob("*.py"), FACTORS):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Unfit"
            if named and isinstance(node.args[0], ast.Constant):
                told.add(node.args[0].value)
    return told


def test_every_reason_has_words_and_no_words_are_idle() -> None:
    assert _reasons() == set(UNFIT) | set(RULES)
    assert not set(UNFIT) & set(RULES)


@pytest.mark.parametrize("reason", siblings._NEEDS)
def test_the_message_is_the_english_sentence(reason: str) -> None:
    assert UNFIT[reason].en == siblings._NEEDS[reason]
