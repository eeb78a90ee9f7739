"""The published schemas as a table: name, what writes it, what it holds."""

from __future__ import annotations

from stiscore.report.published import identities
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.words.schemas import LABELS, SCHEMAS


def listing(screen: Screen) -> str:
    """A row a schema, and how one is printed."""
    lang = screen.lang
    names = [identity.removeprefix("stiscore.") for identity in identities()]
    told = [SCHEMAS[name.partition("/")[0]] for name in names]
    screen.table(
        [
            Field(LABELS["name"].say(lang), names, "left"),
            Field(LABELS["by"].say(lang), [each.by for each in told], "left", drop=1),
            Field(LABELS["holds"].say(lang), [each.holds.say(lang) for each in told], "left"),
        ]
    )
    screen.line()
    screen.line(LABELS["one"].say(lang))
    return screen.text()
