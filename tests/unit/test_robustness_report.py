"""What is told of robustness: every figure where it belongs, every reason in words."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len

import stiscore as sti
from stiscore.analysis.uncertainty.robustness import (
    Closeness,
    RankShift,
    Robustness,
    Sensitivity,
)
from stiscore.analysis.uncertainty.settings import Chosen
from stiscore.analysis.uncertainty.variants import Failed
from stiscore.errors import UsageError
from stiscore.report.robustness_choices import FEW, in_words, shifts, sobol
from stiscore.report.robustness_json import HEAD
from stiscore.report.robustness_model import RobustnessReport
from stiscore.report.robustness_ranks import closeness, dominance, ranks
from stiscore.robust.ranking import RankShares
from stiscore.robust.sobol import Indices
from stiscore.words import Lang
from stiscore.words.faults import found
from stiscore.words.refused import refused
from stiscore.words.robustness import NOT_COMPUTED
from tests import made

WEIGHTS: dict[str, Any] = {"id": "w", "kind": "weights", "spread": 0.4}
GEOMETRIC: dict[str, Any] = {
    "id": "joined",
    "kind": "methods",
    "alternatives": [["aggregate.level2=geometric", "aggregate.level2.floor=1"]],
}
LEFT_OUT: dict[str, Any] = {"id": "left", "kind": "leave-out"}
# Areas of one indicator each and equal weight; scores are ten times the figures.
FIGURES = {"a1": [9.0, 8.0, 2.0], "b1": [9.0, 2.0, 6.0]}
LANGS: tuple[Lang, ...] = ("en", "zh", "both")


def framework(*factors: dict[str, Any]) -> sti.Framework:
    areas = [made.group("a", [made.leaf("a1")]), made.group("b", [made.leaf("b1")])]
    return made.framework(made.group("index", areas), uncertainty={"factors": list(factors)})


def told(
    *factors: dict[str, Any], figures: dict[str, list[float]] | None = None, **options: Any
) -> RobustnessReport:
    data = made.dataset(figures or FIGURES)
    asked = framework(*(factors or (WEIGHTS, GEOMETRIC, LEFT_OUT)))
    return sti.robustness(data, asked, **{"draws": 200, "sobol": False, **options})


def held(report: RobustnessReport) -> Robustness:
    assert report.robustness is not None
    return report.robustness


def changed(report: RobustnessReport, **parts: Any) -> RobustnessReport:
    return replace(report, robustness=replace(held(report), **parts))


def counted(report: RobustnessReport, counts: Sequence[Sequence[int]]) -> RobustnessReport:
    """The report as if ranks had been counted so: a row a unit, from the first rank on."""
    ranges = held(report).ranges
    index = RankShares(np.array(counts), max(map(sum, counts)))
    outcome = replace(ranges.outcome, shares=(index, *ranges.outcome.shares[1:]), draws=index.draws)
    return changed(report, ranges=replace(ranges, outcome=outcome))


def column(fields: Sequence[Any], head: str) -> list[str]:
    return next(list(field.cells) for field in fields if field.head == head)


COUNTS = [[7, 2, 1], [2, 8, 0], [1, 0, 7]]


def test_shares_are_of_the_variants_in_which_a_unit_has_a_score() -> None:
    first, _, third = counted(told(), COUNTS).units
    assert (first.unit.id, first.shares, first.median) == ("u0", (0.7, 0.2, 0.1), 1.0)
    assert (third.scored, third.shares, third.median) == (8, (1 / 8, 0.0, 7 / 8), 3.0)
    assert [third.top(n) for n in (1, 2, 3)] == [1 / 8, 1 / 8, 1.0]


def test_a_unit_that_lacks_a_score_in_some_variants_is_named() -> None:
    report = counted(told(), COUNTS)
    part = ranks(report, held(report), "en")
    assert column(part.fields, "Top 3") == ["100%"] * 3
    assert "Without a score in some variants, ranked by the others: u2 (2)." in part.beneath


def test_a_unit_never_ranked_has_no_shares() -> None:
    report = counted(told(), [[5, 5, 0], [5, 5, 0], [0, 0, 0]])
    last = report.units[2]
    assert (last.shares, last.median, last.top(3)) == (None, None, None)
    row = list(csv.DictReader(io.StringIO(report.to_csv())))[2]
    assert (row["median"], row["top_3"], row["rank_3"]) == ("", "", "")
    assert column(ranks(report, held(report), "en").fields, "Median rank")[2] == "-"


def test_csv_has_a_row_a_unit_and_a_column_a_rank() -> None:
    rows = list(csv.reader(io.StringIO(counted(told(), COUNTS).to_csv())))
    assert rows[0] == [*HEAD, "rank_1", "rank_2", "rank_3"]
    assert rows[1][:5] == ["u0", "u0", "1", "90.0", "1.0"]
    assert rows[1][-3:] == ["0.7", "0.2", "0.1"]
    assert [row[0] for row in rows[1:]] == ["u0", "u1", "u2"]


def test_json_is_keyed_by_ids_and_has_the_shape_others_rely_on() -> None:
    report = counted(told(sobol=True), COUNTS)
    read = json.loads(report.to_json())
    assert read["schema"] == "stiscore.robustness/1"
    first = read["units"][0]
    assert (first["id"], first["rank_shares"], first["median"]) == ("u0", [0.7, 0.2, 0.1], 1.0)
    assert (read["seed"], read["draws"], read["variants"]["asked"]) == (1, 200, 200)
    assert set(read["factors"]) == {"w", "joined", "left"}
    outputs = read["sobol"]["outputs"]
    assert [o["unit"] for o in outputs] == [None, "u0", "u1", "u2"]
    assert all(len(o["total"]) == len(read["sobol"]["factors"]) for o in outputs)
    assert {shift["factor"] for shift in read["shifts"]} == {"w", "joined", "left"}


def test_neighbours_and_dominance_are_those_of_the_figures() -> None:
    """u0 is ahead in both areas; u2 needs -60 w_a + 40 w_b = 0, so 0.1 of the weight moves."""
    report = told()
    over = dominance(report, held(report), "en")
    assert column(over.fields, "Above") == ["2", "0", "0"]
    assert column(over.fields, "Below") == ["0", "1", "1"]
    assert any(line.startswith("2 of 3 pairs") for line in over.beneath)
    close = closeness(report, held(report), "en")
    assert column(close.fields, "From") == ["no area weights do it", "a"]
    assert column(close.fields, "To") == ["-", "b"]
    assert column(close.fields, "Points moved") == ["-", "10.0"]
    pair = json.loads(report.to_json())["closeness"][1]
    assert pair["moved"] == pytest.approx(0.1)
    assert pair["weights"]["a"] == pytest.approx({"before": 0.5, "after": 0.4})


def test_several_areas_are_named_with_their_points_and_a_small_move_is_not_none() -> None:
    weights = {"a": (0.5, 0.4), "b": (0.3, 0.25), "index": (0.2, 0.35)}
    pairs = (Closeness(0, 1, 0.15, weights), Closeness(1, 2, 0.0004, {}), Closeness(1, 2, None))
    report = changed(told(), closeness=pairs)
    fields = closeness(report, held(report), "en").fields
    assert column(fields, "From") == ["a 10.0, b 5.0", "-", "an area has no score"]
    assert column(fields, "To")[0] == "index"
    assert column(fields, "Points moved") == ["15.0", "<0.1", "-"]


def test_nobody_dominates_where_areas_disagree() -> None:
    report = told(figures={"a1": [9.0, 1.0], "b1": [2.0, 8.0]})
    part = dominance(report, held(report), "en")
    assert (part.fields, part.above) == (
        (), ["No unit is at least as good as another in every area."],
    )  # fmt: skip


def test_reasons_stand_where_tables_would() -> None:
    report = changed(told(), no_closeness="aggregation", closeness=(), no_sobol="rows", shifts=())
    text = " ".join(report.to_text(width=300).split())
    assert NOT_COMPUTED["aggregation"].en in text
    assert NOT_COMPUTED["rows"].en in text
    assert "No single choice to change." in text
    assert json.loads(report.to_json())["no_sobol"] == "rows"


SHIFTS = [
    (RankShift("joined", "settings", "aggregate=geometric", 1, 1, 0, 0), "aggregate=geometric"),
    (RankShift("w", "preset", "experts", 1, 1, 0, 0), "set of weights experts"),
    (RankShift("w", "rule", "peer-median", 1, 1, 0, 0),
     "areas a unit lacks: the median of the units that have it"),
    (RankShift("left", "left_out", "a", 1, 1, 0, 0), "without a"),
    (RankShift("left", "turned", "a1", 1, 1, 0, 0), "a1: direction turned"),
    (RankShift("w", "lighter", "a", 1, 1, 0, 0), "a: weight -40%"),
    (RankShift("w", "heavier", "b", 1, 1, 0, 0), "b: weight +40%"),
    (RankShift("left", "heavier", "b", 1, 1, 0, 0), "more weight on b"),
    (RankShift("w", "all", "", 1, 1, 0, 0), "drawn: weights of areas by +-40%"),
]  # fmt: skip


@pytest.mark.parametrize(("shift", "said"), SHIFTS, ids=[s.kind for s, _ in SHIFTS])
def test_a_choice_in_words(shift: RankShift, said: str) -> None:
    words = in_words(told(), shift)
    assert words.say("en") == said
    assert words.say("zh") != said or shift.kind == "settings"


def test_the_largest_mean_stands_first_and_what_cannot_be_last() -> None:
    why = found("C318")
    rows = (
        RankShift("w", "all", "", None, None, None, None, why),
        RankShift("left", "left_out", "a", 0.25, 2, 1, 0),
        RankShift("left", "left_out", "b", 1.5, 6, 2, 1),
        RankShift("joined", "settings", "x=y", 0.0, 0, None, 0),
    )
    report = changed(told(), shifts=rows)
    part = shifts(report, held(report), "en")
    assert column(part.fields, "Mean") == ["1.50", "0.25", "0.00", "-"]
    assert column(part.fields, "Largest") == ["6", "2", "0", "-"]
    assert column(part.fields, "Moves most") == ["u2", "u1", "-", "-"]
    assert column(part.fields, "Choice")[-1].startswith(
        "drawn: weights of areas by +-40%; not poss"
    )


def test_a_terminal_shows_the_first_and_says_how_many_more() -> None:
    rows = tuple(RankShift("left", "left_out", "a", n / 10, n, 1, 0) for n in range(FEW + 4))
    report = changed(told(), shifts=rows)
    short, whole = (shifts(report, held(report), "en", few=few) for few in (FEW, None))
    assert (len(short.fields[0].cells), len(whole.fields[0].cells)) == (FEW, FEW + 4)
    assert short.beneath[0].startswith("4 more choices")
    assert report.to_markdown().count("| without a |") == FEW + 4
    assert len(re.findall(r"^without a ", report.to_text(), re.MULTILINE)) == FEW


def sensitivity(
    leaders: Sequence[str | None], variance: float = 1.0, used: int = 60
) -> Sensitivity:
    """Indices of two factors for the mean shift and the ranks of three units."""
    total = np.array([[0.6, 0.5, 0.4, 0.3], [0.456, 0.1, 0.2, np.nan]])
    first = total - 0.1
    parts = Indices(first, total, first - 0.05, first + 0.05, total - 0.02, total + 0.02,
                    used=used, variance=np.array([variance, 1.0, 1.0, 0.0]))  # fmt: skip
    return Sensitivity(
        factors=("w", "left"), rows=(0, 1, 2), indices=parts, leaders=tuple(leaders), sample=64,
        runs=256, bootstraps=20, share=0.9,
    )  # fmt: skip


MOST = (
    "What moves the rank of a unit most, with the number of units: one area left out in 50% of "
    "variants (2); none told apart: 1 of 3."
)
LEADERS = [
    (sensitivity(["w", None, None, None]), "Matters most for the mean rank shift: weights of ar"),
    (sensitivity([None, "w", None, None]), "No factor is told apart as the one that matters most"),
    (sensitivity([None] * 4, variance=0.0), "The mean rank shift is the same in all variants"),
    (sensitivity(["w", "left", "left", None]), MOST),
    (sensitivity(["w", None, None, None]), "For none of the 3 units one factor is told apart"),
    (sensitivity(["w", None, None, None]), "4 of 64 points of the design are left out"),
]  # fmt: skip


@pytest.mark.parametrize(("indices", "said"), LEADERS)
def test_what_matters_most_is_said_only_where_intervals_part(
    indices: Sensitivity, said: str
) -> None:
    report = changed(told(), sobol=indices, no_sobol=None)
    part = sobol(report, held(report), "en")
    assert [line for line in part.beneath if line.startswith(said)]
    assert column(part.fields, "Total index")[1] == "0.46 [0.44, 0.48]"


def test_indices_of_units_stand_in_markdown_alone() -> None:
    report = changed(told(), sobol=sensitivity(["w", "w", None, None]), no_sobol=None)
    pipes = report.to_markdown()
    assert "| u0 | 0.50 | 0.10 | w |" in pipes
    assert "| u2 | 0.30 | - | - |" in pipes
    assert "Total indices for the rank of each unit" not in report.to_text()
    outputs = json.loads(report.to_json())["sobol"]["outputs"]
    assert outputs[3]["total"] == [0.3, None]


def failing(report: RobustnessReport, *lost: tuple[tuple[str, ...], int]) -> RobustnessReport:
    """The report as if so many variants of these settings had failed, all for one reason."""
    failed = [
        Failed(Chosen(settings, (), fills=bool(n % 2)), draws, found("C318"))
        for n, (settings, draws) in enumerate(lost)
    ]
    return with_ranges(report, failed=tuple(failed))


def with_ranges(report: RobustnessReport, **parts: Any) -> RobustnessReport:
    """The report over other ranges, its units' and its own."""
    ranges = replace(held(report).ranges, **parts)
    variation = report.report.variation
    assert variation is not None
    if "failed" in parts:
        from stiscore.report.variation import variation as anew

        made_framework = held(report).evaluated.scores.fitted.framework
        variation = anew(ranges, made_framework, report.names)
    page = report.report._replace(variation=variation)
    return replace(changed(report, ranges=ranges), report=page)


