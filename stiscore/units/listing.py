"""The registry to look at: every entry with its codes, spellings and groups."""

from __future__ import annotations

import csv
from typing import NamedTuple

from stiscore.units.groups import Group, groups_of
from stiscore.units.registry import TABLE, Entry, entries, find

Row = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


class Listed(NamedTuple):
    """An entry and how it is written; ``shorts`` are read only where the level is settled."""

    entry: Entry
    codes: tuple[str, ...]
    shorts: tuple[str, ...]
    spellings: tuple[str, ...]
    groups: tuple[Group, ...]


def listing(registry: str | None = None) -> tuple[Listed, ...]:
    """Every entry of a registry, or of all: provinces, economies, aggregates.

    >>> hebei = next(u for u in listing("province") if u.entry.id == "CN-HE")
    >>> hebei.codes, hebei.shorts, [g.id for g in hebei.groups]
    (('130000',), ('冀', '13'), ['east', 'jing_jin_ji'])
    """
    rows = _rows()
    return tuple(
        _listed(entry, rows)
        for kind in ("province", "economy", "aggregate")
        if registry in (None, kind)
        for entry in entries(kind, beside=True)
    )


def readings(text: str) -> tuple[Listed, ...]:
    """What a label is read as: in any table first, then in one of provinces where that differs.

    >>> [u.entry.id for u in readings("香港")], [u.entry.id for u in readings("沪")], readings("?")
    (['HKG', 'CN-HK'], ['CN-SH'], ())
    """
    met = dict.fromkeys(e for e in (find(text), find(text, "province")) if e)
    held = {u.entry: u for u in listing()}
    return tuple(held[entry] for entry in met)


def _listed(entry: Entry, rows: dict[str, Row]) -> Listed:
    # Hong Kong, Macao and Taiwan as provincial rows are written as the economies are.
    held = None if entry.id in rows else find(entry.id)
    key = held.id if held else entry.id
    groups = tuple(g for g in groups_of(entry.registry) if entry.id in g.units)
    return Listed(entry, *rows[key], groups)


def _rows() -> dict[str, Row]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {
            row["id"]: (_parts(row["codes"]), _parts(row["short"]), _parts(row["spellings"]))
            for row in csv.DictReader(table.readlines()[1:])
        }


def _parts(joined: str) -> tuple[str, ...]:
    return tuple(joined.split("|")) if joined else ()
