"""What a changed figure does to others: totals, derived indicators, and shares alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from stiscore.analysis.outcome import Outcome
from stiscore.errors import StiscoreError
from stiscore.finding import Finding
from stiscore.scorecard import Scorecard
from stiscore.supposing import whatif
from tests.supposed import FRAMEWORK, PLAIN, QUANTITIES, UNITS, card, computed, framework, table

FULL = {**QUANTITIES, **PLAIN}


def only(scored: Scorecard, changes: dict[str, str | float], unit: str = "天津") -> Outcome:
    (told,) = whatif(scored, unit, changes).outcomes
    return told


def after(told: Outcome) -> dict[str, float | None]:
    return {figure.id: figure.after for figure in told.figures}


def refused(scored: Scorecard, changes: dict[str, str | float], unit: str = "天津") -> Finding:
    with pytest.raises(StiscoreError) as fault:
        whatif(scored, unit, changes)
    (finding,) = fault.value.findings
    assert isinstance(finding, Finding)
    return finding


def test_a_part_takes_its_total_along_and_every_indicator_behind_them() -> None:
    told = after(only(card(FULL), {"funds_abroad": "x2"}))
    assert told == {"funds_abroad": 24, "funds": 252, "share": pytest.approx(100 * 24 / 252)}


def test_a_total_alone_leaves_its_parts() -> None:
    told = after(only(card(FULL), {"funds": "x2"}))
    assert told == {"funds": 480, "share": 2.5}


def test_a_total_that_is_asked_for_stays_as_asked() -> None:
    told = after(only(card(FULL), {"funds": 300, "funds_abroad": "+6"}))
    assert told == {"funds": 300, "funds_abroad": 18, "share": 6}


@pytest.mark.parametrize("factor", [0, 0.5, 1, 2, 7.5])
@pytest.mark.parametrize(
    ("quantity", "node"),
    [("funds_abroad", "share"), ("funds", "share"), ("gdp", "market"), ("patents_out", "out"),
     ("patents_in", "out")],
)  # fmt: skip
def test_a_share_alone_tells_what_the_quantities_would(
    quantity: str, node: str, factor: float
) -> None:
    if factor == 0 and quantity in {"funds", "gdp"}:
        return
    changes: dict[str, str | float] = {quantity: f"x{factor}"}
    full, bare = (only(card(held), changes) for held in (FULL, computed()))
    assert after(bare).get(node, computed()[node][1]) == pytest.approx(
        after(full).get(node, computed()[node][1]), rel=1e-12
    )
    assert bare.after.score == pytest.approx(full.after.score, rel=1e-12)
    assert bare.after.gap_index == pytest.approx(full.after.gap_index, rel=1e-12)


def test_a_share_alone_follows_the_formula_of_its_own() -> None:
    share = computed()["share"][1]
    for k in (0.25, 3.0):
        told = after(only(card(computed()), {"funds_abroad": f"x{k}"}))
        assert told["share"] == pytest.approx(100 * k * share / (100 + (k - 1) * share), rel=1e-13)
        # Sold and bought together rise as their mean does.
        both: dict[str, str | float] = {"sold": f"x{k}", "bought": f"x{k}"}
        market = after(only(card(computed()), both))["market"]
        assert market == pytest.approx(k * computed()["market"][1], rel=1e-13)


def test_a_part_with_a_figure_beside_the_share_alone() -> None:
    held = {**computed(), "funds_abroad": QUANTITIES["funds_abroad"]}
    told = only(card(held), {"funds_abroad": "+12"})
    total = next(f for f in told.figures if f.id == "funds")
    assert total.factor == pytest.approx(252 / 240)
    assert after(told)["share"] == pytest.approx(100 * 24 / 252, rel=1e-12)


def test_a_total_with_a_figure_rises_by_what_the_share_tells() -> None:
    held = {**computed(), "funds": QUANTITIES["funds"]}
    told = after(only(card(held), {"funds_abroad": "x2"}))
    assert told["funds"] == pytest.approx(252)
    assert told["share"] == pytest.approx(100 * 24 / 252, rel=1e-12)


def test_an_indicator_read_beside_its_quantities_moves_as_they_do() -> None:
    held = {**FULL, "share": [8, 8, 8, 8, 8, 8]}
    told = after(only(card(held), {"funds_abroad": "x2"}))
    assert told["share"] == pytest.approx(8 * (24 / 252) / (12 / 240))


def edited(columns: dict[str, Sequence[float]], column: str, value: float) -> Scorecard:
    """The table with one cell of 天津 typed anew."""
    row = UNITS.index("天津")
    held = [*columns[column]]
    held[row] = value
    return card({**columns, column: held})


@pytest.mark.parametrize(
    ("column", "value"), [("gdp", 700.0), ("plain", 33.3), ("sold", 81.25), ("patents_out", 0.0)]
)
def test_the_result_is_that_of_a_file_with_the_cell_edited(column: str, value: float) -> None:
    told = only(card(FULL), {column: value})
    typed = edited(FULL, column, value).evaluated
    row = UNITS.index("天津")
    assert told.after.score == float(typed.scores.index[row])
    assert told.after.gap_index == float(typed.gaps.index[row])
    assert told.after.rank == int(typed.group_ranks[row, -1])


def test_a_denominator_of_zero_takes_the_indicator_away() -> None:
    full, bare = (only(card(held), {"gdp": "x0"}) for held in (FULL, computed()))
    for told in (full, bare):
        assert after(told)["market"] is None
        assert [note.remark for note in told.notes] == ["gone"]


def test_figures_divided_by_a_column_are_divided_anew() -> None:
    rule = {"denominate": {"id": "column", "denominator": "gdp", "factor": 100}}
    model = framework(method={"by_indicator": {"plain": rule}})
    held = {"plain": [300, 200, 100, 50, 450, 250], **{q: QUANTITIES[q] for q in ("gdp",)}}
    told = after(only(card(held, model), {"gdp": "x2"}))
    assert told == {"gdp": 3200, "plain": 100 * 200 / 3200}
    # Its own value is the one that reports show.
    assert after(only(card(held, model), {"plain": 9}))["plain"] == 9
    typed = card({**held, "gdp": [4000, 3200, 4200, 2500, 2200, 2800]}, model)
    now = only(card(held, model), {"gdp": 3200})
    assert now.after.score == float(typed.evaluated.scores.index[1])


def test_what_had_no_value_is_newly_measured() -> None:
    held = {**computed(), "plain": [30, None, 10, 5, 45, 25]}
    told = only(card(held), {"plain": 20})
    assert (told.figures[0].before, told.figures[0].after) == (None, 20)
    assert [note.remark for note in told.notes] == ["new"]
    assert told.before.coverage < told.after.coverage == 1


def test_a_part_that_is_newly_known_leaves_its_total() -> None:
    held = {**FULL, "funds_abroad": [40, None, 3, 1, 0.5, 6]}
    assert after(only(card(held), {"funds_abroad": 24})) == {"funds_abroad": 24, "share": 10}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nothing": "x2"}, "U101"),
        ({"one": "x2"}, "U171"),
        ({"gap": "x2"}, "U171"),
        ({"plain": "twice"}, "U103"),
        ({"plain": math.nan}, "U103"),
        ({"plain": math.inf}, "U103"),
        ({"plain": "-200%"}, "U103"),
        ({"plain": "3 亿元"}, "U172"),
        ({"plain": 101}, "U170"),
        ({"plain": "-100"}, "U170"),
        ({"context": 3}, "U174"),
        ({"sold": "x2"}, "U176"),
        ({"industry": "x2"}, "U176"),
        ({"funds_abroad": "+3"}, "U175"),
        ({"funds_abroad": 3}, "U175"),
        ({"share": 3, "funds_abroad": "x2"}, "U177"),
        ({"plain": 3, "朴素": 4}, "U177"),
        ({}, "U178"),
    ],
)
def test_what_cannot_be_supposed_is_one_clear_line(
    changes: dict[str, str | float], code: str
) -> None:
    assert refused(card(computed()), changes).code == code


def test_what_is_missing_is_named() -> None:
    told = refused(card(computed()), {"industry": "x2"})
    assert str(told.fields["columns"]) == str(
        refused(card({**computed(), "plain": PLAIN["plain"]}), {"industry": "x2"}).fields["columns"]
    )
    columns = told.fields["columns"]
    assert isinstance(columns, tuple)
    assert columns[0] == "funds (funds), industry (industry)"
    # A total that moves by nobody knows how much says nothing of what is divided by it.
    held = {"funds": QUANTITIES["funds"], "funds_abroad": QUANTITIES["funds_abroad"], **PLAIN}
    assert refused(card(held), {"industry": "x2"}).code == "U176"


def test_a_figure_that_is_not_there_is_not_changed_by_so_much() -> None:
    held = {**computed(), "plain": [30, None, 10, 5, 45, 25]}
    assert refused(card(held), {"plain": "+3"}).code == "U173"
    held = {**FULL, "gdp": [4000, None, 4200, 2500, 2200, 2800]}
    assert refused(card(held), {"gdp": "+3"}).code == "U173"
    assert refused(card(computed()), {"plain": "x2"}, unit="nowhere").code == "U101"


def test_a_quantity_that_nothing_rests_on_is_refused() -> None:
    assert refused(card(PLAIN), {"gdp": "x2"}).code == "U174"
    assert refused(card({**PLAIN, "gdp": QUANTITIES["gdp"]}), {"gdp": "x2"}).code == "U174"


def test_values_hardly_ever_seen_are_warned_of() -> None:
    told = only(card(computed()), {"plain": 90})
    assert [finding.code for finding in told.findings] == ["U179"]
    assert only(card(computed()), {"plain": 80}).findings == ()


def test_measurements_convert_and_names_are_known_in_both_languages() -> None:
    for change in ("2亿元", "=2亿元", 20_000, "20,000", "+18400"):
        assert after(only(card(FULL), {"gdp名": change}))["gdp"] == 20_000
    assert after(only(card(FULL), {"PLAIN name": "=-3"}))["plain"] == -3
    assert after(only(card(FULL), {"朴素": "-3"}))["plain"] == 17
    assert after(only(card(FULL), {"朴素": "−10％"}))["plain"] == 18
    heads = {"朴素（%）": PLAIN["plain"]}
    assert after(only(card(heads), {"朴素": "x2"}))["plain"] == 40


def test_nothing_of_the_table_changes() -> None:
    held = card(FULL)
    then = held.evaluated.scores.data.values.tobytes()
    told = only(held, {"funds_abroad": "x2"})
    assert held.evaluated.scores.data.values.tobytes() == then
    assert told.before.score == held.evaluated.scores.index[1]
    assert table(FULL).digest == table(FULL, FRAMEWORK).digest
