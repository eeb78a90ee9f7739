"""What an explanation says of an indicator: weight, cells, scale, and what one rank more takes."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.explain import Leaf
from stiscore.analysis.explanation import Ahead
from stiscore.analysis.next_rank import Step
from stiscore.dataset import Collected
from stiscore.derived import AS_READ
from stiscore.report.explain_phrases import ahead, median, place, short, whom
from stiscore.report.explain_phrases import say as _say
from stiscore.report.explain_weight import way_lines
from stiscore.report.phrases import combined, figure, listed, prose, raw, reaching, words
from stiscore.words import Lang, Words
from stiscore.words.explain import EXPLAIN
from stiscore.words.measurements import measured
from stiscore.words.report import label
from stiscore.words.template import COUNTED


def leaf_head(leaf: Leaf, lang: Lang, *, full: bool) -> str:
    """An indicator's score and rank; in a tree with the next unit above, and in one line."""
    told = leaf.indicator
    shown = words(told.name)
    if leaf.score is None:
        return _say("leaf_missing", lang, name=shown, id=told.id)
    at, score = place(leaf.rank, None), figure(leaf.score)
    head = _say("leaf", lang, name=shown, id=told.id, score=score, place=at)
    return head if full else ahead(leaf.above, head, lang)


def leaf_lines(leaf: Leaf, lang: Lang, *, full: bool, index: Ahead | None) -> Iterator[str]:
    """All lines beneath the head; ``full``: with sources, weights and what one rank more takes."""
    if leaf.score is None:
        if leaf.aside is not None:
            yield listed([label("tolerated", lang), *filter(None, [leaf.aside])], lang, "clause")
        yield from (_say("from_cell", lang, cell=p.location) for p in leaf.parts)
        return
    yield _say(
        "share", lang, share=leaf.share, effective=leaf.effective, points=figure(leaf.points, 2)
    )
    if full and leaf.way is not None:
        yield from way_lines(leaf.way, lang)
    yield from _value(leaf, lang)
    yield from _doubts(leaf, lang)
    yield from _scale(leaf, lang, full=full)
    yield from _peers(leaf, lang)
    if full:
        yield from _next(leaf, index, lang)
    yield from _about(leaf, lang)


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
    above = combined(rule.numerators, rule.combine)
    below = combined(rule.denominators, rule.combine_denominators) or "1"
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


def _doubts(leaf: Leaf, lang: Lang) -> Iterator[str]:
    """The year, the error and the plausible range of a value, where there is something to say."""
    if leaf.period is not None:
        yield _say("of_year", lang, year=leaf.period)
    for part in leaf.parts:
        if part.error is None:
            continue
        below, above = (raw(side) for side in part.error)
        sides = below if below == above else EXPLAIN["error_sides"].filled(below=below, above=above)
        yield _say("error", lang, column=part.column, error=sides)
    if leaf.implausible is not None:
        low, high = leaf.implausible
        yield _say("implausible", lang, low=raw(low), high=raw(high))


def _treatment(leaf: Leaf, lang: Lang) -> Iterator[str]:
    """What stood between the value and its scale: filling, limits, transforms."""
    if leaf.filled_by is not None:
        key = "filled" if leaf.value is None else "along_years"
        yield _say(key, lang, method=leaf.filled_by, value=raw(leaf.filled))
    if leaf.treatment is not None and leaf.treatment.steps and leaf.treated != leaf.filled:
        steps = listed((step.formula for step in leaf.treatment.steps), lang, "semicolon")
        yield _say("treated", lang, steps=steps, value=raw(leaf.treated))


def _scale(leaf: Leaf, lang: Lang, *, full: bool) -> Iterator[str]:
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
        yield _say("goalposts", lang, low=raw(low), high=raw(high), basis=_basis(leaf, full=full))


def _basis(leaf: Leaf, *, full: bool) -> Words:
    """What the goalposts rest on; ``full``: with table and year."""
    told = EXPLAIN[leaf.basis or "judgement"]
    if not full or leaf.posts is None:
        return told
    if leaf.posts.basis_source is not None:
        told = EXPLAIN["basis_of"].filled(basis=told, source=leaf.posts.basis_source)
    if leaf.posts.basis_year is not None:
        told = EXPLAIN["basis_year"].filled(basis=told, year=leaf.posts.basis_year)
    return told


def _peers(leaf: Leaf, lang: Lang) -> Iterator[str]:
    if leaf.median is None:
        return
    yield _say(
        "peer_value",
        lang,
        **median(leaf.median, leaf.score, leaf.few, lang),
        value=raw(leaf.median_value),
        measured_in=measured(leaf.indicator.measured_in, lang),
    )


def _next(leaf: Leaf, index: Ahead | None, lang: Lang) -> Iterator[str]:
    """The next unit above in the indicator, and how far it alone would carry the index."""
    if leaf.step is None:
        return
    over = leaf.above
    if over is None:
        yield _say("nobody", lang)
    else:
        yield _say(
            "next",
            lang,
            unit=whom(over, lang),
            rank=over.rank,
            score=figure(over.score, 2),
            short=short(over.short),
        )
    if leaf.step.why_not is not None:
        yield _say("unsolved", lang, why=EXPLAIN[f"unsolved_{leaf.step.why_not}"])
        return
    benefit = leaf.indicator.direction == "benefit"
    unit = measured(leaf.indicator.measured_in, lang)
    if leaf.step.gain is not None:
        value, gain = reaching(leaf.step.value, benefit=benefit), f"{leaf.step.gain:+.2f}"
        yield _say("level_at", lang, value=value, measured_in=unit, gain=gain)
    yield from _alone(leaf.step, index, lang, unit, benefit=benefit)
    if not leaf.indicator.lever:
        yield _say("no_lever", lang)


def _alone(
    step: Step, index: Ahead | None, lang: Lang, unit: str, *, benefit: bool
) -> Iterator[str]:
    alone = step.alone
    if alone is None or index is None or index.above is None:
        return
    told = {"unit": whom(index.above, lang), "score": figure(index.above.score, 2)}
    if alone.lacking is not None:
        most, lacking = figure(alone.most, 2), short(alone.lacking)
        yield _say("not_alone", lang, **told, most=most, lacking=lacking)
        return
    value = reaching(alone.value, benefit=benefit)
    own = figure(alone.score, 2)
    yield _say("alone", lang, **told, value=value, measured_in=unit, own=own)


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
        yield _say("caveat", lang, caveat=words(told.caveat))
    if leaf.sourced:
        key = "ours" if told.origin == "ours" else "paper"
        yield _say("origin", lang, origin=EXPLAIN[key].filled(section="-"))
