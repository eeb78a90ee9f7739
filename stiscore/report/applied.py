"""What was done to the data, as lines and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from stiscore.analysis.applied import Applied, Treatment
from stiscore.dataset import titled
from stiscore.errors import Location
from stiscore.report.league import Rows
from stiscore.report.model import Report
from stiscore.report.phrases import listed, name, raw
from stiscore.words import Lang
from stiscore.words.applied import APPLIED, DONE

# A transform changes every value of its column: the line gives the formula, tables and JSON all.
_WHOLE = "transformed"


def lines(report: Report, lang: Lang) -> list[str]:
    """One line a column and kind of change, every cell named; none where nothing was done."""
    shapes = {t.indicator: t for t in report.treatments}
    told = []
    for (_, method, what, node), entries in groupby(report.applied, key=_kind):
        held = list(entries)
        if what == _WHOLE and node is not None:
            formula = listed(_shape(shapes[node], lang), lang, "clause")
            fields = {"n": len(held), "formula": formula}
        else:
            fields = {"n": len(held), "cells": listed((_cell(e, lang) for e in held), lang)}
        called = "" if node is None else name(report.names[node], lang)
        told.append(APPLIED[what].say(lang, method=method, node=called, **fields))
    return [*told, *_failing(report, lang)]


def _kind(entry: Applied) -> tuple[str, str, str, str | None]:
    return entry.stage, entry.method, entry.what, entry.node


def _cell(entry: Applied, lang: Lang) -> str:
    place = entry.location and (entry.location.cell or entry.location.line)
    cell = APPLIED["cell"].say(lang, cell=_short(entry.location)) if place else ""
    before = entry.before if entry.what == "excluded" else raw(entry.before)
    return APPLIED[f"{entry.what}_cell"].say(
        lang, unit=titled(entry.unit, lang), cell=cell, before=before, after=raw(entry.after)
    )


def _short(place: Location | None) -> str:
    """A place inside the file that is talked about."""
    if place is None:
        return ""
    return place.cell or f"{place.line}:{place.column}"


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


def _failing(report: Report, lang: Lang) -> list[str]:
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
            _short(e.location) or "-",
            raw(e.before),
            raw(e.after),
        ]
        for e in report.applied
    ]
    return Rows(heads, told, left=5)
