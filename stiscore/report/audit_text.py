"""An audit on a terminal, and as markdown: each table with its notes and what it means."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

from stiscore.analysis.audit.table import AuditTable, Cell, Head
from stiscore.report.audit_model import CoherenceAudit
from stiscore.report.league import Rows
from stiscore.report.markdown import escape
from stiscore.report.markdown import table as pipes
from stiscore.report.phrases import figure, footer, opening, raw
from stiscore.report.screen import Screen
from stiscore.report.table import GUTTER, Field
from stiscore.words import Lang, Words
from stiscore.words.audit import page
from stiscore.words.audit_tables import NAMES

# Columns that name a row or say most of it stay at any width; of the rest the last go first.
_STAY = 3
# Words are not folded narrower while a column of figures could go instead.
_NARROW = 16
# What no line breaks in: Chinese may break after any sign.
_RUN = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+")
# Where a long id or word may be cut: after a sign that joins.
_PARTS = re.compile(r"[^_/-]*[_/-]+|[^_/-]+")
# Larger figures are those of raw data, which six digits tell better than decimals.
_LARGE = 10_000.0


def text(told: CoherenceAudit, screen: Screen) -> str:
    """All tables at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _beginning(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    for table in told.tables:
        screen.line()
        screen.line(table.title.say(screen.lang), "bold")
        if table.rows:
            screen.table(_folded(_fields(table, screen.lang), screen.width))
        screen.lines([note.say(screen.lang) for note in table.notes], "dim")
        screen.line(_meaning(table, screen.lang))
    screen.line()
    screen.lines(footer(told.report, screen.lang, caveats=False), "dim")
    return screen.text()


def markdown(told: CoherenceAudit, lang: Lang) -> str:
    """All tables as pipe tables under headings, labels escaped."""
    title, *rest = _beginning(told, lang)
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    for table in told.tables:
        lines += [f"## {escape(table.title.say(lang))}", ""]
        if table.rows:
            lines += [*pipes(_rows(table, lang)), ""]
        lines += [f"{escape(note.say(lang))}  " for note in table.notes]
        lines += [f"**{escape(_meaning(table, lang))}**", ""]
    ending = footer(told.report, lang, caveats=False)
    return "\n".join([*lines, *(f"{escape(each)}  " for each in ending)]) + "\n"


def _beginning(told: CoherenceAudit, lang: Lang) -> Iterator[str]:
    yield page("head", lang)
    yield from opening(told.report, lang)
    yield page("kind", lang, kind=NAMES[told.audit.kind])
    if told.audit.against is not None:
        yield page("against", lang, file=told.audit.against)


def _meaning(table: AuditTable, lang: Lang) -> str:
    return page("meaning", lang, verdict=table.verdict)


def _fields(table: AuditTable, lang: Lang) -> list[Field]:
    return [
        Field(
            head.name.say(lang),
            [shown(row[i], head, lang) for row in table.rows],
            "left" if head.kind == "text" else "right",
            drop=0 if i < _STAY else i,
        )
        for i, head in enumerate(table.heads)
    ]


def _folded(fields: list[Field], width: int) -> list[Field]:
    """Words in lines, so that as many columns as can stand beside each other do.

    Columns of words share the room that figures leave; the last column goes when it would leave
    less than ``_NARROW`` to any of them.
    """
    kept = list(fields)
    while True:
        texts = [f for f in kept if f.align == "left"]
        room = width - GUTTER * (len(kept) - 1)
        room -= sum(f.width for f in kept if f.align == "right")
        if room >= sum(min(f.width, _NARROW) for f in texts) or len(kept) <= _STAY:
            break
        kept.pop()
    wide = _fair([f.width for f in texts], room)
    return [_lined(f, wide) if f.align == "left" and f.width > wide else f for f in fields]


def _lined(field: Field, width: int) -> Field:
    """A column of words in lines; what is too long for one is cut after _, - or /."""
    cells = [_RUN.sub(lambda run: _cut(run[0], width), cell) for cell in field.cells]
    return field._replace(cells=cells).folded(width)


def _cut(word: str, width: int) -> str:
    """A word too long for a line, parted by spaces into pieces that fill one each.

    >>> _cut("hightech_newproduct_export", 20)
    'hightech_newproduct_ export'
    """
    if cell_len(word) <= width:
        return word
    pieces = [""]
    for part in _PARTS.findall(word):
        if cell_len(pieces[-1] + part) > width:
            pieces.append("")
        pieces[-1] += part
    return " ".join(filter(None, pieces))


def _fair(widths: list[int], room: int) -> int:
    """The width at which columns wider than it fill the room with the narrower ones.

    >>> _fair([10, 40, 50], 70)
    30
    """
    left, many = max(room, _NARROW), len(widths)
    for width in sorted(widths):
        if width * many > left:
            break
        left, many = left - width, many - 1
    return max(_NARROW, left // many) if many else max(widths, default=_NARROW)


def _rows(table: AuditTable, lang: Lang) -> Rows:
    """Columns of words stand left in a pipe table, as many as there are at its beginning."""
    kinds = [head.kind == "text" for head in table.heads]
    left = kinds.index(False) if False in kinds else len(kinds)
    body = [
        [shown(cell, head, lang) for cell, head in zip(row, table.heads, strict=True)]
        for row in table.rows
    ]
    return Rows([head.name.say(lang) for head in table.heads], body, left=left)


def shown(cell: Cell, head: Head, lang: Lang) -> str:
    """A cell as people read it; what is not defined is a dash.

    >>> shown(0.256, Head("s", Words("Share", "占比"), "percent"), "en")
    '26%'
    """
    if isinstance(cell, Words):
        return cell.say(lang)
    if cell is None or isinstance(cell, str):
        return cell or "-"
    if head.kind == "percent":
        return f"{round(100 * cell, head.digits) + 0.0:.{head.digits}f}%"
    if head.kind == "count":
        return str(int(cell))
    return raw(cell) if abs(cell) >= _LARGE else figure(cell, head.digits)
