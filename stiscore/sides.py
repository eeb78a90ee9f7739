"""Who is compared: units and peers as the user names them, found in the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stiscore.analysis.compare import in_order
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.named import titles
from stiscore.dataset import Unit, titled
from stiscore.errors import UsageError
from stiscore.framework.model import PeerGroup
from stiscore.peering import Circle, circle, find_in
from stiscore.report.compare_lines import Wanted
from stiscore.words import Words
from stiscore.words.faults import found, refusal
from stiscore.words.peers import PEERS

Tables = Sequence[tuple[str, Evaluated]]


class Question(NamedTuple):
    """What is asked: names as the user gave them. ``peers``: see ``peering.circle``."""

    units: tuple[str, ...] = ()
    peers: str | tuple[str, ...] = ()
    group: str | None = None
    years: tuple[str, ...] = ()


def wanted(question: Question, tables: Tables) -> Wanted:
    """Units and group by id, in the order named; without names all units by rank.

    Raises UsageError where a name is unknown or the question names nothing to compare with.
    """
    held = [evaluated for _, evaluated in tables]
    sides = _sides(question.units, held)
    around = circle(held, sides, question.peers, question.group)
    group = around.group if around else None
    if not sides:
        return Wanted(_everyone(group, tables), named=False, group=group)
    if len(sides) == 1 and len(tables) == 1 and group is None:
        raise refusal(UsageError, [found("U144", name=titled(sides[0], "both"))])
    return Wanted(
        tuple(unit.id for unit in sides), named=True, group=group, notes=_notes(around, sides)
    )


def _notes(around: Circle | None, sides: Sequence[Unit]) -> tuple[Words, ...]:
    """What is to be said of a group made for the question; of nearest units first who they are."""
    if around is None:
        return ()
    named = {side.id for side in sides}
    others = [unit for unit in around.nearest if unit.id not in named]
    listed = (PEERS["units"].filled(units=titles(others)),) if others else ()
    return (*listed, *around.notes)


def _sides(names: Sequence[str], tables: Sequence[Evaluated]) -> list[Unit]:
    """The units named, each once."""
    sides: dict[str, tuple[str, Unit]] = {}
    for name in names:
        unit = find_in(tables, name)
        if unit.id in sides:
            raise refusal(UsageError, [found("U145", first=sides[unit.id][0], second=name)])
        sides[unit.id] = (name, unit)
    return [unit for _, unit in sides.values()]


def _everyone(group: PeerGroup | None, tables: Tables) -> tuple[str, ...]:
    """All units, or those of the group: by rank in the last table, then who is in others only."""
    held = dict.fromkeys(u for _, evaluated in reversed(tables) for u in in_order(evaluated))
    return tuple(unit for unit in held if group is None or unit in group.units)
