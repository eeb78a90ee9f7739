"""What a plan can make: one line a command, which says what it is called with and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

# What a command is called with: a way to read the table, its scorecard, the table and the
# framework, or the tables of several files and the framework.
Given = Literal["read", "card", "data", "tables"]
FORMS = ("text", "json", "csv", "markdown")
NO_CSV = ("text", "json", "markdown")
_RULES = ("common", "strict", "tolerate")
_VARIANTS = ("draws", "seed")
# Options of the scorecard, and no longer of what is asked of it.
OF_THE_CARD = frozenset((*_RULES, *_VARIANTS))


class Command(NamedTuple):
    """One command: ``call`` is module:function, ``options`` and ``needs`` are keys of an output.

    ``tables``: the fewest and the most files one output is made of.
    """

    call: str
    given: Given
    options: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    forms: tuple[str, ...] = FORMS
    tables: tuple[int, int] = (1, 1)


_SEVERAL = (2, 1000)
_CARD = (*_VARIANTS, *_RULES)
COMMANDS: Mapping[str, Command] = {
    "evaluate": Command("stiscore.batch.products:evaluated", "card", ("unit", "group", *_CARD)),
    "validate": Command("stiscore.batch.products:validated", "read", ("strict", "tolerate")),
    "gaps": Command("stiscore.shortfalls:gaps", "card", ("unit", "peers", "group", *_CARD)),
    "explain": Command(
        "stiscore.batch.products:explained",
        "card",
        ("unit", "node", "peers", "group", *_CARD),
        ("unit",),
        NO_CSV,
    ),
    "whatif": Command(
        "stiscore.supposing:whatif", "card", ("unit", "changes", *_CARD), ("unit", "changes")
    ),
    "target": Command(
        "stiscore.aiming:target",
        "card",
        ("unit", "rank", "score", "gap", "below", *_CARD),
        ("unit",),
    ),
    "robustness": Command("stiscore.batch.products:robust", "data", ("sobol", *_VARIANTS, *_RULES)),
    "audit": Command("stiscore.api:audit", "data", ("correlation", *_RULES), (), NO_CSV),
    "trends": Command("stiscore.api:trends", "data", ("unit", "node", "years", "scale", *_RULES)),
    "compare": Command(
        "stiscore.api:compare",
        "tables",
        ("unit", "peers", "group", "years", "scale", *_VARIANTS, *_RULES),
        tables=_SEVERAL,
    ),
    "diff": Command("stiscore.batch.products:changed", "tables", ("unit", *_CARD), tables=(2, 2)),
}
