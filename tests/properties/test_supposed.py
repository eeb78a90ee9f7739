"""What must hold of every supposed change, whatever the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stiscore.analysis.evaluated import Evaluated, examine
from stiscore.analysis.outcome import Outcome, outcome
from stiscore.analysis.scenario import with_values
from stiscore.analysis.supposed import Change
from stiscore.dataset import Dataset
from stiscore.errors import UsageError
from stiscore.finding import Findings
from stiscore.framework.model import Framework
from stiscore.pipeline import fit, score
from stiscore.supposing import whatif
from tests.made import scored
from tests.supposed import PLAIN, QUANTITIES, UNITS, card, computed

Case = tuple[Framework, Dataset]
FACTORS = st.floats(0.01, 100)


def _examined(case: Case) -> Evaluated:
    made, data = case
    return examine(score(fit(made, data), data), Findings())


def _bytes(told: Evaluated) -> list[bytes]:
    held = (told.scores.groups, told.scores.normalised, told.scores.points, told.gaps.severity)
    return [(table + 0.0).tobytes() for table in held]


@given(scored(), st.data())
def test_no_change_gives_the_same_bytes(case: Case, data: st.DataObject) -> None:
    told = _examined(case)
    row = data.draw(st.integers(0, len(told.scores.data.units) - 1))
    values = told.scores.data.values[row]
    same = {c: float(v) for c, v in zip(told.scores.data.ids, values, strict=True)}
    assert _bytes(with_values(told, row, same)) == _bytes(told)
    assert _bytes(with_values(told, row, {})) == _bytes(told)


@given(scored(), st.data(), st.floats(-30, 30))
def test_a_value_is_as_if_it_stood_in_the_cell_and_back_again(
    case: Case, data: st.DataObject, value: float
) -> None:
    made, table = case
    told = _examined(case)
    row = data.draw(st.integers(0, len(table.units) - 1))
    column = data.draw(st.sampled_from(table.ids))
    there = with_values(told, row, {column: value})
    typed = table.values.copy()
    typed[row, table.ids.index(column)] = value
    edited = replace(table, values=typed)
    # On goalposts nothing is learned of a value; which columns there are does not change.
    if not np.isnan(table.values[:, table.ids.index(column)]).all():
        assert _bytes(there) == _bytes(_examined((made, edited)))
    back = with_values(there, row, {column: float(table.values[row, table.ids.index(column)])})
    assert _bytes(back) == _bytes(told)


@given(scored(), st.data(), st.floats(-30, 30))
def test_only_the_unit_itself_is_scored_otherwise(
    case: Case, data: st.DataObject, value: float
) -> None:
    told = _examined(case)
    row = data.draw(st.integers(0, len(told.scores.data.units) - 1))
    column = data.draw(st.sampled_from(told.scores.fitted.columns))
    result = outcome(told, row, {column: Change("set", value, str(value))})
    again = with_values(told, row, {column: value})
    others = [r for r in range(len(told.scores.data.units)) if r != row]
    assert told.scores.groups[others].tobytes() == again.scores.groups[others].tobytes()
    index, now = told.scores.index, result.after.score
    for other in result.overtaken:
        assert now is not None
        assert index[other] >= index[row] - told.scores.tie
        assert index[other] < now
    for other in result.overtaking:
        assert now is not None
        assert index[other] <= index[row] + told.scores.tie
        assert index[other] > now


@given(st.sampled_from([*QUANTITIES]), FACTORS, st.sampled_from(UNITS))
def test_a_quantity_is_as_if_it_stood_in_the_cell(quantity: str, factor: float, unit: str) -> None:
    held = {**QUANTITIES, **PLAIN}
    row, before = UNITS.index(unit), held[quantity][UNITS.index(unit)]
    typed = {name: [*column] for name, column in held.items()}
    typed[quantity][row] = before * factor
    if quantity == "funds_abroad":
        typed["funds"][row] += before * factor - before
    told = _supposed(held, unit, {quantity: before * factor})
    if told is None:
        return
    edited = card(typed).evaluated
    assert told.after.score == float(edited.scores.index[row])
    assert told.after.rank == int(edited.group_ranks[row, -1])


@given(st.sampled_from(["funds_abroad", "gdp", "patents_out", "patents_in"]), FACTORS)
def test_a_share_alone_comes_to_the_same(quantity: str, factor: float) -> None:
    changes: dict[str, str | float] = {quantity: f"x{factor!r}"}
    full = _supposed({**QUANTITIES, **PLAIN}, "河北", changes)
    bare = _supposed(computed(), "河北", changes)
    assert (full is None) is (bare is None)
    if full is not None and bare is not None:
        assert bare.after.score == pytest.approx(full.after.score, rel=1e-9)
        assert bare.after.gap_index == pytest.approx(full.after.gap_index, rel=1e-9)


def _supposed(
    held: Mapping[str, Sequence[float]], unit: str, changes: dict[str, str | float]
) -> Outcome | None:
    """What becomes of a unit; None where a value would be out of bounds."""
    try:
        return whatif(card(held), unit, changes).outcomes[0]
    except UsageError as fault:
        if {found.code for found in fault.findings} != {"U170"}:
            raise
    return None
