"""Where units stand among their peers, and what to say of a group that is shown alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.grouped import groups_of
from stiscore.dataset import Unit
from stiscore.errors import UsageError
from stiscore.finding import Finding
from stiscore.framework.model import PeerGroup
from stiscore.framework.peers import source_of
from stiscore.scores import rank
from stiscore.units.registry import entries
from stiscore.words import Words
from stiscore.words.faults import found, refusal
from stiscore.words.units import UNITS

Standings = Mapping[str, Mapping[str, int | None]]


def standings(evaluated: Evaluated) -> Standings:
    """By unit id, its groups and its rank in each among the ranked units; None where not ranked."""
    fitted, units = evaluated.scores.fitted, evaluated.scores.data.units
    rows = {unit.id: row for row, unit in enumerate(units)}
    told: dict[str, dict[str, int | None]] = {unit.id: {} for unit in units}
    for group in groups_of(fitted.framework, evaluated.scores.data):
        members = [rows[unit] for unit in group.units if unit in rows]
        if not members:
            continue
        among = np.zeros(len(units), dtype=np.bool_)
        among[members] = True
        ranks = rank(evaluated.scores.index, evaluated.scores.tie, among=among & evaluated.ranked)
        for row in members:
            told[units[row].id][group.id] = int(ranks[row]) or None
    return told


def members(
    evaluated: Evaluated, group: PeerGroup, chosen: frozenset[str] | None = None
) -> frozenset[str]:
    """The ids of a group's units in the table, of ``chosen`` only where given; U125 if none."""
    held = frozenset(group.units) & {unit.id for unit in evaluated.scores.data.units}
    held = held if chosen is None else held & chosen
    if not held:
        raise refusal(UsageError, [found("U125", name=_name(group))])
    return held


def group_notes(evaluated: Evaluated, group: PeerGroup | None) -> tuple[Words, ...]:
    """What stands under a table of one group: how much of it is there, who says what belongs."""
    if group is None:
        return ()
    missing = _missing(evaluated.scores.data.units, group)
    of = len(group.units)
    source = source_of(evaluated.scores.fitted.framework, group) or UNITS["own_group"]
    told = [
        _filled("group_shown", group=_name(group), n=of - len(missing), of=of),
        _filled("group_source", source=source),
    ]
    if missing:
        told.append(_filled("absent", units=_listed(missing)))
    return tuple(told)


def group_findings(evaluated: Evaluated, group: PeerGroup | None) -> tuple[Finding, ...]:
    """C321 where units of the group are not in the table."""
    if group is None:
        return ()
    missing = _missing(evaluated.scores.data.units, group)
    of = len(group.units)
    if not missing:
        return ()
    return (found("C321", name=_name(group), n=of - len(missing), of=of, absent=_listed(missing)),)


def _missing(units: Sequence[Unit], group: PeerGroup) -> list[str]:
    held = {unit.id for unit in units}
    return [unit for unit in group.units if unit not in held]


def _listed(ids: Sequence[str]) -> Words:
    """Units by name, those the registry does not know by id."""
    known = {e.id: e for kind in ("province", "economy") for e in entries(kind, beside=True)}
    named = [known.get(key) for key in ids]
    en = [e.name_en if e else key for e, key in zip(named, ids, strict=True)]
    zh = [e.name_zh if e else key for e, key in zip(named, ids, strict=True)]
    return Words("; ".join(en), "、".join(zh))


def _name(group: PeerGroup) -> Words:
    return Words(group.name.en, group.name.zh)


def _filled(key: str, **fields: object) -> Words:
    return Words(UNITS[key].say("en", **fields), UNITS[key].say("zh", **fields))
