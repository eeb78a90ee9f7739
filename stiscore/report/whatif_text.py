"""What-if on a terminal and as markdown: one scenario in full, several in one table."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.outcome import Outcome
from stiscore.report import league
from stiscore.report.parts import Page, Part
from stiscore.report.phrases import figure, listed, name, opening
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.report.variation import span
from stiscore.report.whatif_model import WhatIfReport
from stiscore.report.whatif_parts import moved, parts, ranks, remarks
from stiscore.words import Lang
from stiscore.words.report import label
from stiscore.words.whatif import WHATIF, said


def text(told: WhatIfReport, screen: Screen) -> str:
    """The page at the screen's width."""
    return _page(told, screen.lang).printed(screen)


def markdown(told: WhatIfReport, lang: Lang) -> str:
    """The same as markdown."""
    return _page(told, lang).as_markdown()


def _page(told: WhatIfReport, lang: Lang) -> Page:
    return Page(_beginning(told, lang), _parts(told, lang), league.ending(told.report, lang))


def _beginning(told: WhatIfReport, lang: Lang) -> Iterator[str]:
    first = told.outcomes[0]
    unit, n = league.unit_label(told.unit(first.row), lang), len(told.outcomes)
    if n > 1:
        several = len({o.row for o in told.outcomes}) > 1
        yield said("title_several" if several else "title_several_of", lang, n=n, unit=unit)
    else:
        key = "title" if first.scenario is None else "title_named"
        yield said(key, lang, unit=unit, scenario=first.scenario)
    yield from opening(told.report, lang)
    yield said("arithmetic", lang)
    if told.learned:
        yield said("sample_scale", lang)


def _parts(told: WhatIfReport, lang: Lang) -> Iterator[Part]:
    if len(told.outcomes) > 1:
        yield _several(told, lang)
        return
    only = told.outcomes[0]
    yield Part(above=list(headline(told, only, lang)))
    yield from parts(told, only, lang)


def headline(told: WhatIfReport, outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Score, rank and gap index before and after, and what the range of ranks says of it."""
    before, after = outcome.before, outcome.after
    fields = {
        "before": figure(before.score),
        "after": figure(after.score),
        "change": moved(before.score, after.score),
        "then": before.rank,
        "now": after.rank,
        "ranked": outcome.ranked[1],
    }
    one: Lang = "zh" if lang == "zh" else "en"
    yield label("sentence", one, text=said(_headline(outcome), lang, **fields))
    if before.gap_index is not None or after.gap_index is not None:
        same = moved(before.gap_index, after.gap_index) == "0.0"
        gaps = {
            "before": figure(before.gap_index),
            "after": figure(after.gap_index),
            "change": moved(before.gap_index, after.gap_index),
        }
        text = said("gap_index_same" if same else "gap_index", lang, **gaps)
        yield label("sentence", one, text=text)
    if outcome.idle:
        yield said("nothing", lang)
    yield from _range(told, outcome, lang)


def _headline(outcome: Outcome) -> str:
    then, now = outcome.before.rank, outcome.after.rank
    if then is None:
        return "headline_unranked" if now is None else "headline_enters"
    if now is None:
        return "headline_leaves"
    if outcome.before.score == outcome.after.score and then == now:
        return "headline_idle"
    return "headline_same" if then == now else "headline"


def _range(told: WhatIfReport, outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Whether the new rank lies inside the range of the rank as it stands."""
    variation, inside = told.report.variation, told.inside(outcome)
    if told.still and outcome.before.rank != outcome.after.rank:
        yield said("still_ranges", lang)
    if variation is None or inside is None:
        return
    ends = span(told.ranges[outcome.row])
    held = WHATIF["range"].filled(share=variation.share, draws=variation.draws, span=ends)
    same = outcome.before.rank == outcome.after.rank
    key = "outside" if not inside else "inside"
    if same:
        key = "same_rank" if inside and not outcome.idle else "stays"
    yield said(key, lang, range=held, rank=outcome.after.rank)


def _several(told: WhatIfReport, lang: Lang) -> Part:
    """A row a scenario, under a row of each unit as it stands."""
    rows = [
        row for each in dict.fromkeys(o.row for o in told.outcomes) for row in _of(told, each, lang)
    ]
    several = len({o.row for o in told.outcomes}) > 1
    heads = ("scenario", "unit", "asked", "score", "change", "rank", "index_head", "passed_head")
    drops = (0, 0, 2, 0, 1, 0, 3, 4)
    fields = [
        Field(said(head, lang), column, "left" if n < 3 else "right", drops[n])
        for n, (head, column) in enumerate(zip(heads, zip(*rows, strict=True), strict=True))
        if several or head != "unit"
    ]
    beneath = [said("about_scenarios", lang)]
    variation = told.report.variation
    if variation is not None and any(map(told.inside, told.outcomes)):
        given = {"share": variation.share, "draws": variation.draws}
        beneath.insert(0, said("about_inside", lang, **given))
    return Part(said("scenarios", lang), fields, beneath=[*beneath, *_remarks(told, lang)])


def _of(told: WhatIfReport, row: int, lang: Lang) -> Iterator[tuple[str, ...]]:
    """A unit as it stands, then each of its scenarios."""
    held = [o for o in told.outcomes if o.row == row]
    unit, first = league.unit_label(told.unit(row), lang), held[0].before
    yield (
        said("as_it_is", lang), unit, "-", figure(first.score), "-", str(first.rank or "-"),
        figure(first.gap_index), "-",
    )  # fmt: skip
    for each in held:
        change = moved(each.before.score, each.after.score)
        mark = "~" if told.inside(each) else ""
        yield (
            _called(told, each),
            unit,
            changes(told, each, lang),
            figure(each.after.score),
            change,
            f"{ranks(each.before.rank, each.after.rank)}{mark}",
            figure(each.after.gap_index),
            f"{len(each.overtaken) - len(each.overtaking):+d}".replace("+0", "0"),
        )


def _called(told: WhatIfReport, outcome: Outcome) -> str:
    """A scenario's name, or its number."""
    return outcome.scenario or str(told.outcomes.index(outcome) + 1)


def changes(told: WhatIfReport, outcome: Outcome, lang: Lang) -> str:
    """What a scenario changes, in one cell."""
    names = told.report.names
    each = (f"{name(names[i], lang)} {c.text}" for i, c in outcome.changes.items())
    return listed(each, lang, "semicolon")


def _remarks(told: WhatIfReport, lang: Lang) -> Iterator[str]:
    """What is to be said of the scenarios, each sentence under the name of its own."""
    for outcome in told.outcomes:
        held = [*remarks(told, outcome), *([WHATIF["nothing"]] if outcome.idle else [])]
        for remark in held:
            yield said("in_scenario", lang, scenario=_called(told, outcome), text=remark)
