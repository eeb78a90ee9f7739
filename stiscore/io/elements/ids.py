"""Codes of another program as ids of a framework, and names that no two columns share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from stiscore.framework.flaw import heading
from stiscore.io.elements.element import Element, Ledger

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,79}")
_LONGEST = 80
# Columns of COINr's own data, and ids under which results of ours stand beside the groups'.
RESERVED = frozenset({"ucode", "uname", "time", "gap_index", "adjusted"})


def as_id(text: str, otherwise: str = "index") -> str:
    """A text as an id: accents off, other signs as one underscore, a letter first.

    >>> as_id("R&D exp. (%)"), as_id("2020 share"), as_id("研发", "item_7")
    ('R_D_exp', 'x2020_share', 'item_7')
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_.\-]+", "_", plain).strip("_.-")
    if not plain:
        return otherwise
    return (plain if plain[0].isalpha() else f"x{plain}")[:_LONGEST]


def ids(elements: Sequence[Element], ledger: Ledger) -> dict[str, str]:
    """The id of every code; F144 for a code given twice, F154 for one that is reserved.

    A code that is no id is made one, which is noted (F173); an unchanged code keeps its own.
    """
    rows: dict[str, int] = {}
    for element in elements:
        if element.code in rows:
            first = rows[element.code]
            ledger.note("F144", element.place("code"), id=element.code, first=first)
        elif element.code.casefold() in RESERVED:
            ledger.note("F154", element.place("code"), id=element.code)
        rows.setdefault(element.code, element.row)
    given = {code: code for code in rows if _ID.fullmatch(code)}
    taken = set(given)
    for element in elements:
        if element.code not in given:
            made = _free(as_id(element.code, f"item_{element.row}"), taken)
            given[element.code] = made
            taken.add(made)
            ledger.note("F173", element.place("code"), given=element.code, id=made)
    return given


def _free(wanted: str, taken: set[str]) -> str:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted[: _LONGEST - 8]}_{number}"
    return free


def names(elements: Sequence[Element], given: dict[str, str], ledger: Ledger) -> dict[str, str]:
    """The name of every code: as given, or followed by its id where it names another column.

    Names head columns, so those of indicators, denominators and groupings must differ, also from
    the others' ids (F174).
    """
    columns = [e for e in elements if e.kind != "Aggregate"]
    owners = {heading(given[e.code]): e.code for e in columns}
    told = {e.code: e.name or e.code for e in elements}
    for element in columns:
        name = told[element.code]
        first = owners.setdefault(heading(name), element.code)
        if first != element.code:
            told[element.code] = f"{name} [{given[element.code]}]"
            fields = {"name": name, "first": first, "id": element.code}
            ledger.note("F174", element.place("name"), **fields)
            owners.setdefault(heading(told[element.code]), element.code)
    return told
