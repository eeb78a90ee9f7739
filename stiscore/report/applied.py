"""What was done to the data, as lines and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from stiscore.analysis.applied import Applied, Treatment
from stiscore.dataset import titled
from stiscore.report.league import Rows
from stiscore.report.model import Report
from stiscore.report.phrases import listed, name, raw
from stiscore.words import Lang, Words
from stiscore.words.applied import APPLIED, DONE

# A transform changes every value of its column: the line gives the formula, tables and JSON all.
WHOLE = "transformed"
Kind = tuple[str, str, str, str | None]


def lines(report: Report, lang: Lang) -> list[str]:
    """One line a column and kind of change, every cell named; none where nothing was done."""
    told = [
        line([("", entry) for entry in entries], report, lang)
        for _, entries in groupby(report.applied, key=kind_of)
    ]
    return [*told, *failing(report, lang)]


def kind_of(entry: Applied) -> Kind:
    """What the changes told in one line have in common."""
    return entry.stage, entry.method, entry.what, entry.node


def line(held: Sequence[tuple[str, Applied]], report: Report, lang: Lang) -> str:
    """Changes of one kind in one line; each beside its year, empty where there is but one."""
    _, method, what, node = kind_of(held[0][1])
    fields: dict[str, object] = {"n": len(held)}
    if what == WHOLE and node is not None:
        shape = next(t for t in report.treatments if t.indicator == node)
        fields["formula"] = listed(_shape(shape, lang), lang, "clause")
    else:
        fields["cells"] = listed((_cell(year, entry, lang) for year, entry in held), lang)
    called = "" if node is None else name(report.names[node], lang)
    return APPLIED[what].say(lang, method=method, node=called, **fields)


def _cell(year: str, entry: Applied, lang: Lang) -> str:
    place = entry.location and (entry.location.cell or entry.location.line)
    cell = APPLIED["cell"].say(lang, cell=_place(entry)) if place else ""
    before = entry.before if entry.what == "excluded" else raw(entry.before)
    unit = f"{titled(entry.unit, lang)} {year}".rstrip()
    return APPLIED[f"{entry.what}_cell"].say(
        lang, unit=unit, cell=cell, before=before, after=raw(entry.after)
    )


def _place(entry: Applied) -> str | Words:
    """The cell that was changed, or the one a value was carried from."""
    short = entry.location.spot if entry.location else ""
    return APPLIED["from"].filled(cell=short) if entry.carried else short


def _shape(treatment: Treatment, lang: Lang) -> Iterator[str]:
    """The formula of a transform, and the shape of the column before and after it."""
    treated = treatment.treated
    yield from (step.formula for step in treated.steps if step.kind != "clip")
    first, last = (
        {"skewness": raw(treated.skew[at]), "kurtosis": raw(treated.kurtosis[at])} for at in (0, -1)
    )
    told = {
        key: APPLIED["then"].say(lang, first=first[key], last=last[key])
        for key in ("skewness", "kurtosis")
    }
    yield APPLIED["shape"].say(lang, skew=told["skewness"], kurtosis=told["kurtosis"])


def failing(report: Report, lang: Lang) -> list[str]:
    """The indicators that treatment did not bring within its limits, a line each."""
    return [
        APPLIED["fails"].say(lang, method=t.method, node=name(report.names[t.indicator], lang))
        for t in report.treatments
        if not t.treated.passes
    ]


def rows(report: Report, lang: Lang) -> Rows:
    """Every single change: unit, indicator, what, by which method, cell, before, after."""
    heads = [
        APPLIED[k].say(lang) for k in ("unit", "node", "what", "method", "at", "before", "after")
    ]
    told = [
        [
            titled(e.unit, lang),
            "-" if e.node is None else name(report.names[e.node], lang),
            DONE[e.what].say(lang),
            e.method,
            _table_cell(e, lang),
            raw(e.before),
            raw(e.after),
        ]
        for e in report.applied
    ]
    return Rows(heads, told, left=5)


def _table_cell(entry: Applied, lang: Lang) -> str:
    if not (entry.location and (entry.location.cell or entry.location.line)):
        return "-"
    place = _place(entry)
    return place if isinstance(place, str) else place.say(lang)
