"""The answer at the head of a unit's page: which gap is the widest, how sure, against whom."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.report.compare_above import part
from stiscore.report.gaps_model import GapsReport, Shortfall, UnitGaps
from stiscore.report.league import ranges_of
from stiscore.report.phrases import figure, words
from stiscore.report.variation import joined
from stiscore.words import Lang
from stiscore.words.gaps import said
from stiscore.words.units import UNITS


def answer(told: GapsReport, unit: UnitGaps, lang: Lang) -> Iterator[str]:
    """What is the widest, how sure, against whom."""
    if not unit.unit.ranked:
        yield said("unranked", lang)
    yield from ranges_of(unit.unit, told.report, lang)[:1]
    yield from _peers(unit, lang)
    yield from _widest(unit, lang)
    yield from _sure(told, unit, lang)
    yield from _against(unit, lang)


def _peers(unit: UnitGaps, lang: Lang) -> Iterator[str]:
    peers = unit.peers
    if not peers.rows:
        yield said("no_peers", lang)
        return
    yield said("peers", lang, name=peers.name, n=len(peers.rows))
    if peers.source is not None:
        yield UNITS["group_source"].say(lang, source=peers.source)
    yield from (note.say(lang) for note in peers.notes)


def _widest(unit: UnitGaps, lang: Lang) -> Iterator[str]:
    held, of = unit.widest, len(unit.gaps)
    n = len(unit.measured)
    if not n:
        yield said("none_measured", lang, of=of)
        return
    if not held:
        yield said("none_short", lang, n=n, of=of)
        return
    severity = figure(held[0].told.severity)
    if len(held) > 1:
        gaps = joined(words(gap.told.name) for gap in held)
        yield said("widest_level", lang, n=n, of=of, gaps=gaps, severity=severity)
        return
    (gap,) = held
    yield said(
        "widest" if n > 1 else "only",
        lang,
        n=n,
        of=of,
        gap=words(gap.told.name),
        severity=severity,
        n_behind=gap.told.measured,
        m_behind=gap.told.of,
    )


def _sure(told: GapsReport, unit: UnitGaps, lang: Lang) -> Iterator[str]:
    """How sure the widest is: over the variants, and for what is not measured."""
    variation, held = told.report.variation, unit.widest
    if len(unit.measured) < 2:
        pass
    elif variation is not None and held and not moved(unit):
        yield said("sure_not", lang)
    elif len(held) == 1 and variation is not None and held[0].widest_share is not None:
        (gap,) = held
        share = part(held[0].widest_share, variation.draws)
        yield said("sure", lang, share=share, draws=variation.draws)
        if gap.told.severity_range is not None:
            low, high = (figure(end) for end in gap.told.severity_range)
            still = sum(not _moves(other) for other in unit.measured if other is not gap)
            key = "sure_still" if still else "sure_one"
            key = key if low == high else "sure_severity"
            yield said(key, lang, share=variation.share, low=low, high=high, n=still)
    of = sum(gap.told.of for gap in unit.gaps)
    missing = of - sum(gap.told.measured for gap in unit.gaps)
    if unit.measured and missing:
        yield said("thin", lang, n=missing, of=of)


def _against(unit: UnitGaps, lang: Lang) -> Iterator[str]:
    above = [
        (gap.told.severity - gap.median, gap)
        for gap in unit.measured
        if gap.told.severity is not None and gap.median is not None
    ]
    if not above:
        return
    by, gap = max(above, key=lambda pair: pair[0])
    # What is printed as 0.0 is no distance.
    if by < 0.05:
        yield said("against_none", lang)
    else:
        yield said("against", lang, gap=words(gap.told.name), by=figure(by))


def moved(unit: UnitGaps) -> bool:
    """Whether any severity of the unit differs between variants."""
    return any(map(_moves, unit.measured))


def _moves(gap: Shortfall) -> bool:
    ends = gap.told.severity_range
    return ends is not None and ends[1] - ends[0] > 1e-9
