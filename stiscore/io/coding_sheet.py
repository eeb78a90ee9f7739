"""The coding sheet: one row a policy measure, answered yes or no by two coders.

What counts as the answer: what was agreed, else coder 1's, else coder 2's. Blank is not no.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stiscore.io.cells import MISSING_MARKS
from stiscore.io.template_parts import answer_key
from stiscore.words.faults import found
from stiscore.words.template import CODERS, NO, QUESTIONS, YES

if TYPE_CHECKING:
    from stiscore.finding import Finding
    from stiscore.framework.collect import Coding
    from stiscore.io.collected import Units
    from stiscore.io.template_parts import Part

_YES = frozenset({YES.en, YES.zh, YES.en + YES.zh, "y", "true", "1", "√", "有"})
_NO = frozenset({NO.en, NO.zh, NO.en + NO.zh, "n", "false", "0", "×", "无"})
_SETTLING = ("agreed", "first", "second")

Answers = dict[tuple[str, str], bool]


class Measure(NamedTuple):
    """A policy measure: its row in the sheet and its answers by question and coder."""

    row: int
    answers: Answers

    def settled(self, question: str) -> bool | None:
        """What counts as the answer to a question; None while it is open."""
        told = (self.answers.get((question, coder)) for coder in _SETTLING)
        return next((answer for answer in told if answer is not None), None)

    def verdict(self, questions: Sequence[str], coder: str | None = None) -> bool | None:
        """Whether all questions are answered yes, as settled or by one coder; None: not known.

        One no decides, whatever is still open.
        """
        told = [
            self.settled(q) if coder is None else self.answers.get((q, coder)) for q in questions
        ]
        return False if False in told else None if None in told else True


class Coded(NamedTuple):
    """The measures of every unit, by its row in the dataset, and what is wrong with the sheet."""

    part: Part
    measures: dict[int, list[Measure]]
    findings: list[Finding]

    def coded(self, unit: int, collect: Coding) -> list[Measure]:
        """A unit's measures where any of them answers a question of the indicator; else none."""
        measures = self.measures.get(unit, [])
        told = any(m.settled(q) is not None for m in measures for q in collect.questions)
        return measures if told else []


def read_coding(part: Part, units: Units) -> Coded:
    """Every measure of the sheet with the unit it is of; rows that name no unit are findings."""
    coded = Coded(part, {}, [])
    for row in part.rows():
        # A unit chosen beforehand, with nothing beside it, is no measure yet.
        if any(part.text(row, key) for key in part.columns if key != "unit"):
            unit = units.named(part, row, coded.findings)
            name = None if unit is None else units.names[unit]
            answers = _answers(part, row, name, coded.findings)
            if unit is not None:
                coded.measures.setdefault(unit, []).append(Measure(row, answers))
    return coded


def _answers(part: Part, row: int, name: str | None, findings: list[Finding]) -> Answers:
    told: Answers = {}
    for question, asked in QUESTIONS.items():
        for coder in CODERS:
            column = answer_key(question, coder)
            text = part.text(row, column)
            plain = "".join(text.casefold().split())
            if plain in _YES or plain in _NO:
                told[question, coder] = plain in _YES
            elif plain and plain not in MISSING_MARKS:
                where = part.where(row, column)
                findings.append(
                    found("D120", where, unit=name, group=column, value=text, question=asked)
                )
    return told


def differing(coded: Coded, questions: Iterable[str], names: Sequence[str]) -> Iterator[Finding]:
    """C328: where coders differ and nothing is agreed, question by question."""
    for question in questions:
        for unit, measures in coded.measures.items():
            for measure in measures:
                first, second, agreed = (measure.answers.get((question, c)) for c in CODERS)
                if agreed is None and None not in (first, second) and first != second:
                    yield found(
                        "C328",
                        coded.part.where(measure.row, answer_key(question, "first")),
                        unit=names[unit],
                        group=question,
                        question=QUESTIONS[question],
                    )


def unanswered(
    coded: Coded, collects: Mapping[str, Coding], names: Sequence[str]
) -> Iterator[Finding]:
    """D123: questions without which it is not known whether a measure counts; each told once."""
    for unit, measures in coded.measures.items():
        asked = {i: c for i, c in collects.items() if coded.coded(unit, c)}
        for measure in measures:
            for question, left in _open(measure, asked).items():
                yield found(
                    "D123",
                    coded.part.where(measure.row, answer_key(question, "first")),
                    unit=names[unit],
                    group=question,
                    question=QUESTIONS[question],
                    indicator=", ".join(left),
                )


def _open(measure: Measure, collects: Mapping[str, Coding]) -> dict[str, list[str]]:
    """The open questions of a measure, with the indicators it is left out of for want of them."""
    told: dict[str, list[str]] = {}
    for indicator, collect in collects.items():
        among = True if collect.among is None else measure.settled(collect.among)
        if among is None and collect.among:
            told.setdefault(collect.among, []).append(indicator)
        elif among and measure.verdict(collect.questions) is None:
            for question in (q for q in collect.questions if measure.settled(q) is None):
                told.setdefault(question, []).append(indicator)
    return told
