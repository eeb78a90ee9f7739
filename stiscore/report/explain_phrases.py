"""Phrases an explanation uses at several nodes: places, the next unit above, distances."""

from __future__ import annotations

from math import ceil

from stiscore.analysis.next_rank import Above
from stiscore.dataset import titled
from stiscore.report.phrases import figure, listed
from stiscore.report.variation import span
from stiscore.words import Lang, Words
from stiscore.words.explain import EXPLAIN


def say(key: str, lang: Lang, **fields: object) -> str:
    """A sentence of an explanation."""
    return EXPLAIN[key].say(lang, **fields)


def place(rank: int | None, ranks: tuple[int, int] | None) -> Words:
    """A rank with the range that variants give it."""
    if rank is None:
        return EXPLAIN["unplaced"]
    if ranks is None:
        return EXPLAIN["placed"].filled(rank=rank)
    return EXPLAIN["placed_in"].filled(rank=rank, range=span(ranks))


def whom(above: Above, lang: Lang) -> str | Words:
    """The unit that is next above, or the first of several level with each other."""
    unit = titled(above.unit, lang)
    if above.level == 1:
        return unit
    return EXPLAIN["next_several"].filled(unit=unit, all=above.level)


def ahead(above: Above | None, head: str, lang: Lang) -> str:
    """A head, and who is next above there, in one line."""
    if above is None:
        return head
    lacking = signed(above.short).removeprefix("+")
    told = say("next_brief", lang, unit=whom(above, lang), score=figure(above.score), short=lacking)
    return listed([head, told], lang, "semicolon")


def median(value: float | None, score: float | None, few: int | None, lang: Lang) -> dict[str, str]:
    """A peer median, of how many peers where not all have one, how far a score lies from it."""
    apart = None if score is None or value is None else score - value
    of = "" if few is None else say("of_few", lang, n=few)
    return {"score": figure(value), "of": of, "difference": signed(apart)}


def short(lacking: float) -> str:
    """A score that lacks, rounded up, so that as much is enough.

    >>> short(0.2569), short(0.0)
    ('0.26', '0.00')
    """
    return f"{ceil(round(lacking * 100, 6)) / 100:.2f}"


def signed(difference: float | None) -> str:
    """A difference with its sign, to one digit, or as many as show something.

    >>> signed(4.61), signed(-0.004), signed(0.0), signed(None)
    ('+4.6', '-0.004', '+0.0', '-')
    """
    if difference is None:
        return "-"
    digits = next((d for d in (1, 2, 3, 4) if abs(difference) >= 0.5 * 10**-d), None)
    if digits is None:
        return "+0.0" if abs(difference) < 1e-9 else f"{difference:+.1e}"
    return f"{difference:+.{digits}f}"
