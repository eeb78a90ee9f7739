"""An explanation as text or markdown: an indented tree from the index to the cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from stiscore.analysis.explain import Branch, Leaf, Span
from stiscore.analysis.explanation import Explanation, GapPlace, Unranked
from stiscore.dataset import titled
from stiscore.framework.model import Group
from stiscore.report.compare_above import part
from stiscore.report.explain_json import as_json
from stiscore.report.explain_leaf import leaf_head, leaf_lines
from stiscore.report.explain_phrases import ahead, median, place, short, whom
from stiscore.report.explain_phrases import say as _say
from stiscore.report.explain_weight import missing_line, sum_lines, way_lines, written_lines
from stiscore.report.layout import printable, wrapped
from stiscore.report.league import on_ranges, ranges_of
from stiscore.report.markdown import escape
from stiscore.report.model import GapScore, Report, UnitReport
from stiscore.report.phrases import figure, footer, set_aside, words
from stiscore.words import Lang
from stiscore.words.explain import EXPLAIN
from stiscore.words.report import label
from stiscore.words.sections import section
from stiscore.words.uncertainty import RANGES

Line = tuple[int, str]


class _View(NamedTuple):
    """What is shown, and in which language."""

    told: Explanation
    lang: Lang


def render(told: Explanation, report: Report, form: str, lang: Lang, width: int) -> str:
    """An explanation of one unit in ``form``: json, markdown, anything else is text.

    A node that was asked for is told in full; the whole tree has a line a node of where it stands.
    """
    if form == "json":
        return as_json(told, report)
    lines = list(_lines(told, report, lang))
    if form == "markdown":
        body = [f"{'  ' * depth}- {escape(text)}" for depth, text in lines]
        return (
            "\n".join([*body, "", *(f"{escape(t)}  " for t in _ending(told, report, lang))]) + "\n"
        )
    shown = [wrapped(printable(text), width, 2 * depth, hanging=2) for depth, text in lines]
    ending = [wrapped(printable(text), width) for text in _ending(told, report, lang)]
    return "\n".join([*shown, "", *ending]) + "\n"


def _lines(told: Explanation, report: Report, lang: Lang) -> Iterator[Line]:
    unit = report.units[0]
    if report.provenance.invented:
        yield 0, label("invented", lang)
    yield from ((0, text) for text in _head(unit, told, report, lang))
    yield from ((0, text) for text in set_aside(report, lang))
    view = _View(told, lang)
    if told.gap is not None:
        yield from _gap(next(g for g in unit.gaps if g.id == told.gap.id), told.gap, lang)
    for each in told.parts:
        yield from _part(each, 0, view)


def _ending(told: Explanation, report: Report, lang: Lang) -> list[str]:
    shown = (told.ahead, *told.parts)
    ahead = any(each is not None and each.above is not None for each in shown)
    notes = [_say("arithmetic_only", lang)] if ahead else []
    notes += [*on_ranges(report, lang), *(note.say(lang) for note in report.notes)]
    notes += [note.say(lang) for note in told.peers.notes] if told.peers else []
    return [*notes, *footer(report, lang, caveats=False)]


def _head(unit: UnitReport, told: Explanation, report: Report, lang: Lang) -> Iterator[str]:
    """The unit's rank and ranges, who is next above it, or why it has no rank."""
    shown = titled(unit, lang)
    if not unit.ranked:
        yield _say("head_unranked", lang, unit=shown)
        if told.unranked is not None:
            yield from _why_unranked(told.unranked, lang)
        return
    yield _say("head", lang, unit=shown, rank=unit.rank, of=report.ranked)
    yield from ranges_of(unit, report, lang)
    yield from _ahead(unit, told, lang)
    if told.peers is not None:
        key = "peers_source" if told.peers.source else "peers"
        fields = {"name": told.peers.name, "n": len(told.peers.rows)}
        yield _say(key, lang, **fields, source=told.peers.source)


def _why_unranked(told: Unranked, lang: Lang) -> Iterator[str]:
    if told.excluded:
        yield _say("screened", lang)
        return
    if told.coverage < told.least:
        yield _say("thin_unit", lang, coverage=told.coverage, least=told.least)
    if told.common:
        yield _say("not_common", lang, missing=told.missing)
    elif told.missing > told.most:
        yield _say("few_areas", lang, missing=told.missing, most=told.most)


