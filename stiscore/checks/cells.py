"""D1xx: cells that hold something other than a number or nothing."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.checks.rule import Rule, Subject
from stiscore.dataset import Flag
from stiscore.finding import Finding

# A formula may be as long as a page.
_SHOWN = 80


def not_numbers(subject: Subject) -> Iterator[Finding]:
    """D101: text, a date or a truth value where a figure is wanted."""
    return _flagged(subject, "D101", Flag.NOT_A_NUMBER)


def lone_commas(subject: Subject) -> Iterator[Finding]:
    """D105: a comma that may be a decimal sign, in a file cut by semicolons."""
    return _flagged(subject, "D105", Flag.COMMA)


def error_cells(subject: Subject) -> Iterator[Finding]:
    """D102: #DIV/0! and the like."""
    return _flagged(subject, "D102", Flag.ERROR_CELL)


def unsaved_formulas(subject: Subject) -> Iterator[Finding]:
    """D103: a formula whose result the file does not hold."""
    return _flagged(subject, "D103", Flag.NO_CACHED_VALUE)


def flagged_numbers(subject: Subject) -> Iterator[Finding]:
    """D104: a figure with a letter or star behind it."""
    return _flagged(subject, "D104", Flag.NUMBER_AS_TEXT)


def _flagged(subject: Subject, code: str, flag: Flag) -> Iterator[Finding]:
    data = subject.dataset
    for row, place in subject.marked(flag):
        text = data.texts.get((row, place), "").strip()
        yield subject.on_value(
            code,
            row,
            place,
            value=text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…",
            number=float(data.values[row, place]),
        )


RULES = (
    Rule(("D101",), "cells", not_numbers),
    Rule(("D105",), "cells", lone_commas),
    Rule(("D102",), "cells", error_cells),
    Rule(("D103",), "cells", unsaved_formulas),
    Rule(("D104",), "cells", flagged_numbers, needs=("D101",)),
)
