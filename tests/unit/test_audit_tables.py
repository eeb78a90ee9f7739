"""The audit's tables of data and distributions, on data whose answers are known beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

import stiscore as sti
from stiscore.analysis.audit.availability import availability
from stiscore.analysis.audit.correlations import correlations
from stiscore.analysis.audit.distributions import distributions
from stiscore.analysis.audit.table import AuditTable, listed
from stiscore.api import load_framework
from stiscore.dataset import Column
from stiscore.report.audit_text import shown
from stiscore.words import Words
from stiscore.words.refused import refused
from tests import made
from tests.unit.audited import NAN, NOISE, TIMES, by_id, cells, evaluated, of_areas, says, state


def test_missing_values_are_counted_by_unit_indicator_and_area() -> None:
    table = of_areas(
        {
            "a": {"p": [1, 2, NAN, NAN], "q": [1, NAN, NAN, 4]},
            "b": {"r": [1, 2, 3, 4]},
        }
    )
    told = by_id(availability(table))
    units = told["availability-units"]
    assert [row[0] for row in units.rows] == ["u2", "u1", "u3", "u0"]
    assert cells(units, "u2", "present", "missing", "share", "areas_missing") == (1, 2, 1 / 3, 1)
    assert cells(units, "u0", "missing", "share", "weight") == (0, 1, 1)
    assert says(units.verdict, "units_thin")
    assert "1 of 4 (u2)" in units.verdict.en
    indicators = told["availability-indicators"]
    assert cells(indicators, "p", "present", "missing", "share") == (2, 2, 0.5)
    assert "2 of 3" in indicators.verdict.en
    areas = told["availability-areas"]
    assert cells(areas, "a", "measured", "of_indicators", "share", "units_scored") == (2, 2, 0.5, 3)
    assert says(areas.verdict, "areas_whole")


def test_areas_without_data_are_listed_and_never_zero() -> None:
    tree = made.group(
        "index", [made.group("a", [made.leaf("p")]), made.group("b", [made.leaf("q")])]
    )
    table = evaluated(made.framework(tree), made.dataset({"p": [1, 2, 3]}))
    areas = by_id(availability(table))["availability-areas"]
    assert cells(areas, "b", "measured", "of_indicators", "weight", "share") == (0, 1, 0, None)
    assert says(areas.verdict, "areas_absent")
    assert "1 of 2 (b (b))" in areas.verdict.en


def with_context(missing: Sequence[bool], context: Mapping[str, Sequence[float]]) -> AuditTable:
    """The missingness table of two indicators, one missing where told, beside context columns."""
    columns = {"p": np.arange(len(missing)), "q": np.where(missing, NAN, 1.0), **context}
    kinds = tuple(Column(c, "indicator" if c in {"p", "q"} else "context", c) for c in columns)
    tree = made.group("index", [made.group("a", [made.leaf("p"), made.leaf("q")])])
    data = made.dataset(columns, columns=kinds)
    return by_id(availability(evaluated(made.framework(tree), data)))["missingness"]


def test_missing_values_that_go_with_income_are_told() -> None:
    missing = [True] * 6 + [False] * 6
    income = np.exp(TIMES)
    told = with_context(missing, {"GDP": income * 1000, "Population": np.full(12, 1000.0)})
    share = np.where(missing, 0.5, 0.0)
    wanted = np.corrcoef(share, TIMES)[0, 1]
    name, columns, n, r, least = told.rows[0]
    assert (columns, n) == ("GDP / Population", 12)
    assert r == pytest.approx(wanted)
    assert r < -least
    # A population that is the same everywhere goes with nothing.
    assert told.rows[1][3] is None
    assert says(told.verdict, "missing_related")
    assert "income" in told.verdict.en
    assert isinstance(name, Words)


def test_missing_values_without_a_pattern_are_told_as_such() -> None:
    missing = [bool(each % 2) for each in range(12)]
    told = with_context(missing, {"income": np.exp(NOISE), "size": np.exp(TIMES)})
    assert [row[1] for row in told.rows] == ["income", "size"]
    assert says(told.verdict, "missing_unrelated")
    few = with_context(missing[:4], {"income": np.exp(NOISE[:4])})
    assert (few.rows[0][2], few.rows[0][3]) == (4, None)
    assert says(few.verdict, "missing_unknown")


def test_context_is_known_by_how_its_id_begins() -> None:
    missing = [True] * 6 + [False] * 6
    people = np.exp(NOISE)
    context = {"context_gdp_yi_yuan": people * np.exp(TIMES), "context_population_wan": people}
    told = with_context(missing, context)
    assert [row[1] for row in told.rows] == [
        "context_gdp_yi_yuan / context_population_wan",
        "context_population_wan",
    ]
    wanted = np.corrcoef(np.where(missing, 0.5, 0.0), TIMES)[0, 1]
    assert told.rows[0][3] == pytest.approx(wanted)
    # A figure for each person is income as it is, and no output to be divided.
    heads = with_context(missing, {"context_gdp_per_capita_usd": np.exp(TIMES), **context})
    assert heads.rows[0][1] == "context_gdp_per_capita_usd"
    assert heads.rows[0][3] == pytest.approx(wanted)
    alone = with_context(missing, {"context_gdp_yi_yuan": people})
    assert alone.skipped
    assert len(alone.notes) == 2


def test_an_indicator_without_a_limit_is_held_to_none() -> None:
    coverage = {"min_column_coverage": 0, "min_area_coverage": 0}
    table = of_areas({"a": {"p": [1, 2, 3, NAN], "q": [1, 2, 3, 4]}}, method={"coverage": coverage})
    indicators = by_id(availability(table))["availability-indicators"]
    assert indicators.notes == ()
    assert "75% of units" in indicators.verdict.en
    rest = by_id(correlations(table.scores))["correlations-indicators"]
    assert not any("0%" in note.en for note in rest.notes)


def test_figures_as_measured_keep_their_digits() -> None:
    told = distributions(of_areas({"a": {"p": [4e-7, 2e-6, 3e-6], "q": [1, 2, 3]}}).scores)
    heads = {head.id: head for head in told.heads}
    (least,) = cells(told, "p", "min")
    assert shown(least, heads["min"], "en") == "0.0000004"
    assert shown(1234.5678, heads["max"], "en") == "1234.57"


def test_without_income_and_size_it_says_so() -> None:
    told = with_context([True, False, False], {"size": [0.0, -1.0, NAN]})
    assert told.skipped
    assert told.rows == ()
    assert len(told.notes) == 2
    assert says(told.verdict, "missing_unknown")
    whole = with_context([False] * 3, {})
    assert says(whole.verdict, "missing_none")


def test_outliers_are_told_from_those_that_the_scale_takes_away() -> None:
    one_far = [*range(1, 12), 400.0]
    tree = made.group(
        "index",
        [
            made.leaf("wide", goalposts=[0, 1000]),
            made.leaf("narrow", goalposts=[0, 20]),
            made.leaf("even", goalposts=[0, 20]),
        ],
    )
    data = made.dataset({"wide": one_far, "narrow": one_far, "even": TIMES + 1})
    told = distributions(evaluated(made.framework(tree), data).scores)
    assert told.column("outliers") == (state("outlying"), state("mended"), state("none"))
    # 400 is beyond the goalposts of one of twelve; eleven stand below 20 of 100 in the other.
    assert told.column("clipped") == (0, 1 / 12, 0)
    assert told.column("crowded")[0] == 11 / 12
    assert told.column("treated") == (0, 0, 0)
    assert cells(told, "wide", "n", "min", "median", "max") == (12, 1, 6.5, 400)
    assert "wide (wide)" in told.verdict.en
    assert "narrow" not in told.verdict.en
    strict = distributions(evaluated(made.framework(tree), data).scores, skew=0.0, kurtosis=-2.0)
    assert strict.column("outliers")[1] == state("outlying")


def test_filled_treated_and_screened_values_are_told_apart() -> None:
    table = of_areas({"a": {"p": [1, NAN, 3, 90], "q": [1, 2, 3, 4]}})
    scores = table.scores
    filled = np.where(np.isnan(scores.raw), 2.0, scores.raw)
    # As stages that fill, winsorise and leave the last unit out would hand it on.
    stages = replace(
        scores,
        filled=filled,
        treated=np.minimum(filled, 3.0),
        normalised=np.where(np.arange(4)[:, None] == 3, NAN, np.minimum(filled, 3.0)),
        excluded=np.arange(4) == 3,
    )
    told = by_id(availability(replace(table, scores=stages)))
    assert cells(told["availability-units"], "u1", "missing", "imputed") == (1, 1)
    assert cells(told["availability-indicators"], "p", "missing", "imputed") == (1, 1)
    assert [note.en[:2] for note in told["availability-units"].notes] == ["1 "]
    spread = distributions(stages)
    assert cells(spread, "p", "n", "max", "treated") == (2, 3, 0)
    kept = distributions(replace(stages, normalised=np.minimum(filled, 3.0)))
    assert cells(kept, "p", "treated") == (1,)


def test_ties_and_zeros_are_shares_of_the_values_there() -> None:
    table = of_areas({"a": {"p": [0, 0, 0, 2, NAN], "q": [1, 2, 3, 4, 5]}})
    told = distributions(table.scores)
    assert cells(told, "p", "n", "same", "zero") == (4, 0.75, 0.75)
    assert cells(told, "q", "same", "zero") == (0.2, 0)


@pytest.mark.parametrize("sample", ["provinces", "economies", "full"])
def test_tables_of_real_data_can_be_told_in_both_languages(sample: str) -> None:
    table = evaluated(load_framework(), sti.read(sti.sample(sample)))
    tables = (*availability(table), distributions(table.scores), *correlations(table.scores))
    assert len({t.id for t in tables}) == len(tables) == 9
    for told in tables:
        assert all(len(row) == len(told.heads) for row in told.rows)
        assert told.skipped == (not told.rows) or told.id == "correlations-redundant"
        for head, column in zip(told.heads, zip(*told.rows, strict=True), strict=False):
            assert all(type(cell) in KINDS_OF_CELL[head.kind] for cell in column), head.id
        names = [c for row in told.rows for c in row if isinstance(c, Words)]
        for words in (told.title, told.verdict, *told.notes, *names):
            assert "{" not in words.say("both")
            assert refused(words.say("en")) == refused(words.say("zh")) == []


KINDS_OF_CELL = {
    "text": (Words, str, type(None)),
    "count": (int, type(None)),
    "number": (float, type(None)),
    "percent": (float, type(None)),
}


def test_labels_with_braces_are_told_as_they_are() -> None:
    names = listed(["{a}", Words("b", "乙"), *["c"] * 5])
    assert names.say("en") == "{a}, b, c, c, c (+2)"
    assert names.say("zh") == "{a}、乙、c、c、c（另2个）"
