"""An explanation as text or markdown: an indented tree from the index to the cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stiscore.analysis.explain import Branch, Leaf
from stiscore.dataset import Collected, titled
from stiscore.derived import AS_READ
from stiscore.framework.model import Group
from stiscore.report.explain_json import as_json
from stiscore.report.layout import printable, wrapped
from stiscore.report.league import on_ranges, ranges_of
from stiscore.report.markdown import escape
from stiscore.report.model import Report, UnitReport
from stiscore.report.phrases import figure, footer, listed, name, prose, raw, set_aside
from stiscore.words import Lang
from stiscore.words.explain import EXPLAIN
from stiscore.words.measurements import measured
from stiscore.words.report import label
from stiscore.words.sections import section
from stiscore.words.template import COUNTED

Line = tuple[int, str]


def render(
    parts: Sequence[Branch | Leaf],
    report: Report,
    form: str,
    lang: Lang,
    width: int,
    gap: str | None = None,
) -> str:
    """An explanation of one unit's ``parts`` in ``form``; ``gap``: the gap they stand behind."""
    if form == "json":
        return as_json(parts, report, gap)
    unit = report.units[0]
    ranges = [(0, text) for text in ranges_of(unit, report, lang)]
    lines = [*_head(unit, report, lang), *ranges, *_gap(unit, gap, lang)]
    if report.provenance.invented:
        lines.insert(0, (0, label("invented", lang)))
    lines += [(0, text) for text in set_aside(report, lang)]
    for part in parts:
        lines.extend(_part(part, 0, lang))
    if form == "markdown":
        body = [f"{'  ' * depth}- {escape(text)}" for depth, text in lines]
        return "\n".join([*body, "", *(f"{escape(t)}  " for t in _ending(report, lang))]) + "\n"
    told = [wrapped(printable(text), width, 2 * depth, hanging=2) for depth, text in lines]
    ending = [wrapped(printable(text), width) for text in _ending(report, lang)]
    return "\n".join([*told, "", *ending]) + "\n"


def _ending(report: Report, lang: Lang) -> list[str]:
    notes = [*on_ranges(report, lang), *(note.say(lang) for note in report.notes)]
    return [*notes, *footer(report, lang, caveats=False)]


def _say(key: str, lang: Lang, **fields: object) -> str:
    return EXPLAIN[key].say(lang, **fields)


def _head(unit: UnitReport, report: Report, lang: Lang) -> list[Line]:
    shown = titled(unit, lang)
    if not unit.ranked:
        return [(0, _say("head_unranked", lang, unit=shown))]
    return [(0, _say("head", lang, unit=shown, rank=unit.rank, of=report.ranked))]


def _gap(unit: UnitReport, gap: str | None, lang: Lang) -> list[Line]:
    told = next((g for g in unit.gaps if g.id == gap), None)
    if told is None:
        return []
    key = "gap" if told.severity is not None else "gap_absent"
    shown = name(told.name, lang)
    return [
        (
            0,
            _say(
                key,
                lang,
                name=shown,
                id=told.id,
                severity=figure(told.severity),
                n=told.measured,
                m=told.of,
            ),
        )
    ]


def _part(part: Branch | Leaf, depth: int, lang: Lang) -> Iterator[Line]:
    if isinstance(part, Leaf):
        yield from _leaf(part, depth, lang)
        return
    yield (
        depth,
        _say(
            "branch",
            lang,
            name=name(part.group.name, lang),
            id=part.group.id,
            score=figure(part.score),
            rank=part.rank or "-",
            method=_say(part.method, lang) if part.method in EXPLAIN else part.method,
            n=len(part.children),
            coverage=part.coverage,
        ),
    )
    if part.share != 1.0 or depth:
        yield (
            depth + 1,
            _say(
                "share",
                lang,
                share=part.share,
                effective=part.effective,
                points=figure(part.points, 2),
            ),
        )
    if part.sourced:
        yield depth + 1, _origin(part.group, lang)
    for child in part.children:
        yield from _part(child, depth + 1, lang)


def _origin(node: Group, lang: Lang) -> str:
    paper = section(node.paper or "-")
    key = "paper" if node.origin == "paper" else "ours"
    return _say("origin", lang, origin=_say(key, lang, section=paper))


def _leaf(leaf: Leaf, depth: int, lang: Lang) -> Iterator[Line]:
    told = leaf.indicator
    shown = name(told.name, lang)
    if leaf.score is None:
        yield depth, _say("leaf_missing", lang, name=shown, id=told.id)
        if leaf.aside is not None:
            text = listed([label("tolerated", lang), *filter(None, [leaf.aside])], lang, "clause")
            yield depth + 1, text
        yield from ((depth + 1, _say("from_cell", lang, cell=p.location)) for p in leaf.parts)
        return
    yield (
        depth,
        _say("leaf", lang, name=shown, id=told.id, score=figure(leaf.score), rank=leaf.rank or "-"),
    )
    yield (
        depth + 1,
        _say(
            "share", lang, share=leaf.share, effective=leaf.effective, points=figure(leaf.points, 2)
        ),
    )
    yield from (
        (depth + 1, text)
        for text in (*_value(leaf, lang), *_scale(leaf, lang), *_about(leaf, lang))
    )


