"""What was done to the data of the units that are followed: all years together, by indicator."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.applied import Applied
from stiscore.report.applied import WHOLE, Kind, failing, kind_of, line
from stiscore.report.model import Report
from stiscore.report.trends_model import TrendsReport
from stiscore.words import Lang
from stiscore.words.applied import APPLIED

# Changes that make one line; the year is empty where the line speaks for all of them.
Lines = dict[tuple[str, Kind], list[tuple[str, Applied]]]


def done(told: TrendsReport, lang: Lang) -> list[str]:
    """The changes of the shown units, a line an indicator and kind; none where nothing was done.

    A transform is told once for all years that share a scale. JSON has the other units as well.
    """
    shown = {side.id for side in told.sides}
    reports = dict(zip(told.labels, told.reports, strict=True))
    texts = []
    for lines in _by_node(told).values():
        for (year, kind), held in lines.items():
            seen = [entry for entry in held if entry[1].unit.id in shown]
            if seen:
                # A transform changes its whole column, whoever is shown.
                kept = held if kind[2] == WHOLE else seen
                texts.append(_dated(year, line(kept, reports.get(year, told.report), lang), lang))
    return [*texts, *_failing(told, reports, lang)]


def _by_node(told: TrendsReport) -> dict[str | None, Lines]:
    """All changes by node, then by kind; a transform of one year's own scale by year as well."""
    nodes: dict[str | None, Lines] = {}
    for label, report in zip(told.labels, told.reports, strict=True):
        for entry in report.applied:
            year = label if told.scale.apart and entry.what == WHOLE else ""
            lines = nodes.setdefault(entry.node, {})
            lines.setdefault((year, kind_of(entry)), []).append((label, entry))
    return nodes


def _failing(told: TrendsReport, reports: dict[str, Report], lang: Lang) -> Iterator[str]:
    """What treatment did not mend: once on one scale, by year on several."""
    if not told.scale.apart:
        yield from failing(told.report, lang)
        return
    for year, report in reports.items():
        yield from (_dated(year, text, lang) for text in failing(report, lang))


def _dated(year: str, text: str, lang: Lang) -> str:
    """A line with the year it speaks of, as in ``2018: ...``; as it is without one."""
    if not year:
        return text
    return APPLIED["in_year"].say("zh" if lang == "zh" else "en", year=year, text=text)
