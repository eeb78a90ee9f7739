"""Peers as the user names them, found in a table: ``group``, ``nearest:K``, names, a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from stiscore.analysis.contexts import Logs, absent, lacking, logs
from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.grouped import groups_of, labelled
from stiscore.analysis.named import find_unit, no_unit, titles
from stiscore.analysis.peers import Peers, everyone, nearest, ranked_rows
from stiscore.dataset import Unit, titled
from stiscore.errors import StiscoreError, UsageError
from stiscore.finding import Finding
from stiscore.framework.model import PeerGroup
from stiscore.framework.peers import find_group, source_of
from stiscore.framework.strict import Name
from stiscore.units.groups import goes_by
from stiscore.words import Words
from stiscore.words.faults import found, refusal, unknown
from stiscore.words.peers import PEERS

OWN_GROUP = "group"
NAMED_PEERS = "named_peers"
_COMMAS = re.compile("[,，、]")
_NEAREST = re.compile("nearest[:：]0*([1-9][0-9]{0,8})")
_Tables = Sequence[Evaluated]


class Circle(NamedTuple):
    """A group that units are compared in, and what is to be said of how it was made.

    ``nearest``: the units that were looked for, the nearest first.
    """

    group: PeerGroup
    notes: tuple[Words, ...] = ()
    nearest: tuple[Unit, ...] = ()


def peers_of(
    evaluated: Evaluated, row: int, peers: str | Sequence[str] = (), group: str | None = None
) -> Peers:
    """The peers of one row of the table.

    ``peers``: ``group``, ``nearest:K``, a group's id or name, names of units parted by commas or a
    sequence of them; ``group``: a group by id or name. Neither: all other ranked units. Raises
    UsageError as ``circle`` does.
    """
    data = evaluated.scores.data
    around = circle([evaluated], [data.units[row]], peers, group)
    if around is None:
        return everyone(evaluated, row)
    made, framework = around.group, evaluated.scores.fitted.framework
    rows = ranked_rows(evaluated, row, made.units)
    held = {data.units[r].id for r in (row, *rows)}
    apart = [unit for unit in data.units if unit.id in made.units and unit.id not in held]
    notes = around.notes
    if apart:
        notes += (PEERS["not_ranked"].filled(units=titles(apart)),)
    source = source_of(framework, made)
    return Peers(made.id, Words(made.name.en, made.name.zh), rows, source, notes)


def circle(
    tables: _Tables,
    units: Sequence[Unit],
    peers: str | Sequence[str] = (),
    group: str | None = None,
) -> Circle | None:
    """The group that ``units`` are compared in, None where nothing says so; see ``peers_of``.

    Groups and nearest units are those of the first unit, in the first table. Raises UsageError
    for peers of nobody (U142), in a form that does not exist (U140) or named twice over (U146), for
    unknown names (U101, U124), a unit without a group (U143), a group without others in the
    tables (U148), nearest units that cannot be found (U190, U191, U192).
    """
    if peers and not units:
        raise _wrong(found("U142"))
    if group is not None and peers and peers != OWN_GROUP:
        raise _wrong(found("U146"))
    first, fitted = tables[0], tables[0].scores.fitted
    if group is not None:
        more = labelled(fitted.framework, first.scores.data)
        named = find_group(fitted.framework, fitted.level, group, more)
        return Circle(_with_others([named], units, tables))
    if not peers and not isinstance(peers, str):
        return None
    if peers == OWN_GROUP:
        known = groups_of(fitted.framework, first.scores.data)
        own = [each for each in known if units[0].id in each.units]
        if not own:
            raise _wrong(found("U143", name=titled(units[0], "both"), level=fitted.level))
        return Circle(_with_others(own, units, tables))
    if isinstance(peers, str) and (count := _NEAREST.fullmatch(peers.strip())):
        return _around(tables, units[0], int(count[1]))
    if isinstance(peers, str) and (listed := _group_of_name(peers, tables)):
        return Circle(_with_others([listed], units, tables))
    return Circle(_with_others([_named(peers, units, tables)], units, tables))


def find_in(tables: _Tables, text: str) -> Unit:
    """The unit of this name in the first table that has it; UsageError (U101) when none has."""
    held = [table.scores.data for table in tables]
    for data in held:
        row = find_unit(data, text)
        if row is not None:
            return data.units[row]
    raise no_unit(text, held)


def _wrong(told: Finding) -> StiscoreError:
    return refusal(UsageError, [told])


def _with_others(groups: Sequence[PeerGroup], units: Sequence[Unit], tables: _Tables) -> PeerGroup:
    """The first group that has others in the tables; UsageError (U148) when none has."""
    shown = {unit.id for unit in units}
    held = {u.id for table in tables for u in table.scores.data.units} - shown
    for group in groups:
        if held & {*group.units}:
            return group
    raise _wrong(found("U148", peers=groups[0].id))


def _group_of_name(name: str, tables: _Tables) -> PeerGroup | None:
    """The group of this id or name, unless a unit goes by it as well."""
    first = tables[0].scores
    if _is_unit(name, tables):
        return None
    known = groups_of(first.fitted.framework, first.data)
    return next((g for g in known if goes_by(name, g.id, g.name.en, g.name.zh)), None)


def _is_unit(name: str, tables: _Tables) -> bool:
    return any(find_unit(table.scores.data, name) is not None for table in tables)


def _nobody(name: str, tables: _Tables) -> StiscoreError:
    """The UsageError (U101) for a single name: a unit or a group may have been meant."""
    first = tables[0].scores
    groups = groups_of(first.fitted.framework, first.data)
    known = {t for g in groups for t in (g.id, g.name.en, g.name.zh)}
    units = [unit for table in tables for unit in table.scores.data.units]
    return unknown("peers", name, known | {t for u in units for t in (u.id, u.label, u.name_en)})


def _named(peers: str | Sequence[str], units: Sequence[Unit], tables: _Tables) -> PeerGroup:
    """The units and the peers named for them."""
    names = _names(peers)
    if len(names) == 1 and not _is_unit(names[0], tables):
        raise _nobody(names[0], tables)
    named = [find_in(tables, name) for name in names]
    ids = dict.fromkeys(unit.id for unit in (*units, *named))
    return _made(NAMED_PEERS, PEERS[NAMED_PEERS], tables[0], tuple(ids))


def _names(peers: str | Sequence[str]) -> list[str]:
    """Names of units; text is parted at commas, other forms are refused (U140)."""
    if not isinstance(peers, str):
        return list(peers)
    names = [name.strip() for name in _COMMAS.split(peers)]
    if ":" in peers or "：" in peers or names == ["nearest"] or not all(names):
        raise _wrong(found("U140", given=peers))
    return names


def _around(tables: _Tables, unit: Unit, count: int) -> Circle:
    """The unit and the ranked units nearest to it, in the first table that has the unit."""
    table, row = next(
        (table, row)
        for table in tables
        for row, held in enumerate(table.scores.data.units)
        if held.id == unit.id
    )
    placed = _placed(table, row)
    rows = nearest(placed.values, row, count, table.ranked)
    if len(rows) < count:
        raise _wrong(found("U190", given=count, most=len(rows)))
    data = table.scores.data
    name = PEERS["nearest"].filled(n=count)
    units = tuple(data.units[r] for r in rows)
    made = _made(f"nearest:{count}", name, table, tuple(u.id for u in (unit, *units)))
    income, size = placed.columns
    return Circle(made, (PEERS["nearest_by"].filled(income=income, size=size),), units)


def _placed(table: Evaluated, row: int) -> Logs:
    """Logarithms of income and size; UsageError where the table (U191) or the row (U192) lacks."""
    data = table.scores.data
    placed = logs(data)
    if placed is None:
        raise _wrong(found("U191", wanted=lacking(data)))
    if not placed.both[row]:
        told = absent(placed, row)
        raise _wrong(found("U192", name=titled(data.units[row], "both"), wanted=told))
    return placed


def _made(id_: str, name: Words, table: Evaluated, units: tuple[str, ...]) -> PeerGroup:
    # Not validated: nearest:5 is no id of a framework.
    called = Name.model_construct(en=name.en, zh=name.zh, short_en=None, short_zh=None)
    level = table.scores.fitted.level
    return PeerGroup.model_construct(id=id_, name=called, level=level, units=units)
