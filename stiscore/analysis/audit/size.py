"""Whether scores go with how large or rich a unit is, and with what else stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, measured_parts, number, parts_of, text
from stiscore.analysis.audit.table import LEAST_UNITS, AuditTable, Cell, figure, listed, node_name
from stiscore.analysis.contexts import contexts
from stiscore.methods.base import Array
from stiscore.methods.correlation import Kind, correlate, told_apart
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NAMES, NOTES, TITLES, VERDICTS
from stiscore.words.audit_tables import NAMES as KINDS

# A figure that spreads wider than this is compared by its logarithm.
_WIDE = 10.0


class Yardstick(NamedTuple):
    """What scores are held against: a figure a row, (rows,), NaN where unknown."""

    name: Words
    values: Array


def size(scores: Scores, kind: Kind = "pearson") -> AuditTable:
    """The index and every measured area against each context column of the table.

    Context columns, and raw figures that indicators are divided by and never count themselves
    (population, output). ``kind`` of correlation over the rows with both values, -1 to 1; not
    computed under ``LEAST_UNITS``. Skipped when the table has no such column.
    """
    root = scores.fitted.tree.root
    # An area that stands alone is the index.
    areas = measured_parts(scores, root)
    nodes = (root, *areas) if len(areas) > 1 else (root,)
    held = yardsticks(scores)
    rows: list[tuple[Cell, ...]] = []
    related: list[Words] = []
    for each in held:
        told = correlate(kind, parts_of(scores, nodes), each.values[:, None])
        for place, r, n in zip(nodes, told.r[:, 0], told.n[:, 0].tolist(), strict=True):
            shown = figure(r) if n >= LEAST_UNITS else None
            least = figure(told_apart(n, kind))
            rows.append((each.name, node_name(scores, place), n, shown, least))
            if place == root and shown is not None and least is not None and abs(shown) >= least:
                related.append(each.name)
    return AuditTable(
        id="size",
        title=TITLES["size"],
        heads=(*text("variable", "node"), *count("n"), *number("r", "least")),
        rows=tuple(rows),
        notes=_notes(rows, kind),
        verdict=_verdict(related, len(held)),
        skipped=not rows,
    )


def _notes(rows: Sequence[tuple[Cell, ...]], kind: Kind) -> tuple[Words, ...]:
    seen = [row[2] for row in rows if isinstance(row[2], int) and row[2] >= LEAST_UNITS]
    few = NOTES["few"].filled(least=LEAST_UNITS)
    if not rows:
        return (NOTES["no_size"],)
    if not seen:
        return (few,)
    n = min(seen)
    told = {"kind": KINDS[kind], "times": _WIDE, "limit": told_apart(n, kind), "n": n}
    return NOTES["size"].filled(**told), few


def _verdict(related: Sequence[Words], of: int) -> Words:
    if not of:
        return VERDICTS["skipped"]
    key = "size_some" if related else "size_none"
    return VERDICTS[key].filled(names=listed(related), of=of)


def yardsticks(scores: Scores) -> tuple[Yardstick, ...]:
    """The context of a table, wide figures as logarithms; columns without any value left out."""
    data, framework = scores.data, scores.fitted.framework
    rules = [i.derive for i in framework.at_level(data.level) if i.derive is not None]
    counted = {q for rule in rules for q in rule.numerators}
    below = {q for rule in rules for q in rule.denominators} - counted
    told = []
    for place, column in enumerate(data.columns):
        wanted = column.kind == "context" or (column.kind == "raw" and column.id in below)
        if wanted and not np.isnan(data.values[:, place]).all():
            told.append(
                _yardstick(_column_name(scores, column.id, column.header), data.values[:, place])
            )
    known, _ = contexts(data)
    told += [_yardstick(NAMES["income"], c.values) for c in known if c.columns not in data.ids]
    return tuple(told)


def _column_name(scores: Scores, id_: str, header: str) -> Words:
    """What the framework calls a column, else its header."""
    framework = scores.fitted.framework
    known = {n.id: n.name for n in framework.indicators}
    known |= {n.id: n.name for n in framework.quantities}
    if id_ in known:
        return listed([Words(known[id_].en, known[id_].zh)])
    return listed([" ".join(header.split()) or id_])


def _yardstick(name: Words, values: Array) -> Yardstick:
    least, most = np.nanmin(values), np.nanmax(values)
    if least <= 0 or most / least < _WIDE:
        return Yardstick(name, values)
    return Yardstick(NAMES["log"].filled(name=name), np.log(values))
