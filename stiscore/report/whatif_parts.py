"""Tables of one scenario: what is supposed, nodes, gaps, who is passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stiscore.analysis.compare import GAP_INDEX
from stiscore.analysis.outcome import Outcome, Shift
from stiscore.analysis.supposed import Figure
from stiscore.framework.model import Name
from stiscore.report import league
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, listed, name, raw, spots
from stiscore.report.table import Field
from stiscore.report.whatif_model import WhatIfReport
from stiscore.words import Lang, Words
from stiscore.words.faults import tell
from stiscore.words.measurements import measured
from stiscore.words.report import label
from stiscore.words.whatif import WHATIF, said


def parts(told: WhatIfReport, outcome: Outcome, lang: Lang) -> Iterator[Part]:
    """The page of one scenario, part by part."""
    yield supposed(told, outcome, lang)
    shifts = [s for s in outcome.shifts if s.moved]
    nodes = [s for s in shifts if s.kind != "gap"]
    if nodes:
        yield _nodes(told, nodes, lang)
    gaps = [s for s in shifts if s.kind == "gap"]
    if gaps:
        yield _gaps(told, gaps, lang)
    if outcome.before.rank is not None and outcome.after.rank is not None and not outcome.idle:
        yield Part(said("passes", lang), above=list(_passed(told, outcome, lang)))
    notes = [remark.say(lang) for remark in remarks(told, outcome)]
    if notes:
        yield Part(said("notes", lang), items=notes)


def supposed(told: WhatIfReport, outcome: Outcome, lang: Lang) -> Part:
    """Every figure that changes, as it was and as it would be."""
    held = outcome.figures
    fields = [
        Field(said("figure", lang), [name(told.report.names[f.id], lang) for f in held], "left"),
        Field(said("before", lang), [raw(f.before) for f in held]),
        Field(said("after", lang), [raw(f.after) for f in held]),
        Field(said("measured_in", lang), [measured(f.measured_in, lang) for f in held], "left", 2),
        Field(said("asked", lang), [asked(f, lang) for f in held], "left", 1),
    ]
    if any(f.cells for f in held):
        cells = [spots(f.cells) or "-" for f in held]
        fields.append(Field(said("cell", lang), cells, "left", 3))
    blank = any(f.quantity and f.before is None and f.factor is not None for f in held)
    beneath = [said("about_blank", lang)] if blank else []
    return Part(said("supposed", lang), fields, beneath=beneath)


def asked(told: Figure, lang: Lang) -> str:
    """The change as it was written, or that the figure follows from others."""
    if told.asked is not None:
        return told.asked.text
    if told.factor is not None:
        return said("follows_by", lang, factor=told.factor)
    return said("follows", lang)


def moved(before: float | None, after: float | None, digits: int = 1) -> str:
    """A change with its sign; one too small for the last digit is never shown as none.

    >>> moved(1.0, 2.0), moved(1.0, 1.0), moved(1.0, 1.01), moved(None, 1.0)
    ('+1.0', '0.0', '<+0.1', '-')
    """
    if before is None or after is None:
        return "-"
    change, least = after - before, 10.0**-digits
    if change == 0 or abs(change) < 1e-9:
        return figure(0.0, digits)
    sign = "+" if change > 0 else "-"
    if abs(change) < least / 2:
        return f"<{sign}{least:.{digits}f}"
    return f"{sign}{figure(abs(change), digits)}"


def ranks(before: int | None, after: int | None) -> str:
    """A rank before and after, or the one it keeps.

    >>> ranks(3, 2), ranks(3, 3), ranks(None, 4)
    ('3 -> 2', '3', '- -> 4')
    """
    if before == after:
        return str(after or "-")
    return f"{before or '-'} -> {after or '-'}"


def _nodes(told: WhatIfReport, shifts: Sequence[Shift], lang: Lang) -> Part:
    low, high = told.ends
    key = "about_nodes" if (low, high) == (0, 100) else "about_nodes_scaled"
    fields = [
        Field(said("node", lang), [name(_name(told, s.id), lang) for s in shifts], "left"),
        Field(said("kind", lang), [_kind(told, s, lang) for s in shifts], "left", drop=3),
        *_sides(shifts, lang),
        Field(
            said("points", lang),
            [moved(s.before.points or 0.0, s.after.points or 0.0) for s in shifts],
            drop=2,
        ),
        _rank_field(shifts, lang),
    ]
    return Part(said("nodes", lang), fields, beneath=[said(key, lang, low=low, high=high)])


def _gaps(told: WhatIfReport, shifts: Sequence[Shift], lang: Lang) -> Part:
    heads = [
        label("gap_index", lang) if s.id == GAP_INDEX else name(_name(told, s.id), lang)
        for s in shifts
    ]
    fields = [
        Field(said("gap", lang), heads, "left"),
        *_sides(shifts, lang),
        _rank_field(shifts, lang),
    ]
    return Part(said("gaps", lang), fields, beneath=[said("about_gaps", lang)])


def _sides(shifts: Sequence[Shift], lang: Lang) -> tuple[Field, ...]:
    return (
        Field(said("before", lang), [figure(s.before.score) for s in shifts]),
        Field(said("after", lang), [figure(s.after.score) for s in shifts]),
        Field(said("change", lang), [moved(s.before.score, s.after.score) for s in shifts]),
    )


def _rank_field(shifts: Sequence[Shift], lang: Lang) -> Field:
    return Field(said("rank", lang), [ranks(s.before.rank, s.after.rank) for s in shifts], drop=1)


def _name(told: WhatIfReport, node: str) -> Name:
    """A node's name; an area that rests on proxies alone goes by theirs."""
    areas = {area.id: area.name for area in told.report.areas}
    return areas.get(node, told.report.names[node])


def _kind(told: WhatIfReport, shift: Shift, lang: Lang) -> str:
    area = shift.id in {area.id for area in told.report.areas}
    return said("area" if area else shift.kind, lang)


def _passed(told: WhatIfReport, outcome: Outcome, lang: Lang) -> Iterator[str]:
    """Who is overtaken, who overtakes, who is level now; that nobody is said as well."""
    rows = (outcome.overtaken, outcome.overtaking, outcome.joined)
    for key, held in zip(("overtaken", "overtaking", "joined"), rows, strict=True):
        if held:
            units = [told.unit(row) for row in held]
            shown = (
                said("passed", lang, unit=league.unit_label(u, lang), score=figure(u.score))
                for u in units
            )
            yield said(key, lang, units=listed(shown, lang))
    if not any(rows):
        yield said("no_one", lang)


def remarks(told: WhatIfReport, outcome: Outcome) -> Iterator[Words]:
    """Warnings on supposed values, then what is to be said of each indicator."""
    for finding in outcome.findings:
        text = Words(tell(finding, "en").what, tell(finding, "zh").what)
        yield WHATIF["warned"].filled(text=text)
    yield from told.remarks(outcome)
