"""The catalogue of findings: for every code its severity, title, sentence and remedy.

One module a family. ``found`` is the only way the code makes a finding, so severity and wording
stand in one place and a code without words cannot be raised.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from stiscore.errors import UsageError
from stiscore.finding import Finding, Findings, Severity
from stiscore.words.faults import (
    batch,
    cells,
    change,
    coinr,
    collected,
    columns,
    compare,
    coverage,
    factors,
    file,
    framework,
    gaps,
    judgements,
    layout,
    methods,
    peers,
    scenario,
    setting_aside,
    target,
    units,
    usage,
)
from stiscore.words.faults.saying import Saying
from stiscore.words.findings import shared, tell_many, where

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stiscore.errors import Location, StiscoreError
    from stiscore.words import Lang

SAYINGS: dict[str, Saying] = {
    code: saying
    for family in (
        framework,
        factors,
        judgements,
        coinr,
        file,
        layout,
        cells,
        columns,
        coverage,
        collected,
        compare,
        methods,
        setting_aside,
        units,
        usage,
        gaps,
        peers,
        change,
        scenario,
        target,
        batch,
    )
    for code, saying in family.SAYINGS.items()
}


class Told(NamedTuple):
    """A finding in words: what, and how to mend it."""

    what: str
    remedy: str


def found(
    code: str,
    location: Location | None = None,
    *,
    unit: str | None = None,
    group: str | None = None,
    at: tuple[int, int] | None = None,
    **fields: object,
) -> Finding:
    """A finding of ``code`` with the severity its catalogue entry gives.

    ``at``: row and column of the Dataset's value that is at fault, where it is a single one. The
    field ``called`` is what the column is called before its reader; without it, ``column``.

    >>> found("R103", what="data.xlsx").severity
    <Severity.ERROR: 'error'>
    """
    for name in ("column", "indicator"):
        if name in fields:
            fields.setdefault("called", fields[name])
    return Finding(
        code, SAYINGS[code].severity, MappingProxyType(fields), location, unit, group, at
    )


def unknown(kind: str, given: str, known: Iterable[str]) -> StiscoreError:
    """The error for a name that does not exist, with the nearest one that does."""
    where = usage.LISTED_BY.get(kind, "framework show")
    hint = usage.there_are(known) if kind == "scale" else usage.hint(given, known)
    told = found("U101", kind=usage.KINDS[kind], given=given, hint=hint, where=where)
    return refusal(UsageError, [told])


def tell(finding: Finding, lang: Lang) -> Told:
    """The sentence and the remedy of a finding in ``lang``; a joined one speaks for its parts."""
    saying = SAYINGS[finding.code]
    if finding.parts:
        what = tell_many(finding, saying.message, lang)
        return Told(what, saying.remedy.say(lang, **shared(finding)))
    return Told(
        saying.message.say(lang, **finding.fields), saying.remedy.say(lang, **finding.fields)
    )


def line(finding: Finding, lang: Lang) -> str:
    """One greppable line: where, severity and code, what."""
    place = f"{where(finding, lang)} " if finding.location else ""
    return f"{place}{finding.severity}[{finding.code}] {tell(finding, lang).what}"


def refusal(kind: type[StiscoreError], findings: list[Finding]) -> StiscoreError:
    """An error of ``kind`` that carries the findings and reads as their English lines."""
    return kind("\n".join(line(f, "en") for f in findings), Findings(findings))


__all__ = ["SAYINGS", "Saying", "Severity", "Told", "found", "line", "refusal", "tell", "unknown"]
