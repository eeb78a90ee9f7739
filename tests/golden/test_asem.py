"""COINr's ASEM example, the whole way: its metadata taken over, its data read and scored by us."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import stiscore as sti
from stiscore.framework.override import with_methods
from stiscore.io.coinr import from_coinr
from stiscore.io.framework_out import framework_text
from stiscore.io.framework_yaml import parse_framework
from stiscore.report.coinr import for_coinr
from stiscore.scorecard import Scorecard

TOLERANCE = 1e-9
# What the example does to the data, in its order; normalisation and the means are the defaults.
METHODS = ("impute=group-mean", "impute.group=EurAsia_group", "treat=winsorise")


@cache
def card(folder: Path) -> Scorecard:
    """The example, scored; its framework goes by way of the file that the command writes."""
    made = from_coinr(folder / "asem_input_iMeta.csv").framework
    framework = with_methods(parse_framework(framework_text(made)), METHODS)
    return sti.evaluate(sti.read(folder / "asem_input_iData.csv", framework), framework)


@pytest.fixture
def folder(shared: Path) -> Path:
    return shared / "reference" / "coinr"


def table(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return {row["uCode"]: row for row in csv.DictReader(text)}


def by_unit(done: Scorecard, node: str) -> dict[str, float]:
    scores = done.evaluated.scores
    place = done.fitted.tree.ids.index(node)
    ids = [unit.id for unit in scores.data.units]
    return dict(zip(ids, scores.node(place).tolist(), strict=True))


def test_every_indicator_and_aggregate_agrees(folder: Path) -> None:
    theirs = table(folder / "asem_08_example_coin_aggregated.csv")
    done = card(folder)
    nodes = done.fitted.tree.ids
    assert set(nodes) == set(next(iter(theirs.values()))) - {"uCode"}
    assert len(nodes) == 60
    for node in nodes:
        ours = by_unit(done, node)
        assert set(ours) == set(theirs)
        wanted = [float(theirs[unit][node]) for unit in ours]
        np.testing.assert_allclose([*ours.values()], wanted, rtol=TOLERANCE, atol=1e-12)


def test_every_rank_agrees(folder: Path) -> None:
    theirs = table(folder / "asem_09_example_coin_results_rounded.csv")
    ours = {unit.id: unit.rank for unit in card(folder).report.units}
    assert ours == {unit: int(row["Rank"]) for unit, row in theirs.items()}


def test_what_is_written_for_coinr_is_what_came_from_it(folder: Path) -> None:
    scores = card(folder).evaluated.scores
    back = for_coinr(scores.fitted.framework, "all", scores)
    assert (back.indicators, back.groups, back.notes) == (49, 11, ())
    given = rows((folder / "asem_input_iMeta.csv").read_text(encoding="utf-8"))
    written = rows(back.imeta)
    assert {row["iCode"] for row in written} == {row["iCode"] for row in given}
    by_code = {row["iCode"]: row for row in written}
    # Weights come back as shares of the parent.
    kept = ("Level", "iName", "Direction", "Denominator", "Parent", "Type", "goalpost_trunc2posts")
    figures = ("Target", "goalpost_lower", "goalpost_upper", "goalpost_scale")
    for row in given:
        ours = by_code[row["iCode"]]
        assert {k: ours[k] for k in kept} == {k: row[k] for k in kept}
        assert all(same(ours[k], row[k]) for k in figures)
    given_data = table(folder / "asem_input_iData.csv")
    assert back.idata is not None
    for row in csv.DictReader(back.idata.splitlines()):
        theirs = given_data[row["uCode"]]
        assert set(row) == set(theirs)
        assert all(same(row[name], theirs[name]) for name in row)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def same(ours: str, theirs: str) -> bool:
    """Texts alike, figures to their last bit; R writes NA for what is missing."""
    if theirs in {"", "NA"}:
        return ours == ""
    try:
        return float(ours) == float(theirs)
    except ValueError:
        return ours == theirs
