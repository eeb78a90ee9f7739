"""What each stage learns from the reference data, column by column or group by group.

An indicator may have a method of its own; columns that share one are fitted together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np

from stiscore.dataset import Dataset
from stiscore.errors import DataInvalid, Location
from stiscore.framework.model import Framework
from stiscore.framework.peers import peer_groups
from stiscore.methods.base import Array, Unfit
from stiscore.methods.climb import weigh
from stiscore.methods.impute import ImputeTable
from stiscore.methods.maps import ColumnMap, ColumnSpec
from stiscore.methods.treat import NoTreat, Treated
from stiscore.methods.tree import Tree
from stiscore.scores import Filling, FittedWeights, joiner_of
from stiscore.units import normalise
from stiscore.words.faults import found, refusal
from stiscore.words.faults.methods import UNFIT

Standards = dict[str, tuple[tuple[float | None, ...], ...]]
# What was learned of one table, by the methods it hangs on: variants of it share what they can.
Known = dict[tuple[str, ...], Any]
T = TypeVar("T")


def once(known: Known | None, key: tuple[str, ...], make: Callable[[], T]) -> T:
    """What ``make`` gives, made at most once where it is kept."""
    if known is None:
        return make()
    if key not in known:
        known[key] = make()
    told: T = known[key]
    return told


def resting_on(
    framework: Framework, columns: Sequence[ColumnSpec], stages: Sequence[str]
) -> tuple[str, ...]:
    """The methods that some stages rest on, as text: equal texts, equal results on one table."""
    method = framework.method
    told = [getattr(method, stage).model_dump_json() for stage in stages]
    told += [f"{i}{own.model_dump_json()}" for i, own in method.by_indicator.items()]
    return (*stages, *told, *(c.id for c in columns if not c.benefit))


def labels_of(
    framework: Framework, data: Dataset, family: str | Sequence[str] | None
) -> tuple[str | None, ...]:
    """The group of each row: of a grouping column, or the first of several peer groups it is in.

    None for every row without a family, and for rows that belong to no group of it.
    """
    if isinstance(family, str) and family in data.groupings:
        return data.groupings[family]
    wanted = [family] if isinstance(family, str) else list(family or ())
    members = {g.id: set(g.units) for g in peer_groups(framework, data.level) if g.id in wanted}
    return tuple(
        next((g for g in wanted if unit.id in members.get(g, ())), None) for unit in data.units
    )


def learn_fillings(
    framework: Framework, data: Dataset, values: Array, columns: Sequence[ColumnSpec]
) -> tuple[Filling, ...]:
    """How missing values are filled; nothing where no method of the stage fills any."""
    fillings = []
    for method, places in _batches(framework, "impute", columns):
        if method.id == "none" or method.panel:
            continue
        family = getattr(method, "group", None)
        table = ImputeTable(
            values=np.ascontiguousarray(values[:, places]),
            columns=[columns[p] for p in places],
            groups=labels_of(framework, data, family),
            within=_within(framework, [columns[p].id for p in places], method),
        )
        told = tuple(columns[p].id for p in places)
        fills = _learned(data, method, method.fit, table)
        fillings.append(Filling(columns=told, family=family, fills=fills))
    return tuple(fillings)


def learn_treatments(
    framework: Framework, data: Dataset, values: Array, columns: Sequence[ColumnSpec]
) -> tuple[Treated, ...]:
    """One treatment a column; empty where no column is treated at all."""
    batches = list(_batches(framework, "treat", columns))
    if all(isinstance(method, NoTreat) for method, _ in batches):
        return ()
    return _by_column(data, batches, values, columns)


def learn_maps(
    framework: Framework, data: Dataset, values: Array, columns: Sequence[ColumnSpec]
) -> tuple[ColumnMap, ...]:
    """One map to the scale a column."""
    units = [unit.id for unit in data.units]
    batches = [(_with_unit(m, data), at) for m, at in _batches(framework, "normalise", columns)]
    return _by_column(data, batches, values, columns, units)


def _with_unit(method: Any, data: Dataset) -> Any:
    """A method that compares with one unit, which may be named by label or in either language."""
    wanted = getattr(method, "unit", None)
    if wanted is None or wanted in {unit.id for unit in data.units}:
        return method
    key = normalise(wanted)
    for unit in data.units:
        if key in {normalise(name) for name in (unit.label, unit.name_en, unit.name_zh) if name}:
            return method.model_copy(update={"unit": unit.id})
    return method


def learn_weights(
    framework: Framework,
    data: Dataset,
    tree: Tree,
    present: Sequence[int],
    normalised: Array,
) -> tuple[FittedWeights, Standards]:
    """Weights of every node, and what rows are compared with in groups that compare.

    ``normalised``: the reference units' scores, (units, leaves).
    """
    method = framework.method
    weights, compared = _learned(
        data,
        method.weight,
        lambda: weigh(
            tree,
            set(present),
            normalised,
            lambda group: method.at("weight", tree.height(group)),
            lambda group: joiner_of(framework, tree, group),
            min_coverage=method.coverage.min_area_coverage,
        ),
    )
    standards = {tree.ids[group]: _as_rows(parts) for group, parts in compared.items()}
    return FittedWeights(**weights._asdict()), standards


def _as_rows(parts: Array) -> tuple[tuple[float | None, ...], ...]:
    return tuple(tuple(None if np.isnan(v) else float(v) for v in row) for row in parts)


def _by_column(
    data: Dataset,
    batches: Iterable[tuple[Any, list[int]]],
    values: Array,
    columns: Sequence[ColumnSpec],
    *more: Sequence[str],
) -> tuple[Any, ...]:
    """What the methods of a stage learn, in the order of the columns."""
    told: dict[int, Any] = {}
    for method, places in batches:
        part = np.ascontiguousarray(values[:, places])
        specs = [columns[p] for p in places]
        told |= zip(places, _learned(data, method, method.fit, part, specs, *more), strict=True)
    return tuple(told[place] for place in range(len(columns)))


def _batches(
    framework: Framework, stage: str, columns: Sequence[ColumnSpec]
) -> list[tuple[Any, list[int]]]:
    """The methods of a stage with the positions of the columns each is for."""
    batches: list[tuple[Any, list[int]]] = []
    for place, column in enumerate(columns):
        method = framework.method.of(stage, column.id)
        held = next((places for known, places in batches if known == method), None)
        if held is None:
            batches.append((method, [place]))
        else:
            held.append(place)
    return batches


def _learned(data: Dataset, method: Any, learn: Callable[..., Any], *given: Any) -> Any:
    """What ``learn`` gives; DataInvalid (C315) where these data do not allow it."""
    try:
        return learn(*given)
    except Unfit as fault:
        where = Location(data.source.file, data.source.sheet)
        why = UNFIT[fault.reason].filled(**fault.fields)
        name = fault.method or method.id
        told = found("C315", where, stage=method.stage, method=name, why=why)
        raise refusal(DataInvalid, [told]) from fault


def _within(framework: Framework, ids: Sequence[str], method: Any) -> tuple[str, ...]:
    """The group so many steps above each indicator, as ``row-mean`` and ``row-median`` ask for."""
    steps = getattr(method, "within", None)
    return tuple(framework.index.id if steps is None else _above(framework, i, steps) for i in ids)


def _above(framework: Framework, node: str, steps: int) -> str:
    for _ in range(steps):
        node = framework.parents.get(node, node)
    return node
