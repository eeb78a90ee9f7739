"""Shares of policy measures: how many count, how alike two coders saw them, how wide the interval.

A measure counts where all questions of an indicator are answered yes, and not where one is answered
no; where that is not known it is left out of the share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from stiscore.dataset import Collected
from stiscore.finding import runs
from stiscore.io.measurement import conversion
from stiscore.io.template_parts import answer_key
from stiscore.methods.agreement import FEW_CASES, LEAST_KAPPA, cohen_kappa, wilson
from stiscore.words.faults import found
from stiscore.words.template import CODERS, QUESTIONS

if TYPE_CHECKING:
    from stiscore.errors import Location
    from stiscore.finding import Finding
    from stiscore.framework.collect import Coding
    from stiscore.framework.model import Indicator
    from stiscore.io.coding_sheet import Coded, Measure
    from stiscore.io.template_parts import Part


def coded_share(coded: Coded, indicator: Indicator, collect: Coding, unit: int) -> Collected | None:
    """The share of one unit's measures that count, None when none can be counted.

    ``unit`` is its row in the dataset. Kappa is taken over the measures looked at on which both
    coders have decided, for the indicator as a whole and question by question.
    """
    measures = coded.coded(unit, collect)
    looked = [m for m in measures if collect.among is None or m.settled(collect.among)]
    verdicts = [v for m in looked if (v := m.verdict(collect.questions)) is not None]
    factor = conversion("ratio", indicator.measured_in)
    if not verdicts or factor is None:
        return None
    hits, cases = sum(verdicts), len(verdicts)
    low, high = wilson(hits, cases)
    twice = _twice(looked, collect.questions)
    asked = [*([collect.among] if collect.among else []), *collect.questions]
    return Collected(
        "coding",
        share=factor * hits / cases,
        hits=hits,
        cases=cases,
        low=factor * low,
        high=factor * high,
        kappa=_kappa(twice),
        twice=len(twice),
        cells=tuple(_ranges(coded.part, measures, asked)),
        kappas=tuple((q, _kappa(_twice(looked, [q]))) for q in collect.questions),
    )


def doubts(share: Collected, indicator: Indicator, name: str) -> Iterator[Finding]:
    """C325-C327, C329: few cases, coders that agree too little, or of whom that is not known."""
    needed = indicator.min_denominator or FEW_CASES
    told: dict[str, Any] = {"indicator": indicator.id, "twice": share.twice}
    if share.low is not None and share.cases < needed:
        few = {**told, "cases": share.cases, "needed": needed}
        yield found("C325", share.first, unit=name, **few)
    if share.sheet != "coding":
        return
    if not share.twice:
        yield found("C327", share.first, unit=name, group=indicator.id, indicator=indicator.id)
    elif share.kappa is None:
        yield found("C329", share.first, unit=name, **told)
    elif share.kappa < LEAST_KAPPA:
        weakest, _ = min(share.kappas, key=lambda each: 1.0 if each[1] is None else each[1])
        fields = {**told, "kappa": share.kappa, "needed": LEAST_KAPPA}
        yield found("C326", share.first, unit=name, weakest=QUESTIONS[weakest], **fields)


def _twice(measures: list[Measure], questions: Sequence[str]) -> list[tuple[bool, bool]]:
    """The verdicts of both coders on the measures both have decided."""
    told = ((m.verdict(questions, "first"), m.verdict(questions, "second")) for m in measures)
    return [(a, b) for a, b in told if a is not None and b is not None]


def _kappa(pairs: list[tuple[bool, bool]]) -> float | None:
    return cohen_kappa([a for a, _ in pairs], [b for _, b in pairs])


def _ranges(part: Part, measures: list[Measure], questions: Sequence[str]) -> Iterator[Location]:
    """The cells of the answers to some questions, one place a column that has any."""
    for column in (answer_key(q, coder) for q in questions for coder in CODERS):
        places = [part.where(m.row, column) for m in measures if part.text(m.row, column)]
        if places:
            yield replace(places[0], cell=", ".join(runs(p.cell for p in places if p.cell)))
