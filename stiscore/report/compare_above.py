"""Who ranks above whom in how many variants, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.report.compare_grids import brief
from stiscore.report.compare_model import Above, ComparisonReport
from stiscore.words import Lang, Words
from stiscore.words.compare import said
from stiscore.words.uncertainty import RANGES

# Of more units than this only neighbours in rank are told; JSON holds every pair.
_ALL_PAIRS = 4
# Shares of variants are told in whole per cent; what rounds to none or all is told apart from it.
_ROUNDED = 0.005


def above_lines(told: ComparisonReport, lang: Lang) -> Iterator[str]:
    """A sentence a pair in the first table."""
    pairs = told.tables[0].above
    sides = {pair.one for pair in pairs} | {pair.other for pair in pairs}
    if len(sides) > _ALL_PAIRS:
        yield said("neighbours", lang)
        nearest = {pair.one: pair for pair in reversed(pairs)}
        pairs = tuple(pair for pair in pairs if nearest[pair.one] is pair)
    yield from (_sentence(pair, told, lang) for pair in pairs)


def _sentence(pair: Above, told: ComparisonReport, lang: Lang) -> str:
    return RANGES["above_in_level" if pair.level > _ROUNDED else "above_in"].say(
        lang,
        one=brief(told.sides[pair.one], lang),
        other=brief(told.sides[pair.other], lang),
        share=part(pair.share, pair.draws),
        level=part(pair.level, pair.draws),
        draws=pair.draws,
    )


def part(share: float, draws: int) -> Words:
    """A share of variants as people read it: 0 % is none and 100 % is all of them.

    >>> part(0.9999, 10_000).en, part(1.0, 10_000).en, part(0.5, 10_000).zh
    ('over 99%', '100%', '50%')
    """
    count = round(share * draws)
    if count in {0, draws}:
        return RANGES["all" if count else "none"]
    if not _ROUNDED <= share <= 1.0 - _ROUNDED:
        return RANGES["under_one" if share < _ROUNDED else "over_99"]
    return RANGES["share"].filled(share=share)