def test_variants_that_failed_alike_are_told_by_the_least_they_share() -> None:
    """What they have in common is w=1 alone, or x=y: v=1 fails with x=y only."""
    lost = [(("x=y",), 30), (("x=y",), 12), (("v=1", "x=y"), 5), (("w=1",), 3), (("w=1", "x=y"), 2)]
    text = " ".join(failing(told(), *lost).to_text(width=400).split())
    assert "52 of 200 variants gave no scores and count nowhere: x=y or w=1 (it would have" in text
    assert text.count("gave no scores") == 1


def test_without_any_score_there_are_no_tables_of_ranks() -> None:
    text = failing(told(), (("x=y",), 200)).to_text(width=400)
    assert "No variant gave scores" in text
    assert "Ranks over the variants" not in text
    assert "Above whatever the area weights" in text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [44, 80, 120])
def test_nothing_is_wider_than_the_screen(lang: Lang, width: int) -> None:
    text = told(sobol=True).to_text(lang, width)
    assert [line for line in text.splitlines() if cell_len(line) > width] == []
    assert refused(text) == []
    assert "{" not in text


def stopping_at(limit: int) -> Any:
    def watch(done: int, of: int) -> None:
        assert done <= of
        if done >= limit:
            raise KeyboardInterrupt

    return watch


