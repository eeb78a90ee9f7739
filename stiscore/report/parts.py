"""Pages made of parts, each a table under a title, on a terminal and as markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stiscore.report.folding import folded
from stiscore.report.layout import in_one
from stiscore.report.league import Rows
from stiscore.report.markdown import escape
from stiscore.report.markdown import table as pipes
from stiscore.report.screen import Screen
from stiscore.report.table import Field


class Part(NamedTuple):
    """A table under a title, the first column of words, with lines above and beneath it.

    Without ``fields`` there are only the lines; ``items``: lines of a list before all others.
    """

    title: str = ""
    fields: Sequence[Field] = ()
    above: Sequence[str] = ()
    beneath: Sequence[str] = ()
    items: Sequence[str] = ()


class Page(NamedTuple):
    """A whole product: ``beginning``, a title and lines beneath it; parts; lines at the end."""

    beginning: Iterable[str]
    parts: Iterable[Part]
    ending: Iterable[str]

    def printed(self, screen: Screen) -> str:
        """At the screen's width; columns that do not fit go whole, and a line says so."""
        title, *rest = self.beginning
        screen.line(title, "bold")
        screen.lines(rest)
        on_screen(self.parts, screen, fold=True)
        screen.line()
        screen.lines(list(self.ending), "dim")
        return screen.text()

    def as_markdown(self) -> str:
        """Pipe tables under headings, labels escaped."""
        title, *rest = self.beginning
        lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
        lines += as_markdown(self.parts)
        return "\n".join([*lines, *(f"{escape(each)}  " for each in self.ending)]) + "\n"


def on_screen(parts: Iterable[Part], screen: Screen, *, fold: bool = False) -> None:
    """The parts one under the other; columns that do not fit go whole, and a line says so.

    ``fold``: words are broken into lines before a column goes.
    """
    for part in parts:
        screen.line()
        if part.title:
            screen.line(part.title, "bold")
        screen.lines([f"- {item}" for item in part.items])
        screen.lines(part.above)
        if part.fields:
            screen.table(folded(part.fields, screen.width) if fold else part.fields)
        screen.lines(part.beneath, "dim")


def as_markdown(parts: Iterable[Part]) -> list[str]:
    """The lines of the parts: pipe tables under headings, labels escaped."""
    lines = []
    for part in parts:
        if part.title:
            lines += [f"## {escape(part.title)}", ""]
        if part.items:
            lines += [*(f"- {escape(item)}" for item in part.items), ""]
        if part.above:
            lines += [*(f"{escape(each)}  " for each in part.above), ""]
        if part.fields:
            lines += [*pipes(_rows(part.fields)), ""]
        if part.beneath:
            lines += [*(f"{escape(each)}  " for each in part.beneath), ""]
    return lines


def _rows(fields: Sequence[Field]) -> Rows:
    """The columns as rows; a head that is broken for a narrow column is whole again."""
    heads = [in_one(field.head.replace("- ", "")) for field in fields]
    words = frozenset(n for n, field in enumerate(fields) if field.align == "left")
    cells = zip(*(field.cells for field in fields), strict=True)
    return Rows(heads, [list(row) for row in cells], left=words)
