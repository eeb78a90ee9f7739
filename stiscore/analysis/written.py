"""A group's score written out with the figures put in, for a reader with a calculator.

Shares stand with four digits after the point and scores with two (small ones with more), so what a
reader works out agrees with the score to about its second digit after the point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from stiscore.methods.aggregate import (
    AdjustedMazziottaPareto,
    Arithmetic,
    GeneralisedMean,
    Geometric,
    Harmonic,
    MazziottaPareto,
    MeanMin,
)
from stiscore.methods.climb import Joiner

What = Literal["score", "mean", "lowest", "variance", "points"]


class Term(NamedTuple):
    """A part of a group that has a score: its share, its score, the points of the group's score."""

    id: str
    share: float
    score: float
    points: float


class Line(NamedTuple):
    """One line of sums: what it gives, and the formula with the figures put in."""

    what: What
    formula: str


class Lifted(NamedTuple):
    """A part that entered as ``to`` since its own score is below the floor."""

    id: str
    score: float
    to: float


class Written(NamedTuple):
    """How a score is worked out; the last line gives the score, or its points add up to it.

    ``shapley``: whether the parts' points are shares by Shapley value.
    """

    lines: tuple[Line, ...]
    lifted: tuple[Lifted, ...] = ()
    shapley: bool = False


def written(joiner: Joiner, terms: Sequence[Term], score: float) -> Written:
    """The sum that gives ``score``; of a method without a short formula the points instead.

    >>> terms = [Term("a", 0.25, 40.0, 10.0), Term("b", 0.75, 80.0, 60.0)]
    >>> written(Arithmetic(), terms, 70.0).lines[0].formula
    '0.25 x 40.00 + 0.75 x 80.00 = 70.00'
    """
    counted = [term for term in terms if term.share > 0]
    floor = _floor(joiner)
    lifted = tuple(
        Lifted(t.id, t.score, floor) for t in counted if floor is not None and t.score < floor
    )
    raised = [t._replace(score=max(t.score, floor)) if floor is not None else t for t in counted]
    lines = _lines(joiner, raised, score)
    if lines is None:
        return Written((Line("points", _points(terms, score)),))
    plain = isinstance(joiner, Arithmetic)
    return Written(tuple(lines), lifted, shapley=not plain and len(counted) > 1)


def _floor(joiner: Joiner) -> float | None:
    if isinstance(joiner, (Geometric, Harmonic)):
        return joiner.floor
    if isinstance(joiner, GeneralisedMean) and joiner.power <= 0:
        return joiner.floor
    return None


def _lines(joiner: Joiner, terms: Sequence[Term], score: float) -> list[Line] | None:
    if isinstance(joiner, (MazziottaPareto, AdjustedMazziottaPareto)):
        return _penalised(joiner, terms, score)
    if isinstance(joiner, MeanMin):
        return _mean_min(joiner, terms, score)
    power = _power(joiner)
    return None if power is None else [Line("score", f"{_mean(terms, power)} = {_n(score)}")]


def _power(joiner: Joiner) -> float | None:
    """The power of a power mean; None for what is none."""
    if isinstance(joiner, GeneralisedMean):
        return joiner.power
    powers = ((Arithmetic, 1.0), (Geometric, 0.0), (Harmonic, -1.0))
    return next((power for kind, power in powers if isinstance(joiner, kind)), None)


def _mean(terms: Sequence[Term], power: float = 1.0) -> str:
    """The power mean of the terms; 1 is the arithmetic, 0 the geometric, -1 the harmonic one."""
    if power == 1:
        return " + ".join(f"{_w(t.share)} x {_n(t.score)}" for t in terms)
    if power == 0:
        return " x ".join(f"{_n(t.score)}^{_w(t.share)}" for t in terms)
    if power == -1:
        return f"1 / ({' + '.join(f'{_w(t.share)} / {_n(t.score)}' for t in terms)})"
    exponent = f"{power:g}" if power > 0 else f"({power:g})"
    inside = " + ".join(f"{_w(t.share)} x {_n(t.score)}^{exponent}" for t in terms)
    return f"({inside})^(1 / {exponent})"


def _penalised(
    joiner: MazziottaPareto | AdjustedMazziottaPareto, terms: Sequence[Term], score: float
) -> list[Line]:
    mean = sum(t.share * t.score for t in terms)
    more = isinstance(joiner, MazziottaPareto) and joiner.ddof and len(terms) > 1
    corrected = len(terms) / (len(terms) - 1) if more else 1.0
    spread = corrected * sum(t.share * (t.score - mean) ** 2 for t in terms)
    inside = " + ".join(f"{_w(t.share)} x ({_n(t.score)} - {_n(mean)})^2" for t in terms)
    outer = f"{len(terms)} / {len(terms) - 1} x ({inside})" if more else inside
    sign = "-" if joiner.penalty == "negative" else "+"
    return [
        Line("mean", f"{_mean(terms)} = {_n(mean)}"),
        Line("variance", f"{outer} = {_n(spread)}"),
        Line("score", f"{_n(mean)} {sign} {_n(spread)} / {_n(mean)} = {_n(score)}"),
    ]


def _mean_min(joiner: MeanMin, terms: Sequence[Term], score: float) -> list[Line]:
    mean, lowest = sum(t.share * t.score for t in terms), min(t.score for t in terms)
    gap, beta = f"{_n(mean)} - {_n(lowest)}", f"{joiner.beta:g}"
    taken = f"(sqrt(({gap})^2 + {beta}^2) - {beta})" if joiner.beta else f"({gap})"
    return [
        Line("mean", f"{_mean(terms)} = {_n(mean)}"),
        Line("lowest", _n(lowest)),
        Line("score", f"{_n(mean)} - {joiner.alpha:g} x {taken} = {_n(score)}"),
    ]


def _points(terms: Sequence[Term], score: float) -> str:
    return f"{' + '.join(_n(t.points) for t in terms)} = {_n(score)}"


def severity(terms: Sequence[Term], told: float, ends: tuple[float, float]) -> Written:
    """A gap's severity from the scores behind it; ``ends`` of the scale scores are on.

    >>> severity([Term("a", 1.0, 65.0, 65.0)], 35.0, (0.0, 100.0)).lines[0].formula
    '100 - (1 x 65.00) = 35.00'
    """
    low, high = ends
    lacking = f"{high:g} - ({_mean(terms)})"
    if high - low != 100:
        lacking = f"({lacking}) x 100 / {high - low:g}"
    return Written((Line("score", f"{lacking} = {_n(told)}"),))


def _n(score: float) -> str:
    """A score; a negative one in brackets, a small one with three digits that count."""
    text = f"{score + 0.0:.2f}" if abs(score) >= 1 or score == 0 else _plain(f"{score:.3g}")
    return f"({text})" if text.startswith("-") else text


def _w(share: float) -> str:
    """A share without the zeros at its end."""
    digits = 4 if share >= 1e-3 else 8
    return f"{share:.{digits}f}".rstrip("0").rstrip(".") or "0"


def _plain(text: str) -> str:
    """Three digits that count, without an exponent."""
    return f"{float(text):.12f}".rstrip("0").rstrip(".") if "e" in text else text