def test_an_interrupted_run_tells_what_is_finished() -> None:
    """A block of 8,192 variants is the first thing that is finished."""
    report = told(draws=20_000, progress=stopping_at(1), sobol=True)
    done = held(report).ranges.draws
    assert 0 < done < 20_000
    text = " ".join(report.to_text().split())
    assert f"INTERRUPTED: {done:,} of 20,000 variants were finished" in text
    assert text.count(NOT_COMPUTED["interrupted"].en) == 2
    assert json.loads(report.to_json())["interrupted"] is True
    again = told(draws=done)
    counts, afresh = (
        [u.ranks and u.ranks.counts.tolist() for u in each.units] for each in (report, again)
    )
    assert counts == afresh


def test_an_interruption_after_the_variants_says_what_is_missing() -> None:
    report = told(progress=stopping_at(201), sobol=True)
    text = " ".join(report.to_text().split())
    assert "INTERRUPTED after the 200 variants were finished" in text
    assert text.count(NOT_COMPUTED["interrupted"].en) == 1


def test_progress_is_readof_all_that_was_planned() -> None:
    seen: list[tuple[int, int]] = []
    told(sobol=True, progress=lambda done, of: seen.append((done, of)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] == 200 + 1024 * 5


@pytest.mark.parametrize(("error", "key"), [(0.01, "Within"), (0.03, "was not reached")])
def test_whether_a_tolerance_was_reached(error: float, key: str) -> None:
    text = " ".join(changed(told(), error=error, tolerance=0.02).to_text().split())
    assert "standard error of at most" in text
    assert key in text
    assert "--tolerance 0.02" in text


@pytest.mark.parametrize(
    "figures", [{"a1": [3.0], "b1": [4.0]}, {"a1": [3.0, np.nan], "b1": [4.0, np.nan]}]
)
def test_one_ranked_unit_is_a_finding_and_no_table(figures: dict[str, list[float]]) -> None:
    report = told(figures=figures)
    assert report.robustness is None
    assert [f.code for f in report.findings if f.code == "C319"] == ["C319"]
    for lang in LANGS:
        assert refused(report.to_text(lang) + report.to_markdown(lang)) == []
    assert f"1 of {len(figures['a1'])} units ranked: how far ranks depend" in report.to_text()
    read = json.loads(report.to_json())
    assert (read["draws"], read["sobol"], read["units"][0]["rank_shares"]) == (0, None, None)
    assert next(csv.DictReader(io.StringIO(report.to_csv())))["median"] == ""


@pytest.mark.parametrize(
    "asked",
    [{"draws": 0}, {"draws": -1}, {"draws": 10_000_001}, {"seed": -1}, {"jobs": 0}]
    + [{"tolerance": t} for t in (0.0, -0.1, 1.0, 2.0, float("nan"))],
    ids=str,
)
def test_what_cannot_be_worked_out_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as refusal:
        told(**asked)
    assert [f.code for f in refusal.value.findings] == ["U103"]


def test_nothing_varied_is_said() -> None:
    same = {"id": "m", "kind": "methods", "alternatives": [["aggregate=arithmetic"]]}
    report = told(same)
    text = " ".join(report.to_text(width=300).split())
    assert "The framework varies nothing in these data" in text
    assert [unit.shares for unit in report.units] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]


def test_units_that_are_level_are_one_tier() -> None:
    report = told(figures={"a1": [5.0, 5.0], "b1": [5.0, 5.0]})
    part = ranks(report, held(report), "en")
    assert "All ranked units are level in every variant." in part.beneath
    assert column(part.fields, "Tier") == ["1", "1"]
