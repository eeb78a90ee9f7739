"""The index beside another one: the same units, found by the registry, and how far ranks agree."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, number, text
from stiscore.analysis.audit.table import LEAST_UNITS, AuditTable, Cell, figure, listed
from stiscore.analysis.evaluated import Evaluated
from stiscore.dataset import Dataset
from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson, spearman, told_apart
from stiscore.units import find, normalise
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS

_NEAR = 0.9


class OtherColumn(NamedTuple):
    """A column of figures of another table, (rows of that table,), NaN where there is none."""

    head: str
    values: Array


class OtherIndex(NamedTuple):
    """A table of another index: the labels of its rows, and its columns of figures."""

    file: str
    labels: tuple[str, ...]
    columns: tuple[OtherColumn, ...]


class Matched(NamedTuple):
    """``rows``: by row of our table that of the other, -1 for none; labels that found no place."""

    rows: tuple[int, ...]
    unknown: tuple[str, ...]
    twice: tuple[str, ...]


def matched(other: OtherIndex, data: Dataset) -> Matched:
    """Rows of the other table for our units: by id, label, name, or any spelling of the registry.

    A unit that stands there twice is left aside. A table of several periods matches each of them.
    """
    keys = [_keys(label, data) for label in other.labels]
    ours = [{normalise(t) for t in (u.id, u.label, u.name_en, u.name_zh) if t} for u in data.units]
    found = [[i for i, key in enumerate(keys) if key & own] for own in ours]
    hits = Counter(i for rows in found for i in set(rows))
    several = {i for rows in found if len(rows) > 1 for i in rows}
    return Matched(
        rows=tuple(rows[0] if len(rows) == 1 else -1 for rows in found),
        unknown=tuple(t for i, t in enumerate(other.labels) if t and not hits[i]),
        twice=tuple(dict.fromkeys(other.labels[i] for i in sorted(several))),
    )


def _keys(label: str, data: Dataset) -> set[str]:
    provinces = any(unit.id.startswith("CN-") for unit in data.units)
    entry = find(label, "province" if provinces else None)
    keys = {normalise(label)} if label else set()
    return keys | {normalise(entry.id)} if entry else keys


def against(evaluated: Evaluated, other: OtherIndex) -> AuditTable:
    """Each column of the other table against the index, over units that have both, ranked or not.

    Pearson's and Spearman's correlation, -1 to 1, and n; not computed under ``LEAST_UNITS``.
    """
    scores = evaluated.scores
    place = matched(other, scores.data)
    at = np.array(place.rows)
    index = scores.index[:, None]
    rows: list[tuple[Cell, ...]] = []
    for column in other.columns:
        theirs = np.where(at >= 0, column.values[at], np.nan)[:, None]
        told = pearson(index, theirs)
        n = int(told.n.item())
        both = (told.r.item(), spearman(index, theirs).r.item())
        shown = [figure(r) if n >= LEAST_UNITS else None for r in both]
        rows.append((" ".join(column.head.split()), n, *shown, figure(told_apart(n))))
    able = [row for row in rows if row[3] is not None]
    return AuditTable(
        id="against",
        title=TITLES["against"],
        heads=(*text("column"), *count("n"), *number("pearson", "spearman", "least")),
        rows=tuple(rows),
        notes=(*_found(place, len(other.labels)), *_least(rows)),
        verdict=_verdict(able),
    )


def _found(place: Matched, of: int) -> list[Words]:
    n = sum(row >= 0 for row in place.rows)
    told = [NOTES["matched"].filled(n=n, of=of)]
    if place.unknown:
        told.append(NOTES["unmatched"].filled(names=listed(place.unknown)))
    if place.twice:
        told.append(NOTES["ambiguous"].filled(names=listed(place.twice)))
    return told


def _least(rows: list[tuple[Cell, ...]]) -> list[Words]:
    seen = [n for _, n, *_ in rows if isinstance(n, int) and n >= LEAST_UNITS]
    few = NOTES["few"].filled(least=LEAST_UNITS)
    if not seen:
        return [few]
    return [NOTES["against_n"].filled(limit=told_apart(min(seen)), n=min(seen)), few]


def _verdict(able: list[tuple[Cell, ...]]) -> Words:
    """Of the first column whose ranks could be compared."""
    if not able:
        return VERDICTS["against_unknown"]
    name, _, _, rho, least = able[0]
    size = abs(rho) if isinstance(rho, float) else 0.0
    floor = least if isinstance(least, float) else 1.0
    key = "near" if size >= _NEAR else "some" if size >= floor else "none"
    return VERDICTS[f"against_{key}"].filled(names=name, rho=rho)
