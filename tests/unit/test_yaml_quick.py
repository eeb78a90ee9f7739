"""The quick way through YAML gives what the careful way gives, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from stiscore.errors import FrameworkInvalid
from stiscore.io.yaml_quick import quick_value
from stiscore.io.yaml_tree import read_tree

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False))
DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, WORDS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(WORDS, inner, max_size=4)),
    max_leaves=12,
)


def test_shipped_file_is_read_alike(repo: Path) -> None:
    raw = (repo / "indicators.yaml").read_bytes()
    assert quick_value(raw) == read_tree(raw, "f").value


@given(DATA)
def test_data_is_read_alike(data: object) -> None:
    for text in (json.dumps(data), yaml.safe_dump(data, allow_unicode=True)):
        quick = quick_value(text.encode())
        try:
            careful = read_tree(text, "f").value
        except FrameworkInvalid:
            assert quick is None
        else:
            assert quick in (careful, None)


@pytest.mark.parametrize(
    "text",
    [
        "a: *b",
        "a: &b 1",
        "a: !!str 1",
        "a: !python/object:os.system x",
        "<<: {a: 1}",
        "a: 1\na: 2",
        "a: .inf",
        "a: .nan",
        "a: " + "9" * 50,
        "[" * 60 + "]" * 60,
        "a: [",
        "",
        "a: 1\n---\nb: 2",
        "? [a]\n: 1",
        "a: 'x",
        "#" * 1_000_001,
    ],
)
def test_the_unusual_is_left_to_the_careful_way(text: str) -> None:
    assert quick_value(text.encode()) is None


def test_bytes_that_are_no_text() -> None:
    assert quick_value(b"a: \xff\xfe") is None
