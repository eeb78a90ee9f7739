"""Scores written out: what a reader works out with a calculator is the score."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest

from stiscore.analysis.explain import Branch, explain
from stiscore.analysis.explanation import explanation
from stiscore.analysis.next_rank import above
from stiscore.analysis.written import Written
from tests.made import dataset
from tests.varied import AGGREGATIONS, OWN_WEIGHTS, examined, gaps, grid, lenient, two_areas

SUMMED = {**AGGREGATIONS, "benefit-of-the-doubt": OWN_WEIGHTS}


def branches(branch: Branch) -> list[Branch]:
    below = [b for child in branch.children if isinstance(child, Branch) for b in branches(child)]
    return [branch, *below]


def worked_out(formula: str) -> tuple[float, float]:
    """What stands left of the sign of equality, worked out from its text, and what stands right."""
    left, _, right = formula.rpartition(" = ")
    assert re.fullmatch(r"[\d\s.+\-x/()^sqrt]+", left), left
    text = left.replace("x", "*").replace("^", "**")
    return float(eval(text, {"sqrt": math.sqrt})), float(right.strip("()"))  # noqa: S307


@pytest.mark.parametrize("aggregation", SUMMED)
def test_a_reader_with_a_calculator_gets_the_score(aggregation: str) -> None:
    made, table = lenient(two_areas(), *SUMMED[aggregation]), dataset(grid(12, 3))
    evaluated = examined(made, table)
    for row in range(12):
        for branch in branches(explain(evaluated, row, steps=False)):
            assert branch.written is not None
            assert branch.score is not None
            for line in branch.written.lines:
                if " = " in line.formula:
                    ours, told = worked_out(line.formula)
                    # A square makes more of what rounding took off.
                    rel = 2e-3 if line.what == "variance" else None
                    assert ours == pytest.approx(told, abs=0.05, rel=rel)
            last = branch.written.lines[-1].formula.rpartition(" = ")[2]
            assert float(last.strip("()")) == pytest.approx(branch.score, abs=0.006)


def test_shares_are_those_of_the_parts_there_are() -> None:
    values = grid(6, 5)
    values["a2"][0] = np.nan
    evaluated = examined(lenient(two_areas()), dataset(values))
    whole = explain(evaluated, 0, steps=False)
    (area, _) = whole.children
    assert isinstance(area, Branch)
    assert area.missing == 1
    assert area.written is not None
    assert area.written.lines[0].formula.startswith("1 x ")
    present, lacking = area.children
    assert present.way is not None
    assert present.way.table == pytest.approx(1 / 3)
    assert present.way.unit == 1.0
    assert present.way.unit_why == "missing"
    assert lacking.share == 0


def test_a_floor_is_told() -> None:
    values = grid(6, 5)
    values["a1"][0] = 0.0
    evaluated = examined(lenient(two_areas(), "aggregate=geometric"), dataset(values))
    area = explain(evaluated, 0, steps=False).children[0]
    assert isinstance(area, Branch)
    assert area.written is not None
    (lifted,) = area.written.lifted
    assert (lifted.id, lifted.score, lifted.to) == ("a1", 0.0, 1.0)
    assert area.written.shapley


def test_columns_that_are_not_there_are_named_and_weights_say_so() -> None:
    held = {key: column for key, column in grid(6, 5).items() if key != "b1"}
    whole = explain(examined(lenient(two_areas()), dataset(held)), 0, steps=False)
    first, second = whole.children
    assert isinstance(second, Branch)
    assert second.absent == ("b1",)
    assert second.way is not None
    # Declared 2 of 3; half of the area has a column, so it counts 2 x 0.5 beside 1.
    assert second.way.share == pytest.approx(2 / 3)
    assert second.way.table == pytest.approx(0.5)
    assert second.way.table_why == ("scaled",)
    (leaf,) = second.children
    assert leaf.way is not None
    assert (leaf.way.table_why, leaf.way.absent, leaf.way.parts) == (("absent",), 1, 2)
    assert isinstance(first, Branch)


def test_a_severity_is_written_out() -> None:
    tagged = two_areas(gaps=gaps("g"))
    text = tagged.model_dump_json(by_alias=True).replace('"gaps":null', '"gaps":{"primary":"g"}')
    made = lenient(type(tagged).model_validate_json(text))
    evaluated = examined(made, dataset(grid(5, 2)))
    told = explanation(evaluated, 1, "g").gap
    assert told is not None
    assert isinstance(told.written, Written)
    ours, shown = worked_out(told.written.lines[0].formula)
    severity = evaluated.gaps.severity[:, 0]
    assert ours == pytest.approx(severity[1], abs=0.05)
    assert shown == pytest.approx(severity[1], abs=0.006)
    ranks = evaluated.gaps.ranks[:, 0]
    over = above(evaluated, 1, severity, ranks, least=True)
    if over is None:
        assert severity[1] == severity.min()
    else:
        assert over.score == severity[severity < severity[1]].max()
