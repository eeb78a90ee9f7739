"""Several tables on one scale: the columns they share, and all their rows as one table to fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from stiscore.dataset import Dataset, Values
from stiscore.framework.model import Framework
from stiscore.pipeline import denominate


class Pooled(NamedTuple):
    """``tables`` with the columns they share, ``whole``: their rows under each other.

    ``left_out``: indicators that some tables lack, with the positions of those tables.
    """

    tables: tuple[Dataset, ...]
    whole: Dataset
    left_out: Mapping[str, tuple[int, ...]]


def pool(framework: Framework, tables: Sequence[Dataset]) -> Pooled:
    """Cut tables of one level to the scored indicators that have a value in every one of them.

    Derived indicators count as columns. Context columns stay where they are; raw quantities only
    where a column that stays is derived from them. No common column: ``whole`` has none.
    """
    derived = [denominate(framework, table) for table in tables]
    held = [measured(table) for table in derived]
    scored = [i.id for i in framework.scored_at(tables[0].level)]
    common = [i for i in scored if all(i in has for has in held)]
    lacking = {
        i: tuple(t for t, has in enumerate(held) if i not in has)
        for i in scored
        if i not in common and any(i in has for has in held)
    }
    return Pooled(
        tuple(_cut(table, {*common}, {*lacking}) for table in derived),
        _stacked(derived, common),
        lacking,
    )


def measured(table: Dataset) -> set[str]:
    """Indicators with at least one value."""
    return {
        column.id
        for place, column in enumerate(table.columns)
        if column.kind == "indicator" and not np.isnan(table.values[:, place]).all()
    }


def _cut(table: Dataset, common: set[str], lacking: set[str]) -> Dataset:
    parts = {p for c in table.columns if c.id in common for p in c.derived_from}
    kept = [
        place
        for place, column in enumerate(table.columns)
        if column.id not in lacking and (column.kind != "raw" or column.id in parts)
    ]
    back = {old: new for new, old in enumerate(kept)}
    texts = {(r, back[c]): t for (r, c), t in table.texts.items() if c in back}
    collected = {(r, back[c]): t for (r, c), t in table.collected.items() if c in back}
    return replace(
        table,
        columns=tuple(table.columns[p] for p in kept),
        values=table.values[:, kept],
        flags=table.flags[:, kept],
        origin=table.origin[:, kept],
        errors=None if table.errors is None else table.errors[:, kept],
        texts=MappingProxyType(texts),
        collected=MappingProxyType(collected),
    )


def _stacked(tables: Sequence[Dataset], common: Sequence[str]) -> Dataset:
    """Rows of all tables under the common columns; nothing in it is derived any more."""
    first = tables[0]
    places = [[t.ids.index(column) for column in common] for t in tables]
    pairs = tuple(zip(tables, places, strict=True))
    return replace(
        first,
        units=tuple(u for t in tables for u in t.units),
        periods=tuple(p for t in tables for p in t.periods),
        columns=tuple(replace(first.columns[p], derived_from=()) for p in places[0]),
        values=np.concatenate([t.values[:, at] for t, at in pairs]),
        flags=np.concatenate([t.flags[:, at] for t, at in pairs]),
        origin=np.concatenate([t.origin[:, at] for t, at in pairs]),
        errors=_errors(pairs),
        texts=MappingProxyType({}),
        collected=MappingProxyType({}),
        references=None,
        leftovers=(),
        keys_at=(),
        groupings=_groupings(tables),
    )


def _errors(pairs: Sequence[tuple[Dataset, list[int]]]) -> Values | None:
    """The errors of all rows; NaN for those of a table without any."""
    if all(table.errors is None for table, _ in pairs):
        return None
    return np.concatenate(
        [
            np.full((len(table.units), len(at), 2), np.nan)
            if table.errors is None
            else table.errors[:, at]
            for table, at in pairs
        ]
    )


def _groupings(tables: Sequence[Dataset]) -> Mapping[str, tuple[str | None, ...]]:
    """The groups of all rows; None for those of a table that has no such column."""
    names = dict.fromkeys(name for table in tables for name in table.groupings)
    return MappingProxyType(
        {
            name: tuple(
                label
                for table in tables
                for label in table.groupings.get(name, (None,) * len(table.units))
            )
            for name in names
        }
    )
