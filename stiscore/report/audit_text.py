"""An audit on a terminal, and as markdown: each table with its notes and what it means."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.audit.table import AuditTable, Cell, Head
from stiscore.report.audit_model import CoherenceAudit
from stiscore.report.folding import folded
from stiscore.report.league import Rows
from stiscore.report.markdown import escape
from stiscore.report.markdown import table as pipes
from stiscore.report.phrases import figure, footer, listed, opening, raw
from stiscore.report.phrases import told as named
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.words import Lang, Words
from stiscore.words.audit import page
from stiscore.words.audit_tables import NAMES

# Columns that name a row or say most of it stay at any width; of the rest the last go first.
_STAY = 3
# Before the rest goes what no verdict speaks of, in this order.
_ASIDE = (
    "zero", "same", "score_kurtosis", "kurtosis", "score_skew", "skew", "max", "min", "median",
    "treated", "freedom", "chi_square", "r_squared", "effect", "with_area", "n",
)  # fmt: skip
# After the rest goes what the verdicts are about.
_SPOKEN = frozenset({"state", "outliers", "clipped", "crowded", "importance", "over"})
# Tables of pairs longer than this show on a terminal what is remarked.
_PAIRS = 40
# Larger figures are those of raw data, which six digits tell better than decimals.
_LARGE = 10_000.0


def text(told: CoherenceAudit, screen: Screen) -> str:
    """All tables at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _beginning(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    screen.line()
    screen.line(page("summary", screen.lang), "bold")
    screen.lines([f"- {_in_short(table, screen.lang)}" for table in told.tables])
    noted: dict[str, str] = {}
    for table in told.tables:
        screen.line()
        screen.line(table.title.say(screen.lang), "bold")
        shown_rows = _remarked(table)
        if shown_rows.rows:
            screen.table(folded(_fields(shown_rows, screen.lang), screen.width))
        unseen = len(table.rows) - len(shown_rows.rows)
        if unseen:
            screen.line(page("unremarked", screen.lang, n=unseen, of=len(table.rows)), "dim")
        screen.lines(_notes(table, noted, screen.lang), "dim")
        screen.line(_meaning(table, screen.lang))
    screen.line()
    screen.lines(footer(told.report, screen.lang, caveats=False), "dim")
    return screen.text()


def markdown(told: CoherenceAudit, lang: Lang) -> str:
    """All tables as pipe tables under headings, labels escaped."""
    title, *rest = _beginning(told, lang)
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    lines += [f"## {escape(page('summary', lang))}", ""]
    lines += [*(f"- {escape(_in_short(table, lang))}" for table in told.tables), ""]
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


def _in_short(table: AuditTable, lang: Lang) -> str:
    return named(table.title.say(lang), table.verdict.say(lang), lang)


def _remarked(table: AuditTable) -> AuditTable:
    """A long table of pairs without the pairs of which nothing is remarked."""
    ids = [head.id for head in table.heads]
    if len(table.rows) <= _PAIRS or not {"first", "second", "state"} <= set(ids):
        return table
    state = ids.index("state")
    return table._replace(rows=tuple(row for row in table.rows if row[state] is not None))


def _notes(table: AuditTable, told: dict[str, str], lang: Lang) -> list[str]:
    """A table's notes; of those that a table before it has, only which table.

    ``told``: what was noted so far, with the title it stands under; this table's are added.
    """
    title = table.title.say(lang)
    notes = [note.say(lang) for note in table.notes]
    fresh = [note for note in notes if note not in told]
    before = dict.fromkeys(told[note] for note in notes if note in told)
    told.update(dict.fromkeys(fresh, title))
    if before:
        fresh.append(page("as_under", lang, titles=listed(before, lang)))
    return fresh


def _fields(table: AuditTable, lang: Lang) -> list[Field]:
    return [
        Field(
            head.name.say(lang),
            [shown(row[i], head, lang) for row in table.rows],
            "left" if head.kind == "text" else "right",
            drop=_drop(head.id, i),
        )
        for i, head in enumerate(table.heads)
    ]


def _drop(id_: str, place: int) -> int:
    """How soon a column goes (report/table.py), the first one never.

    >>> [_drop("unit", 0), _drop("state", 7), _drop("share", 7), _drop("min", 2)]
    [0, 1, 7, 109]
    """
    if place == 0:
        return 0
    if id_ in _ASIDE:
        return 100 + len(_ASIDE) - _ASIDE.index(id_)
    if id_ in _SPOKEN:
        return 1
    return place if place >= _STAY else 0


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
        digits = head.digits or 0
        return f"{round(100 * cell, digits) + 0.0:.{digits}f}%"
    if head.kind == "count":
        return str(int(cell))
    if head.digits is None or abs(cell) >= _LARGE:
        return raw(cell)
    return figure(cell, head.digits)
