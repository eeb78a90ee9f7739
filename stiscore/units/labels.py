"""Label sets: how a report names units, whatever the source calls them.

A set renames what people read and nothing else: findings about a file keep the file's own labels.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from stiscore.errors import Location, UsageError
from stiscore.finding import Finding
from stiscore.words import Words
from stiscore.words.faults import found, refusal, unknown
from stiscore.words.units import SET_NOTES

SETS = ("source", "iso", "worldbank", "cn_official")
HEAD = ("id", "label_en", "label_zh")
_TABLE = Path(__file__).with_name("labels.csv")
# A label a unit: more bytes than this are no list of labels.
_LARGEST = 1_000_000


class LabelSet(NamedTuple):
    """Labels by unit id, and what has to be said of them; ``source`` has none."""

    name: str
    labels: Mapping[str, Words]
    note: Words | None

    def label(self, unit_id: str) -> Words | None:
        """What the set calls a unit; None leaves it the source's label."""
        return self.labels.get(unit_id)


def label_set(name_or_path: str) -> LabelSet:
    """One of the sets by name, or a CSV of the user's own with the columns id,label_en,label_zh.

    UsageError for a name there is not (U101) and for a file that is no such table (U107, U120 to
    U122).

    >>> label_set("iso").label("KOR").en, label_set("cn_official").label("CN-GX").zh
    ('Korea, Republic of', '广西壮族自治区')
    >>> label_set("source").note, label_set("iso").label("XKX")
    (None, None)
    """
    if name_or_path in SETS:
        labels = {} if name_or_path == "source" else _shipped()[name_or_path]
        return LabelSet(name_or_path, MappingProxyType(labels), SET_NOTES.get(name_or_path))
    file = Path(name_or_path)
    if file.suffix.lower() == ".csv" or file.is_file():
        labels = _own(file)
        note = Words(*(side.format(file=file.name) for side in SET_NOTES["own"]))
        return LabelSet(file.name, MappingProxyType(labels), note)
    raise unknown("label_set", name_or_path, SETS)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, dict[str, Words]]:
    sets: dict[str, dict[str, Words]] = {name: {} for name in SETS[1:]}
    with _TABLE.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table.readlines()[1:]):
            for name, labels in sets.items():
                en, zh = row[f"{name}_en"], row[f"{name}_zh"]
                if en:
                    labels[row["id"]] = Words(en, zh)
    return sets


def _own(file: Path) -> dict[str, Words]:
    """The labels of a user's file; where one language is blank, the other stands for it."""
    rows = list(csv.reader(_text(file).splitlines()))
    head = tuple(cell.strip() for cell in rows[0]) if rows else ()
    if head != HEAD:
        given = ",".join(head)
        raise refusal(UsageError, [found("U120", Location(file.name), given=given)])
    labels: dict[str, Words] = {}
    faults: list[Finding] = []
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            faults += _keep(labels, row, Location(file.name, line=line))
    if faults:
        raise refusal(UsageError, faults)
    return labels


def _keep(labels: dict[str, Words], row: list[str], place: Location) -> list[Finding]:
    """Take up one row; what is wrong with it, if anything."""
    key, en, zh, *more = [*(cell.strip() for cell in row), "", "", ""][: max(3, len(row))]
    if key in labels:
        return [found("U121", place, id=key)]
    if not key or not (en or zh) or any(more):
        return [found("U122", place, row=",".join(row))]
    labels[key] = Words(en or zh, zh or en)
    return []


def _text(file: Path) -> str:
    try:
        with file.open("rb") as held:
            raw = held.read(_LARGEST + 1)
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        raise refusal(UsageError, [found("U107", file=file.name, reason=reason)]) from fault
    if len(raw) <= _LARGEST:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise refusal(UsageError, [found("U120", Location(file.name), given="...")])
