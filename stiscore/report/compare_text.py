"""A comparison on a terminal, and as markdown: the same page in two layouts."""

from __future__ import annotations

from stiscore.report.compare_grids import Grid, Style
from stiscore.report.compare_model import ComparisonReport
from stiscore.report.compare_page import Part, page
from stiscore.report.markdown import escape
from stiscore.report.screen import Screen
from stiscore.report.table import Field, in_blocks
from stiscore.words import Lang

_STYLES = {"title": "bold", "head": "bold", "text": "", "small": "dim"}


def text(told: ComparisonReport, screen: Screen) -> str:
    """The page at the screen's width: units that do not fit beside each other go underneath."""
    after: str | None = None
    for piece in page(told, Style(screen.lang, short=True)):
        kind = piece.kind if isinstance(piece, Part) else "grid"
        if after not in {None, "title", "head"}:
            screen.line()
        if isinstance(piece, Part):
            screen.lines(piece.lines, _STYLES[piece.kind])
        else:
            screen.blocks(in_blocks(piece.head, piece.groups, screen.width))
        after = kind
    return screen.text()


def markdown(told: ComparisonReport, lang: Lang) -> str:
    """The page as markdown: one pipe table a grid, labels escaped."""
    lines: list[str] = []
    for piece in page(told, Style(lang, short=False)):
        if isinstance(piece, Grid):
            lines += [*_pipes([piece.head, *(f for group in piece.groups for f in group)]), ""]
        elif piece.kind in {"title", "head"}:
            mark = "#" if piece.kind == "title" else "##"
            lines += [*(f"{mark} {escape(line)}" for line in piece.lines), ""]
        else:
            lines += [*(f"{escape(line)}  " for line in piece.lines), ""]
    return "\n".join(lines[:-1]) + "\n"


def _pipes(fields: list[Field]) -> list[str]:
    heads = [escape(field.head) for field in fields]
    rules = ["---" if field.align == "left" else "---:" for field in fields]
    body = zip(*(map(escape, field.cells) for field in fields), strict=True)
    return [f"| {' | '.join(row)} |" for row in (heads, rules, *body)]
