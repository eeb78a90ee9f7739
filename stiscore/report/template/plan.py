"""What a blank workbook is made for: framework, level, units, indicators, language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stiscore.words import Lang
from stiscore.words.faults import unknown
from stiscore.words.template import SHEETS

if TYPE_CHECKING:
    from stiscore.framework.model import Framework, Indicator
    from stiscore.units.registry import Entry


@dataclass(frozen=True, slots=True)
class Plan:
    """One workbook to be made. ``year`` fills a column of its own; no ``date`` is told unasked."""

    framework: Framework
    level: str
    units: tuple[Entry, ...]
    indicators: tuple[Indicator, ...]
    lang: Lang = "en"
    year: int | None = None
    date: str | None = None

    def sheet(self, key: str) -> str:
        """The name of a sheet in the language of the workbook."""
        return SHEETS[key].say(self.lang)

    def collected(self, sheet: str) -> tuple[Indicator, ...]:
        """The chosen indicators that are counted from a sheet."""
        return tuple(i for i in self.indicators if i.collect and i.collect.sheet == sheet)


def unit_label(unit: Entry, lang: Lang) -> str:
    """A unit as its cell names it; what is written is found again in the registry.

    >>> from stiscore.units.registry import find
    >>> unit_label(find("Fujian"), "en"), unit_label(find("Fujian"), "both")
    ('Fujian', '福建 Fujian')
    """
    if lang == "both" and unit.name_zh != unit.name_en:
        return f"{unit.name_zh} {unit.name_en}"
    return unit.name_zh if lang == "zh" else unit.name_en


def chosen(framework: Framework, level: str, wanted: str) -> tuple[Indicator, ...]:
    """The indicators of a level that ``wanted`` names: ``all``, ``missing``, or ids and commas.

    ``missing`` are those the framework knows no figures of at this level. Raises UsageError (U101)
    for a name that is no indicator of the level.
    """
    held = framework.at_level(level)
    if wanted == "all":
        return held
    if wanted == "missing":
        return tuple(i for i in held if not published(i, level))
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    known = {i.id for i in held}
    for name in names or [wanted]:
        if name not in known:
            raise unknown("indicator", name, known)
    return tuple(i for i in held if i.id in names)


def published(indicator: Indicator, level: str) -> bool:
    """Whether the framework names real figures of an indicator at a level.

    It says so in ``real_data`` as ``level: what``, the levels parted by semicolons.
    """
    told = (part.strip() for part in (indicator.real_data or "").split(";"))
    said = [part.removeprefix(f"{level}:").strip() for part in told if part.startswith(f"{level}:")]
    return any(not text.startswith("none") for text in said)
