"""What products have in common: text, markdown, JSON and CSV, made on demand."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from stiscore.report.screen import Screen
    from stiscore.words import Lang


class Printed:
    """A product that ``report/<renderers>_text.py`` and ``report/<renderers>_json.py`` write."""

    __slots__ = ()
    renderers: ClassVar[str]

    @property
    def printed(self) -> Any:
        """What the renderers take: the product itself, or the report it holds."""
        return self

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """What the command line prints, at most ``width`` columns wide."""
        from stiscore.report.screen import Screen

        return self.rendered("text", Screen(lang, width))

    def to_markdown(self, lang: Lang = "en") -> str:
        """The same as markdown."""
        return str(self._by("text").markdown(self.printed, lang))

    def to_json(self) -> str:
        """Everything in full precision, missing as null; docs/ says under which schema."""
        return str(self._by("json").as_json(self.printed))

    def rendered(self, form: str, screen: Screen) -> str:
        """The product as a command prints it: json, markdown, anything else is text."""
        if form == "json":
            return self.to_json()
        if form == "markdown":
            return self.to_markdown(screen.lang)
        return str(self._by("text").text(self.printed, screen))

    def _by(self, form: str) -> ModuleType:
        return import_module(f"stiscore.report.{self.renderers}_{form}")


class Tabled(Printed):
    """A product that is one table as well."""

    __slots__ = ()

    def to_csv(self) -> str:
        """Tidy rows in full precision; docs/ says what the columns hold."""
        return str(self._by("json").as_csv(self.printed))

    def rendered(self, form: str, screen: Screen) -> str:
        """The product as a command prints it: csv, json, markdown, anything else is text."""
        return self.to_csv() if form == "csv" else super().rendered(form, screen)
