"""A screen to write on: paragraphs and tables of one width, safe from what files hold."""

from __future__ import annotations

import io
from collections.abc import Sequence

from stiscore.report.layout import in_one, printable, wrapped
from stiscore.report.phrases import listed
from stiscore.report.table import Field, lay_out
from stiscore.words import Lang
from stiscore.words.report import label


class Screen:
    """Collects what a terminal will show, in one language and one width."""

    def __init__(
        self, lang: Lang, width: int, *, color: bool = False, ascii_only: bool = False
    ) -> None:
        self.lang, self.width, self.ascii, self._color = lang, width, ascii_only, color
        self._lines: list[tuple[str, str]] = []

    def say(self, key: str, **fields: object) -> str:
        """A label in the screen's language."""
        return label(key, self.lang, **fields)

    def line(self, text: str = "", style: str = "") -> None:
        """One paragraph, wrapped at the width."""
        self._lines += [
            (piece, style) for piece in wrapped(printable(text), self.width).split("\n")
        ]

    def lines(self, texts: Sequence[str], style: str = "") -> None:
        """Several paragraphs."""
        for text in texts:
            self.line(text, style)

    def table(self, fields: Sequence[Field]) -> None:
        """A table; columns that do not fit are left out whole and named underneath."""
        self.blocks([fields])

    def blocks(self, blocks: Sequence[Sequence[Field]]) -> None:
        """One table in several parts; a family of columns that goes from one part goes from all."""
        kin = [block for block in blocks if any(f.family for f in block)]
        gone = {family for block in kin for family in lay_out(block, self.width).families}
        hidden: dict[str, None] = {}
        for number, block in enumerate(blocks):
            hidden.update(dict.fromkeys(f.head for f in block if f.family in gone))
            laid = lay_out([f for f in block if f.family not in gone], self.width)
            hidden.update(dict.fromkeys(laid.hidden))
            if number:
                self.line()
            self._lines += [(head, "bold") for head in laid.heads]
            self._lines += [(row, "") for row in laid.rows]
        if hidden:
            self.line(self.say("hidden", columns=listed(map(in_one, hidden), self.lang)), "dim")

    def text(self) -> str:
        """What was written, without trailing blanks; escapes only where colour was asked for."""
        if self._color:
            return self._coloured()
        return "".join(f"{line.rstrip()}\n" for line, _ in self._lines)

    def _coloured(self) -> str:
        # Imported here: plain text, which most runs print, needs nothing of it.
        from rich.console import Console
        from rich.text import Text

        out = io.StringIO()
        console = Console(
            file=out,
            width=self.width,
            force_terminal=True,
            color_system="standard",
            highlight=False,
        )
        for line, style in self._lines:
            console.print(Text(line.rstrip(), style=style), soft_wrap=True)
        return out.getvalue()
