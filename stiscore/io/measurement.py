"""What a figure is measured in: read from headers and unit rows, and turned into what is wanted.

A measurement is a dimension and a factor to that dimension's base. Two of one dimension convert;
a text not in the table does not, and is a finding rather than a guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from stiscore.words.measurements import MEASUREMENTS


class Measure(NamedTuple):
    """A dimension ('CNY', 'share', '1/persons') and how many base units one of it is."""

    dimension: str
    factor: float


_POWERS_ZH = {
    "": 1.0,
    "十": 1e1,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "十万": 1e5,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "十亿": 1e9,
    "百亿": 1e10,
    "万亿": 1e12,
}
_POWERS_EN = {
    "thousand": 1e3,
    "ten thousand": 1e4,
    "million": 1e6,
    "hundred million": 1e8,
    "billion": 1e9,
    "trillion": 1e12,
    "bn": 1e9,
    "mn": 1e6,
}
_NOUNS_ZH = {
    "CNY": ("元", "元人民币", "人民币元", "人民币"),
    "USD": ("美元",),
    "persons": ("人", "名", "人口"),
    "fte": ("人年", "人·年"),
    "count": ("篇", "项", "件", "个", "家", "所", "次", "份"),
    "days": ("天", "日"),
    "working days": ("工作日", "个工作日"),
}
_NOUNS_EN = {
    "CNY": ("yuan", "cny", "rmb", "yuan rmb", "rmb yuan"),
    "USD": ("us$", "usd", "us dollars", "us dollar", "u.s. dollars", "current us$", "dollars", "$"),
    "persons": ("persons", "person", "people", "inhabitants", "population", "head", "capita"),
    "fte": (
        "fte",
        "r&d fte",
        "person-years",
        "person-year",
        "man-years",
        "man-year",
        "full-time equivalents",
    ),
    "count": (
        "count",
        "number",
        "items",
        "pieces",
        "papers",
        "articles",
        "cases",
        "units",
        "unit",
        "no.",
    ),
    "days": ("days", "day"),
    "working days": ("working days", "workdays"),
}
_SHARES = {
    "%": 0.01, "per cent": 0.01, "percent": 0.01, "pct": 0.01, "percentage": 0.01, "百分比": 0.01,
    "‰": 0.001, "per mille": 0.001, "per mil": 0.001, "permille": 0.001, "千分比": 0.001,
    "fraction": 1.0, "ratio": 1.0, "share 0-1": 1.0,
    "比": 1.0, "比值": 1.0, "比率": 1.0, "小数": 1.0,
}  # fmt: skip
# Scales that convert to nothing but themselves; the second is another way of writing the first.
_SCALES = {
    "index 0-1": ("指数0-1", "0-1", "index (0-1)"),
    "index 0-100": ("指数0-100", "0-100"),
    "index 1-100": ("指数1-100", "1-100"),
    "index": ("指数",),
    "points": ("point", "分", "score"),
    "score 1-5": ("1-5", "1-5分"),
    "standard normal score": ("标准正态得分", "标准分", "z-score"),
}
_NUMBER = r"(?P<number>[0-9][0-9, ]*)"
_COUNTED = re.compile(_NUMBER + r"(?P<rest>.*)")
_PER = re.compile(r"(?P<above>.*?)\s*(?:\bper\b|/|每)\s*(?P<below>.+)")
_OF = re.compile(r"(?P<share>%|‰|per cent|percent)\s+(?:of|in)\b.*")
_BRACKETED = re.compile(
    r"(?P<name>.*?)\s*[(\[](?P<inside>[^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]", re.DOTALL
)
_STATED = re.compile(
    r"(?P<name>.*?)[\s,;(\[]*(?:计量单位|单位|units?|measured in)\s*:"
    r"\s*(?P<inside>.*?)[)\]]?",
    re.DOTALL | re.IGNORECASE,
)


def plain(text: str) -> str:
    r"""Full-width forms, odd spaces and line breaks made plain, runs of space single.

    >>> plain("GDP（亿元）_x000D_\n ％")
    'GDP(亿元) %'
    """
    return " ".join(
        unicodedata.normalize("NFKC", text.replace("_x000D_", " ")).replace("–", "-").split()
    )


def stated(text: str) -> tuple[str, str | None]:
    """A header as name and measurement text: brackets at its end, or ``单位：`` anywhere.

    The second part is None when nothing is stated; whether it is known is ``measure``'s question.

    >>> stated("R&D经费（万元）"), stated("单位：亿元"), stated("Inward FDI [% of GDP]")
    (('R&D经费', '万元'), ('', '亿元'), ('Inward FDI', '% of GDP'))
    """
    text = plain(text)
    for pattern in (_STATED, _BRACKETED):
        found = pattern.fullmatch(text)
        if found:
            return found["name"].strip(), found["inside"].strip() or None
    return text, None


@lru_cache(maxsize=1024)
def measure(text: str) -> Measure | None:
    """The measurement a text names, None when the table does not know it.

    >>> measure("万元"), measure("per 1,000 population"), measure("furlongs")
    (Measure(dimension='CNY', factor=10000.0), Measure(dimension='1/persons', factor=0.001), None)
    """
    text = plain(text).casefold()
    simple = _simple(text)
    if simple:
        return simple
    of = _OF.fullmatch(text)
    if of:
        return Measure("share", _SHARES[of["share"]])
    per = _PER.fullmatch(text)
    return _quotient(per["above"], per["below"]) if per else None


def conversion(given: str, wanted: str) -> float | None:
    """What a figure in ``given`` is multiplied with to be in ``wanted``; None: unknown or no such.

    >>> conversion("亿元", "万元"), conversion("‰", "%"), conversion("万元", "%")
    (10000.0, 0.1, None)
    """
    if plain(given).casefold() in _written(wanted):
        return 1.0
    has, needs = measure(given), measure(wanted)
    if has is None or needs is None or has.dimension != needs.dimension:
        return None
    # 15 digits: 0.001 / 0.01 is to be 0.1, not its neighbour.
    return float(f"{has.factor / needs.factor:.15g}")


def of_table(said: Sequence[str], wanted: str | None) -> str | None:
    """Which measurement stated for a whole table is that of a column wanted in ``wanted``.

    Of several that would do and differ none is right, so they are given together and not
    understood; where none would do, the first is.

    >>> of_table(["%", "亿元"], "万元"), of_table(["万元", "亿元"], "万元"), of_table([], "%")
    ('亿元', '万元 | 亿元', None)
    """
    if not said or wanted is None:
        return None
    fitting = {c: s for s in reversed(said) if (c := conversion(s, wanted)) is not None}
    return " | ".join(reversed(fitting.values())) or said[0]


@lru_cache(maxsize=256)
def _written(wanted: str) -> frozenset[str]:
    """A measurement as it stands in a framework, and as our own templates write it."""
    words = MEASUREMENTS.get(wanted)
    told = (wanted, *words) if words else (wanted,)
    return frozenset(plain(text).casefold() for text in told)


def _simple(text: str) -> Measure | None:
    """A measurement that is not a quotient."""
    if text in _SHARES:
        return Measure("share", _SHARES[text])
    for scale, others in _SCALES.items():
        if text == scale or text in others:
            return Measure(scale, 1.0)
    counted = _COUNTED.fullmatch(text)
    if counted:
        base = _simple(counted["rest"].strip()) if counted["rest"].strip() else None
        return Measure(base.dimension, base.factor * _digits(counted["number"])) if base else None
    return _chinese(text) or _english(text)


def _chinese(text: str) -> Measure | None:
    for dimension, nouns in _NOUNS_ZH.items():
        for noun in nouns:
            power = text.removesuffix(noun)
            if power != text and power in _POWERS_ZH:
                return Measure(dimension, _POWERS_ZH[power])
    return None


def _english(text: str) -> Measure | None:
    for power, factor in (("", 1.0), *_POWERS_EN.items()):
        # "million US$", "US$ million" and "US$, millions" are all in use.
        rests = (
            {text.removeprefix(f"{power} ").strip(), re.sub(rf",? {power}s?$", "", text)}
            if power
            else {text}
        )
        for dimension, nouns in _NOUNS_EN.items():
            if (rests - {text} if power else rests) & set(nouns):
                return Measure(dimension, factor)
    return None


def _quotient(above: str, below: str) -> Measure | None:
    """``per 1,000 population``, ``件/万人``, ``每万人``: a rate, by its two parts."""
    counted = _COUNTED.fullmatch(below)
    number, noun = (
        (_digits(counted["number"]), counted["rest"].strip()) if counted else (1.0, below)
    )
    under = _simple(noun)
    # Nobody converts enterprises to employees: an unknown noun is its own dimension.
    bottom = under or (Measure(noun, 1.0) if counted and noun else None)
    top = _simple(above) if above else Measure("1", 1.0)
    if bottom is None or top is None:
        return None
    # Papers, items and persons above the line are all things counted.
    kind = "1" if top.dimension in {"1", "count", "persons"} else top.dimension
    return Measure(f"{kind}/{bottom.dimension}", top.factor / (number * bottom.factor))


def _digits(text: str) -> float:
    return float(re.sub(r"[, ]", "", text))
