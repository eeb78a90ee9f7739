"""Income and size of the units, from whatever columns of a table tell them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from stiscore.dataset import Dataset
from stiscore.methods.base import Array, Mask
from stiscore.words import Words
from stiscore.words.peers import PEERS, parted

# Ids of columns that say how large and how rich a unit is, whatever their capitals; one that ends
# in a star stands for all that begin so, whatever they are counted in.
SIZE = ("size", "population", "context_population*")
INCOME = ("income", "gdp_per_capita", "gni_per_capita", "context_gdp*")
OUTPUT = ("gdp_usd", "gdp_cny", "gdp", "context_gdp*")
# What tells income from output where an id begins alike.
_A_HEAD = re.compile(r"(^|_)(pc|per_capita)(_|$)")


# The order of the columns of Logs.
VARIABLES = ("income", "size")


class Context(NamedTuple):
    """Income or size of every row: a positive figure, NaN where unknown."""

    variable: str
    columns: str
    values: Array


class Logs(NamedTuple):
    """Logarithms of income and size, (rows, 2), NaN where unknown; the columns they come from."""

    values: Array
    columns: tuple[str, ...]

    @property
    def both(self) -> Mask:
        """Which rows have both, (rows,)."""
        held: Mask = np.asarray(~np.isnan(self.values).any(axis=1))
        return held


def contexts(data: Dataset) -> tuple[list[Context], list[tuple[str, tuple[str, ...]]]]:
    """Income and size of each row where the table has columns for them, and what it lacks.

    Income is a column of ``INCOME``, else output by size; a column that begins with context_gdp is
    income where its id says pc or per_capita. Zero and less are taken as unknown.
    """
    a_head = {place for place, id_ in enumerate(data.ids) if _A_HEAD.search(id_.casefold())}
    rest = set(range(len(data.ids))) - a_head
    size, output = _column(data, SIZE, rest), _column(data, OUTPUT, rest)
    income = _column(data, INCOME[:1], rest) or _column(data, INCOME[1:], a_head)
    if income is None and output is not None and size is not None:
        income = f"{output[0]} / {size[0]}", output[1] / size[1]
    known: list[Context] = []
    lacking: list[tuple[str, tuple[str, ...]]] = []
    either = tuple(dict.fromkeys((*INCOME, *OUTPUT)))
    for variable, held, ids in (("income", income, either), ("size", size, SIZE)):
        if held is None:
            lacking.append((variable, ids))
        else:
            known.append(Context(variable, *held))
    return known, lacking


def logs(data: Dataset) -> Logs | None:
    """Both as logarithms, income first; None where the table has no column for one of them."""
    known, lacking = contexts(data)
    if lacking:
        return None
    values = np.column_stack([np.log(context.values) for context in known])
    return Logs(values, tuple(context.columns for context in known))


def lacking(data: Dataset) -> Words:
    """What the table has no column for, with the ids that would do."""
    return parted([_wanted(variable, ids) for variable, ids in contexts(data)[1]])


def absent(placed: Logs, row: int) -> Words:
    """Which of income and size the row has no figure of, with the columns."""
    told = zip(VARIABLES, placed.columns, placed.values[row], strict=True)
    return parted([_wanted(name, [column]) for name, column, value in told if np.isnan(value)])


def _wanted(variable: str, columns: Sequence[str]) -> Words:
    return PEERS["wanted"].filled(variable=PEERS[variable], columns=", ".join(columns))


def _column(
    data: Dataset, wanted: Sequence[str], places: Collection[int]
) -> tuple[str, Array] | None:
    """The first of the wanted columns that has a positive value, and its positive values."""
    for name in wanted:
        for place in sorted(places):
            values = data.values[:, place]
            if _named(data.ids[place].casefold(), name) and (values > 0).any():
                return data.ids[place], np.where(values > 0, values, np.nan)
    return None


def _named(id_: str, wanted: str) -> bool:
    """Whether a column is the wanted one, or begins as it does up to its star."""
    return id_.startswith(wanted[:-1]) if wanted.endswith("*") else id_ == wanted
