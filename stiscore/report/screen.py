"""A screen to write on: paragraphs and tables of one width, safe from what files hold."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from stiscore.report.layout import printable, wrapped
from stiscore.report.table import Field, lay_out
from stiscore.words import Lang
from stiscore.words.report import label


class Screen:
    """Collects what a terminal will show, in one language and one width."""

    def __init__(
        self, lang: Lang, width: int, *, color: bool = False, ascii_only: bool = False
    ) -> None:
        self.lang, self.width, self.ascii = lang, width, ascii_only
        self._out = io.StringIO()
        self._console = Console(
            file=self._out,
            width=width,
            force_terminal=color,
            no_color=not color,
            highlight=False,
            legacy_windows=False,
            color_system="standard" if color else None,
        )

    def say(self, key: str, **fields: object) -> str:
        """A label in the screen's language."""
        return label(key, self.lang, **fields)

    def line(self, text: str = "", style: str = "") -> None:
        """One paragraph, wrapped at the width."""
        told = Text(wrapped(printable(text), self.width), style=style)
        self._console.print(told, soft_wrap=True)

    def lines(self, texts: Sequence[str], style: str = "") -> None:
        """Several paragraphs."""
        for text in texts:
            self.line(text, style)

    def table(self, fields: Sequence[Field]) -> None:
        """A table; columns that do not fit are left out whole and named underneath."""
        laid = lay_out(fields, self.width)
        self._console.print(laid.table)
        if laid.hidden:
            self.line(self.say("hidden", columns=", ".join(laid.hidden)), "dim")

    def text(self) -> str:
        """What was written, without trailing blanks."""
        written = self._out.getvalue().splitlines()
        return "\n".join(line.rstrip() for line in written) + "\n"
