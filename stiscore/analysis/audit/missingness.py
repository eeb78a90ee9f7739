"""Whether missing values favour the rich or the large: their share against income and size."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, number, text
from stiscore.analysis.audit.table import LEAST_UNITS, AuditTable, Cell, figure, listed
from stiscore.dataset import Dataset
from stiscore.methods.base import Array
from stiscore.methods.correlation import pearson, told_apart
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NAMES, NOTES, TITLES, VERDICTS

# Ids of columns that say how large and how rich a unit is, whatever their capitals; one that ends
# in a star stands for all that begin so, whatever they are counted in.
SIZE = ("size", "population", "context_population*")
INCOME = ("income", "gdp_per_capita", "gni_per_capita", "context_gdp*")
OUTPUT = ("gdp_usd", "gdp_cny", "gdp", "context_gdp*")
# What tells income from output where an id begins alike.
_A_HEAD = re.compile(r"(^|_)(pc|per_capita)(_|$)")


class Context(NamedTuple):
    """What missing values are compared with: a positive figure a row, NaN where unknown."""

    variable: str
    columns: str
    values: Array


def missingness(scores: Scores) -> AuditTable:
    """The share of missing values of every row against the logarithm of its income and size.

    Pearson; over the rows with a positive figure, not computed for fewer than ``LEAST_UNITS``. A
    table without such columns is told so, and skipped where it has neither.
    """
    places = list(scores.measured)
    missing = np.isnan(scores.raw[:, places]).sum(axis=1) / max(len(places), 1)
    known, unknown = contexts(scores.data)
    rows = tuple(_row(each, missing) for each in known)
    notes = [
        NOTES["no_context"].filled(variable=NAMES[variable], columns=", ".join(columns))
        for variable, columns in unknown
    ]
    if rows:
        notes.append(NOTES["share_missing"].filled(indicators=len(places)))
        notes.append(NOTES["few"].filled(least=LEAST_UNITS))
    return AuditTable(
        id="missingness",
        title=TITLES["missingness"],
        heads=(*text("variable", "columns"), *count("n"), *number("r", "least")),
        rows=rows,
        notes=tuple(notes),
        verdict=_verdict(rows, some=bool(missing.any())),
        skipped=not rows,
    )


def _row(context: Context, missing: Array) -> tuple[Cell, ...]:
    told = pearson(missing[:, None], np.log(context.values)[:, None])
    n = told.n.item()
    r = figure(told.r.item()) if n >= LEAST_UNITS else None
    return NAMES[context.variable], context.columns, n, r, figure(told_apart(n))


def _verdict(rows: Sequence[Sequence[Cell]], *, some: bool) -> Words:
    if not some:
        return VERDICTS["missing_none"]
    compared: list[Words] = []
    related: list[Words] = []
    for name, _, _, r, least in rows:
        if isinstance(name, Words) and isinstance(r, float) and isinstance(least, float):
            (related if abs(r) >= least else compared).append(name)
    if not related and not compared:
        return VERDICTS["missing_unknown"]
    key = "missing_related" if related else "missing_unrelated"
    return VERDICTS[key].filled(names=listed(related or compared))


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