def _ahead(unit: UnitReport, told: Explanation, lang: Lang) -> Iterator[str]:
    """Who is next above in the index, and how often it is."""
    if told.ahead is None:
        return
    over = told.ahead.above
    if over is None:
        yield _say("nobody_index", lang)
        return
    fields = {"unit": whom(over, lang), "rank": over.rank, "own": unit.label}
    score, lacking = figure(over.score, 2), short(over.short)
    key = "next_index" if told.ahead.aimable else "next_index_only"
    yield _say(key, lang, **fields, score=score, short=lacking)
    if told.ahead.share is None or told.ahead.level is None:
        return
    draws, level = told.ahead.draws, part(told.ahead.level, told.ahead.draws)
    key = "above_in" if told.ahead.level < 0.005 else "above_in_level"
    yield RANGES[key].say(
        lang,
        one=titled(over.unit, lang),
        other=titled(unit, lang),
        share=part(told.ahead.share, draws),
        level=level,
        draws=draws,
    )


def _gap(told: GapScore, at: GapPlace, lang: Lang) -> Iterator[Line]:
    key = "gap" if told.severity is not None else "gap_absent"
    yield (
        0,
        _say(
            key,
            lang,
            name=words(told.name),
            id=told.id,
            severity=figure(told.severity),
            place=place(at.rank, told.rank_range),
            n=told.measured,
            m=told.of,
        ),
    )
    if told.severity_range is not None:
        low, high = (figure(end) for end in told.severity_range)
        if low != high:
            yield 1, _say("span_severities", lang, low=low, high=high)
    yield from ((1, text) for text in (written_lines(at.written, lang) if at.written else ()))
    if at.median is not None:
        yield 1, _say("peer_score", lang, **median(at.median, told.severity, at.few, lang))
    if at.above is not None:
        fields = {"unit": whom(at.above, lang), "rank": at.above.rank}
        score, less = figure(at.above.score, 2), short(at.above.short)
        yield 1, _say("next_less", lang, **fields, score=score, short=less)
    elif at.rank is not None:
        yield 1, _say("nobody", lang)


def _part(told: Branch | Leaf, depth: int, view: _View) -> Iterator[Line]:
    # Beneath a gap that was asked for all indicators were.
    named = view.told.node is not None and depth == 0
    if isinstance(told, Leaf):
        yield depth, leaf_head(told, view.lang, full=named)
        lines = leaf_lines(told, view.lang, full=named, index=view.told.ahead)
        yield from ((depth + 1, text) for text in lines)
        return
    yield depth, _branch_head(told, view, full=named)
    yield from ((depth + 1, text) for text in _branch_lines(told, view.lang, full=named))
    for child in told.children:
        yield from _part(child, depth + 1, view)


def _branch_head(told: Branch, view: _View, *, full: bool) -> str:
    lang = view.lang
    head = _say(
        "branch",
        lang,
        name=words(told.group.name),
        id=told.group.id,
        score=figure(told.score),
        place=place(told.rank, told.span.ranks),
        method=EXPLAIN.get(told.method, told.method),
        n=len(told.children),
        coverage=told.coverage,
    )
    # Who is next above in the index stands at the head of all.
    return head if full or told.way is None else ahead(told.above, head, lang)


def _branch_lines(told: Branch, lang: Lang, *, full: bool) -> Iterator[str]:
    if told.way is not None and told.score is not None:
        points = figure(told.points, 2)
        yield _say("share", lang, share=told.share, effective=told.effective, points=points)
        if full:
            yield from way_lines(told.way, lang)
    if told.score is None:
        yield _say("thin_group", lang, coverage=told.coverage, least=told.least)
    if full:
        yield from _span(told.span, lang)
        yield from sum_lines(told, lang)
    elif told.missing and told.score is not None:
        yield missing_line(told, lang)
    if told.median is not None:
        yield _say("peer_score", lang, **median(told.median, told.score, told.few, lang))
    if full and told.way is not None:
        yield from _next(told, lang)
    if told.sourced:
        yield _origin(told.group, lang)


def _span(span: Span, lang: Lang) -> Iterator[str]:
    if span.scores is not None:
        low, high = (figure(end) for end in span.scores)
        # What no choice moves needs no range.
        if low != high:
            yield _say("span_scores", lang, low=low, high=high)


def _next(told: Branch, lang: Lang) -> Iterator[str]:
    over = told.above
    if over is not None:
        score, lacking = figure(over.score, 2), short(over.short)
        fields = {"unit": whom(over, lang), "rank": over.rank}
        yield _say("next", lang, **fields, score=score, short=lacking)
    elif told.rank is not None:
        yield _say("nobody", lang)


def _origin(node: Group, lang: Lang) -> str:
    paper = section(node.paper or "-")
    key = "paper" if node.origin == "paper" else "ours"
    return _say("origin", lang, origin=EXPLAIN[key].filled(section=paper))
