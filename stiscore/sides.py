"""Who is compared: units and peers as the user names them, found in the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stiscore.analysis.compare import in_order
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.grouped import groups_of, labelled
from stiscore.dataset import Unit, titled
from stiscore.errors import StiscoreError, UsageError
from stiscore.finding import Finding
from stiscore.framework.model import Name, PeerGroup
from stiscore.framework.peers import find_group
from stiscore.report.compare_lines import Wanted
from stiscore.scorecard import find_unit
from stiscore.words.compare import COMPARE
from stiscore.words.faults import found, refusal, unknown

OWN_GROUP = "group"
NAMED_PEERS = "named_peers"
_COMMAS = re.compile("[,，、]")
Tables = Sequence[tuple[str, Evaluated]]


class Question(NamedTuple):
    """What is asked: names as the user gave them. ``peers``: ``group``, or names of units."""

    units: tuple[str, ...] = ()
    peers: str | tuple[str, ...] = ()
    group: str | None = None
    years: tuple[str, ...] = ()


def wanted(question: Question, tables: Tables) -> Wanted:
    """Units and group by id, in the order named; without names all units by rank.

    Raises UsageError where a name is unknown or the question names nothing to compare with.
    """
    sides = _sides(question.units, tables)
    group = _group(question, sides, tables)
    if not sides:
        return Wanted(_everyone(group, tables), named=False, group=group)
    if len(sides) == 1 and len(tables) == 1 and group is None:
        raise _wrong(found("U144", name=titled(sides[0], "both")))
    return Wanted(tuple(unit.id for unit in sides), named=True, group=group)


def _wrong(told: Finding) -> StiscoreError:
    return refusal(UsageError, [told])


def _sides(names: Sequence[str], tables: Tables) -> list[Unit]:
    """The units named, each once."""
    sides: dict[str, tuple[str, Unit]] = {}
    for name in names:
        unit = _unit(name, tables)
        if unit.id in sides:
            raise _wrong(found("U145", first=sides[unit.id][0], second=name))
        sides[unit.id] = (name, unit)
    return [unit for _, unit in sides.values()]


def _unit(text: str, tables: Tables) -> Unit:
    known: set[str] = set()
    for _, evaluated in tables:
        data = evaluated.scores.data
        row = find_unit(data, text)
        if row is not None:
            return data.units[row]
        known |= {t for u in data.units for t in (u.id, u.label, u.name_en)}
    raise unknown("unit", text, known)


def _everyone(group: PeerGroup | None, tables: Tables) -> tuple[str, ...]:
    """All units, or those of the group: by rank in the last table, then who is in others only."""
    held = dict.fromkeys(u for _, evaluated in reversed(tables) for u in in_order(evaluated))
    return tuple(unit for unit in held if group is None or unit in group.units)


def _group(question: Question, sides: Sequence[Unit], tables: Tables) -> PeerGroup | None:
    fitted = tables[0][1].scores.fitted
    own_group = question.peers == OWN_GROUP
    if question.peers and not sides:
        raise _wrong(found("U142"))
    if question.group is not None and question.peers and not own_group:
        raise _wrong(found("U146"))
    if question.group is not None:
        more = labelled(fitted.framework, tables[0][1].scores.data)
        named = find_group(fitted.framework, fitted.level, question.group, more)
        return _with_peers([named], sides, tables)
    if own_group:
        known = groups_of(fitted.framework, tables[0][1].scores.data)
        own = [group for group in known if sides[0].id in group.units]
        if not own:
            raise _wrong(found("U143", name=titled(sides[0], "both"), level=fitted.level))
        return _with_peers(own, sides, tables)
    if not question.peers:
        return None
    peers = [_unit(name, tables) for name in _names(question.peers)]
    units = tuple(dict.fromkeys(unit.id for unit in (*sides, *peers)))
    said = COMPARE[NAMED_PEERS]
    name = Name(en=said.en, zh=said.zh)
    made = PeerGroup(id=NAMED_PEERS, name=name, level=fitted.level, units=units)
    return _with_peers([made], sides, tables)


def _with_peers(groups: Sequence[PeerGroup], sides: Sequence[Unit], tables: Tables) -> PeerGroup:
    """The first group that has others in the data; UsageError (U148) when none has."""
    shown = {unit.id for unit in sides}
    held = {u.id for _, evaluated in tables for u in evaluated.scores.data.units} - shown
    for group in groups:
        if held & {*group.units}:
            return group
    raise _wrong(found("U148", peers=groups[0].id))


def _names(peers: str | Sequence[str]) -> list[str]:
    """Names of units; text is parted at commas, and a colon belongs to a form not offered."""
    if not isinstance(peers, str):
        return list(peers)
    names = [name.strip() for name in _COMMAS.split(peers)]
    if ":" in peers or not all(names):
        raise _wrong(found("U140", given=peers))
    return names
