"""Findings in the formats programs and other tools take: concise, CSV, markdown, GitHub, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from stiscore.finding import Finding, Findings, Severity
from stiscore.report import csvout, findings_text, jsonout, markdown
from stiscore.report.findings_text import one_line, plain
from stiscore.report.layout import printable
from stiscore.report.league import Rows
from stiscore.words import Lang
from stiscore.words.faults import SAYINGS, tell
from stiscore.words.findings import TOLD, lines, where

COLUMNS = (
    "code",
    "severity",
    "file",
    "sheet",
    "cell",
    "line",
    "column",
    "unit",
    "group",
    "message_en",
    "message_zh",
    "help_en",
    "help_zh",
    "fields",
)
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(findings: Iterable[Finding], form: str, lang: Lang, path: str | None = None) -> str:
    """Findings in ``form``, one of ``FORMS``.

    text, markdown and github join repeated faults; concise, csv and json tell every single one.
    ``path``: the input as the user named it, for tools that open it; findings know its name only.
    """
    told = Findings(findings)
    if form == "github":
        return github(told, lang, path)
    return FORMS[form](told, lang)


def concise(findings: Findings, lang: Lang) -> str:
    """A line a finding: where, severity, code, what, the unit in brackets; no help."""
    return "".join(f"{printable(one_line(_concise(f, lang)))}\n" for f in findings)


def _concise(finding: Finding, lang: Lang) -> str:
    place = f"{finding.location}: " if finding.location else ""
    unit = f" ({finding.unit})" if finding.unit else ""
    return f"{place}{finding.severity} {finding.code} {tell(finding, lang).what}{unit}"


def csv(findings: Findings, _: Lang = "en") -> str:
    """A row a finding, both languages; text a spreadsheet would run is disarmed.

    ``column`` is the position in a line of a text file, ``group`` the table's column.
    """
    return csvout.raw_grid([COLUMNS, *map(_row, findings)])


def _row(finding: Finding) -> tuple[str, ...]:
    told = jsonout.finding(finding)
    en, zh = tell(finding, "en"), tell(finding, "zh")
    place = jsonout.location(finding.location) if finding.location else {}
    held = {
        **{key: place.get(key) for key in ("file", "sheet", "cell", "line", "column")},
        **{key: told[key] for key in ("code", "severity", "unit", "group")},
        "message_en": en.what,
        "message_zh": zh.what,
        "help_en": en.remedy,
        "help_zh": zh.remedy,
        "fields": json.dumps(told["fields"], ensure_ascii=False, allow_nan=False),
    }
    return tuple("" if held[key] is None else str(held[key]) for key in COLUMNS)


def as_markdown(findings: Findings, lang: Lang) -> str:
    """A table, repeated faults joined, and how many there are: a section of a report."""
    heads = [TOLD[key].say(lang) for key in ("severity", "code", "where", "what", "mend")]
    rows = [
        [
            TOLD[str(f.severity)].say(lang),
            f.code,
            ", ".join([where(f, lang), *_lines(f, lang)]),
            f"{tell(f, lang).what}{f' ({f.unit})' if f.unit else ''}",
            tell(f, lang).remedy,
        ]
        for f in findings.joined()
    ]
    table = markdown.table(Rows(heads, rows, left=len(heads))) if rows else []
    first = findings_text.first_look(findings, lang)
    ending = [
        markdown.escape(text) for text in (first, findings_text.summary(findings, lang)) if text
    ]
    parts = [f"## {TOLD['title'].say(lang)}", "\n".join(table), *ending]
    return printable("\n\n".join(part for part in parts if part)) + "\n"


def github(findings: Findings, lang: Lang, path: str | None = None) -> str:
    """Workflow commands, which a run on GitHub shows beside the file; repeated faults joined.

    A workbook has no lines, so its cells stand in the message.
    """
    return "".join(f"{_command(f, lang, path)}\n" for f in findings.joined())


def _command(finding: Finding, lang: Lang, path: str | None) -> str:
    title = f"{finding.code} {plain(SAYINGS[finding.code].title, lang)}"
    given = {**dict(_position(finding, path)), "title": title}
    what, remedy = tell(finding, lang)
    place = finding.location
    cells = [where(finding, lang).removeprefix(place.file).strip()] if place and place.cell else []
    unit = [f"({finding.unit})"] if finding.unit else []
    at = [f"({text})" for text in _lines(finding, lang)]
    message = one_line(" ".join([*cells, what, *unit, *at, "-", remedy]))
    told = ",".join(f"{key}={_property(value)}" for key, value in given.items())
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(message)}"


def _lines(finding: Finding, lang: Lang) -> list[str]:
    """The lines of a joined finding in a text file, as a part of a sentence."""
    told = lines(finding, lang)
    return [] if told is None else [TOLD["lines"].say(lang, lines=told)]


def _position(finding: Finding, path: str | None) -> Iterator[tuple[str, str]]:
    place = finding.location
    if place is None:
        if path:
            yield "file", path
        return
    yield "file", path if path and path.endswith(place.file) else place.file
    if place.line is not None:
        yield "line", str(place.line)
    if place.line is not None and place.column is not None:
        yield "col", str(place.column)


def _data(text: str) -> str:
    r"""Text as the message of a workflow command.

    >>> _data("100 %\nof")
    '100 %25%0Aof'
    """
    shown = "".join(s if s.isprintable() or s in "\r\n" else " " for s in text)
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as a property of a workflow command, where colons and commas part the properties.

    >>> _property("D101 a,b: c")
    'D101 a%2Cb%3A c'
    """
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMS: dict[str, Callable[[Findings, Lang], str]] = {
    "text": findings_text.full,
    "concise": concise,
    "json": lambda found, _: jsonout.findings(found),
    "csv": csv,
    "markdown": as_markdown,
    "github": github,
}
