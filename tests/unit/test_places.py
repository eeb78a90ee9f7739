"""Columns by runs, and rows told apart, against what numpy does one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stiscore.robust.effects import distinct
from stiscore.robust.places import runs, together

PLACES = st.lists(st.integers(0, 30), max_size=20, unique=True).map(tuple)


@given(PLACES)
def test_runs_are_the_places_in_order(places: tuple[int, ...]) -> None:
    table = np.arange(31)
    parts = [(table[run].tolist(), list(places[part])) for run, part in runs(places)]
    assert all(run == part for run, part in parts)
    assert [place for _, part in parts for place in part] == list(places)


@given(PLACES)
def test_together_they_are_the_same_columns(places: tuple[int, ...]) -> None:
    table = np.arange(62).reshape(2, 31)
    told = table[:, together(places)]
    np.testing.assert_array_equal(told, table[:, list(places)])
    assert isinstance(together((*range(3, 9),)), slice)


@given(st.integers(1, 40), st.integers(1, 90), st.integers(1, 4), st.integers(0, 99))
def test_distinct_rows_are_those_of_numpy(rows: int, columns: int, choices: int, seed: int) -> None:
    met = np.random.default_rng(seed).integers(0, choices, (rows, columns))
    # Few distinct rows among many, in as many columns as would overflow one number for all.
    met = met[np.random.default_rng(seed).integers(0, min(rows, 3), rows)]
    told, number = distinct(met)
    wanted, back = np.unique(met, axis=0, return_inverse=True)
    assert told == [tuple(row) for row in wanted.tolist()]
    np.testing.assert_array_equal(number, back.reshape(-1))