def _value(leaf: Leaf, lang: Lang) -> Iterator[str]:
    unit = measured(leaf.indicator.measured_in, lang)
    told = _say("value", lang, value=raw(leaf.value), measured_in=unit)
    if leaf.value is None and leaf.filled_by is not None:
        blank = (_say("from_cell", lang, cell=p.location) for p in leaf.parts)
        yield listed([_say("blank", lang), *blank], lang, "clause")
        return
    if leaf.collected is not None:
        yield told
        yield from _counted(leaf.collected, lang)
        return
    rule = leaf.indicator.derive
    if leaf.divided and len(leaf.parts) == 2:
        yield from _quotient(leaf, lang)
        return
    if rule is None or len(leaf.parts) < 2:
        cells = (_say("from_cell", lang, cell=p.location) for p in leaf.parts)
        yield listed([told, *cells], lang, "clause")
        return
    yield told
    above, below = (
        f"{how}({', '.join(ids)})" if len(ids) > 1 else "".join(ids) or "1"
        for how, ids in (
            (rule.combine, rule.numerators),
            (rule.combine_denominators, rule.denominators),
        )
    )
    yield _say("derived", lang, factor=raw(rule.factor), numerators=above, denominators=below)
    for part in leaf.parts:
        yield _say("part", lang, column=part.column, value=raw(part.value), cell=part.location)


def _quotient(leaf: Leaf, lang: Lang) -> Iterator[str]:
    """A figure as read, divided by another column: what it is measured in is not told anywhere."""
    names = [part.column.removesuffix(AS_READ) for part in leaf.parts]
    factor = "" if leaf.factor == 1 else f"{raw(leaf.factor)} x "
    yield _say("quotient", lang, value=raw(leaf.value), formula=f"{factor}{' / '.join(names)}")
    for column, part in zip(names, leaf.parts, strict=True):
        yield _say("part", lang, column=column, value=raw(part.value), cell=part.location)


def _counted(share: Collected, lang: Lang) -> Iterator[str]:
    """What a counted share rests on, and how alike two coders saw it."""
    first = share.cells[0]
    places = ", ".join(place.cell or "" for place in share.cells)
    cells = f"{first.file} [{first.sheet}] {places}"
    yield COUNTED[share.sheet].say(lang, hits=share.hits, cases=share.cases, cells=cells)
    if share.low is not None:
        low, high = figure(share.low), figure(share.high)
        yield COUNTED["interval"].say(lang, low=low, high=high)
    if share.sheet == "coding":
        key = "once" if not share.twice else "undefined" if share.kappa is None else "kappa"
        yield COUNTED[key].say(lang, kappa=share.kappa, twice=share.twice)


def _treatment(leaf: Leaf, lang: Lang) -> Iterator[str]:
    """What stood between the value and its scale: filling, limits, transforms."""
    if leaf.filled_by is not None:
        key = "filled" if leaf.value is None else "along_years"
        yield _say(key, lang, method=leaf.filled_by, value=raw(leaf.filled))
    if leaf.treatment is not None and leaf.treatment.steps and leaf.treated != leaf.filled:
        steps = listed((step.formula for step in leaf.treatment.steps), lang, "semicolon")
        yield _say("treated", lang, steps=steps, value=raw(leaf.treated))


def _scale(leaf: Leaf, lang: Lang) -> Iterator[str]:
    yield from _treatment(leaf, lang)
    score = figure(leaf.score, 2)
    if leaf.ends is None:
        key = "position" if leaf.of else "flat" if leaf.map.kind == "affine" else "class"
        yield _say(key, lang, worse=leaf.worse, of=leaf.of, score=score)
        return
    low, high = sorted(leaf.ends)
    yield _say("scale", lang, formula=leaf.formula, straight=figure(leaf.straight, 2))
    if leaf.clipped:
        yield _say("clipped", lang, score=score)
    if leaf.basis is None:
        yield _say("sample_ends", lang, low=raw(low), high=raw(high))
    else:
        yield _say("goalposts", lang, low=raw(low), high=raw(high), basis=_say(leaf.basis, lang))


def _about(leaf: Leaf, lang: Lang) -> Iterator[str]:
    told, definition = leaf.indicator, leaf.indicator.definition
    above, below = prose(definition.numerator, lang), prose(definition.denominator, lang)
    key = "definition" if below else "definition_plain"
    yield _say(key, lang, numerator=above, denominator=below)
    if told.role == "proxy":
        yield _say("proxy", lang)
    if leaf.source is not None:
        code = f" ({leaf.source.code})" if leaf.source.code else ""
        yield _say("source", lang, source=leaf.source.name + code)
    if told.caveat is not None:
        yield _say("caveat", lang, caveat=name(told.caveat, lang))
    if leaf.sourced:
        key = "ours" if told.origin == "ours" else "paper"
        yield _say("origin", lang, origin=_say(key, lang, section="-"))
