"""Units by the names people give them, found in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stiscore.dataset import Dataset, Labelled, titled
from stiscore.errors import StiscoreError
from stiscore.words import Words
from stiscore.words.faults import unknown
from stiscore.words.peers import parted


def find_unit(data: Dataset, text: str) -> int | None:
    """The row of a unit given by id, label, English or Chinese name; None when there is none."""
    from stiscore.units import find, normalise

    # 京 or Macao: what they are depends on whether the table is one of provinces.
    provinces = any(unit.id.startswith("CN-") for unit in data.units)
    known = find(text, "province" if provinces else None)
    wanted = {normalise(text), normalise(known.id) if known else normalise(text)}
    for row, unit in enumerate(data.units):
        if wanted & {normalise(t) for t in (unit.id, unit.label, unit.name_en, unit.name_zh) if t}:
            return row
    return None


def no_unit(text: str, tables: Iterable[Dataset]) -> StiscoreError:
    """The UsageError (U101) for a name that no unit of the tables goes by."""
    units = [unit for data in tables for unit in data.units]
    return unknown("unit", text, {t for u in units for t in (u.id, u.label, u.name_en)})


def title(unit: Labelled) -> Words:
    """A unit by its label and name, each language as ``titled`` has it."""
    return Words(titled(unit, "en"), titled(unit, "zh"))


def titles(units: Sequence[Labelled]) -> Words:
    """The names of units in one line."""
    return parted([title(unit) for unit in units], "names")
