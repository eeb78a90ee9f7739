"""Peer groups that come with the registry: regions, classifications, memberships; they may overlap.

``groups.csv`` names the source of each, and is read at the first call only.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from stiscore.units.normal import normalise
from stiscore.units.registry import find
from stiscore.words import Words
from stiscore.words.faults import unknown

_TABLE = Path(__file__).with_name("groups.csv")


class Group(NamedTuple):
    """Units compared with each other: ids of one registry, and who says that they belong.

    ``aggregate`` is the entry of the registry that stands for all of them in tables.
    """

    id: str
    registry: str
    aggregate: str
    name: Words
    source: Words
    units: tuple[str, ...]


def groups_of(registry: str | None) -> tuple[Group, ...]:
    """The built-in groups of ``province`` or ``economy``, in the order of the table.

    >>> [g.name.zh for g in groups_of("province")][4:7]
    ['京津冀', '长三角', '粤港澳大湾区']
    >>> groups_of(None)
    ()
    """
    return tuple(group for group in _groups() if group.registry == registry)


def goes_by(text: str, *names: str) -> bool:
    """Whether ``text`` is one of a group's names, the first its id, or names all its units at once.

    >>> goes_by("西部", "west", "Western region (NBS)", "西部地区"), goes_by("EU-27", "eu27")
    (True, True)
    """
    if normalise(text) in map(normalise, names):
        return True
    whole, held = find(text), built_in(names[0])
    return whole is not None and held is not None and whole.id == held.aggregate


def named(text: str) -> tuple[Group, ...]:
    """The built-in groups of either level that go by ``text``; UsageError when none does.

    >>> [g.id for g in named("OECD")]
    ['oecd']
    """
    met = tuple(g for g in _groups() if goes_by(text, g.id, *g.name))
    if not met:
        raise unknown("group", text, {name for g in _groups() for name in (g.id, *g.name)})
    return met


def built_in(id_: str) -> Group | None:
    """The built-in group with this id.

    >>> len(built_in("oecd").units)
    38
    """
    return next((group for group in _groups() if group.id == id_), None)


@lru_cache(maxsize=1)
def _groups() -> tuple[Group, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as table:
        # Above the rows stand a comment on the sources and the header.
        rows = csv.reader(table.readlines()[2:])
        return tuple(
            Group(key, of, whole, Words(en, zh), Words(by_en, by_zh), tuple(units.split()))
            for key, of, whole, en, zh, by_en, by_zh, units in rows
        )
