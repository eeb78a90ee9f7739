"""Any part of a framework by its id: node, gap, measure, issue, barrier, quantity, peer group."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Protocol

from stiscore.framework.model import (
    Barrier,
    Framework,
    Gap,
    Group,
    Indicator,
    Issue,
    Measure,
    PeerGroup,
    Quantity,
)
from stiscore.framework.peers import all_groups
from stiscore.words import Words
from stiscore.words.faults import unknown


class Headed(Protocol):
    """A column of a table: its header, the measurement it states, the parts it is derived from."""

    @property
    def header(self) -> str:
        """As printed."""

    @property
    def measured_in(self) -> str | None:
        """None where the header states nothing."""

    @property
    def derived_from(self) -> tuple[str, ...]:
        """Ids of its parts; empty where it was read."""


Part = Group | Indicator | Gap | Issue | Barrier | Measure | Quantity | PeerGroup


def part(framework: Framework, text: str) -> Part:
    """The part with this id, or name in either language; UsageError (U101) with the nearest."""
    parts = parts_of(framework)
    if text in parts:
        return parts[text]
    # Of several of one name the first counts: nodes before the quantities they are derived from.
    named = reversed(parts.items())
    called = {name.casefold(): id_ for id_, held in named for name in names_of(held)}
    if (id_ := called.get(text.strip().casefold())) is not None:
        return parts[id_]
    raise unknown("part", text, {*parts, *(n for held in parts.values() for n in names_of(held))})


def names_of(held: Part) -> tuple[str, ...]:
    """What a part goes by: long and short names, a gap's at every level, headers of columns."""
    levels = held.level_names.values() if isinstance(held, Gap) else ()
    forms = [(n.en, n.zh, n.short_en, n.short_zh) for n in (held.name, *levels)]
    headers = held.aliases if isinstance(held, Indicator | Quantity) else ()
    return tuple(dict.fromkeys((*(form for each in forms for form in each if form), *headers)))


def parts_of(framework: Framework) -> dict[str, Part]:
    """Every part by id; ids are unique over all kinds."""
    kinds: tuple[tuple[Part, ...], ...] = (
        framework.groups,
        framework.indicators,
        framework.gaps,
        framework.issues,
        framework.barriers,
        framework.measures,
        framework.quantities,
        framework.peer_groups,
    )
    # The groups of the registry of units give way to anything of the framework's own.
    built_in = {group.id: group for group in all_groups(framework)}
    return {**built_in, **{each.id: each for kind in kinds for each in kind}}


def sourced(framework: Framework) -> bool:
    """Whether any part is a paper's; where none is, whose each one is need not be told."""
    kinds = (framework.nodes, framework.gaps, framework.measures)
    return any(part.origin == "paper" for kind in kinds for part in kind)


def id_of(framework: Framework, text: str) -> str:
    """The id of a node or gap given by id, name or short name in either language; else ``text``.

    Names are those the printed tables use, so that one can go on from there.
    """
    wanted = text.strip().casefold()
    for node in (*framework.nodes, *framework.gaps):
        if wanted in {name.casefold() for name in (node.id, *names_of(node))}:
            return node.id
    return text


def lacking(framework: Framework, level: str, held: Container[str]) -> dict[str, tuple[str, ...]]:
    """Scored indicators that some quantities of a table would give and others, absent, do not.

    ``held``: the ids that have a column. The absent quantities are given by indicator.
    """
    told = {}
    for indicator in framework.scored_at(level):
        parts = indicator.derive.quantities if indicator.derive else ()
        if not parts or indicator.id in held:
            continue
        absent = tuple(p for p in parts if p not in held)
        if absent and any(p in held for p in parts):
            told[indicator.id] = absent
    return told


def called(framework: Framework, node: str, column: Headed | None = None) -> str | Words:
    """What an indicator or quantity is called before its reader.

    As the file heads its column, the measurement left aside; derived, and so headed nowhere, by its
    name with the id.
    """
    if column is not None and not column.derived_from:
        header = " ".join(column.header.split())
        measured = re.escape(column.measured_in or "")
        return re.sub(rf"\s*[(（\[]\s*{measured}\s*[)）\]]$", "", header) or header
    known = {n.id: n for n in (*framework.nodes, *framework.quantities)}
    return with_id(known[node]) if node in known else node


def with_id(part: Part) -> Words:
    """The name of a part with its id."""
    return Words(f"{part.name.en} ({part.id})", f"{part.name.zh}（{part.id}）")


def level_name(framework: Framework, level: str) -> Words:
    """A level as people read it: its id, and in Chinese its name with the id."""
    return Words(level, f"{framework.levels[level].name.zh}（{level}）")
