"""Fit and score: the Handbook's stages in order.

denominate -> screen -> impute -> treat -> normalise -> weight -> aggregate. ``fit`` learns from
reference data; ``score`` is row-wise and uses only what was learned, so a part of a table scores
as the whole does, to the bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from stiscore.dataset import Dataset, Flag, titled
from stiscore.derived import denominate
from stiscore.errors import ComputationFailed, DataInvalid, Location
from stiscore.finding import Finding, Severity
from stiscore.framework.find import called, lacking
from stiscore.framework.method import STAGES
from stiscore.framework.model import Framework, Indicator
from stiscore.learned import (
    Known,
    Standards,
    labels_of,
    learn_fillings,
    learn_maps,
    learn_treatments,
    learn_weights,
    once,
    resting_on,
)
from stiscore.methods.base import Array, Mask
from stiscore.methods.climb import Unjoined, climb
from stiscore.methods.maps import ColumnSpec, apply_maps
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Weights
from stiscore.scores import (
    Filling,
    Fitted,
    FittedWeights,
    Reference,
    Scores,
    build_tree,
    joiner_of,
)
from stiscore.version import __version__
from stiscore.words.faults import found, refusal

__all__ = ["denominate", "fit", "reweigh", "score"]


def fit(framework: Framework, reference: Dataset, *, known: Known | None = None) -> Fitted:
    """Learn from ``reference`` all that scoring needs.

    ``known``: what was learned of the same table under other methods; what does not differ is taken
    from it, and what is new is added.

    Which scored indicators have a column (and so the scaled weights), what missing values are
    filled with, limits, maps and weights. Units that screening excludes teach nothing. Raises
    DataInvalid when no scored indicator has a value (C309), when screening leaves no unit (C314) or
    when a method cannot learn from these data (C315).
    """
    data = _denominated(framework, reference, known)
    used, superseded = _used(framework, data)
    ids = [i.id for i in used]
    columns = [_spec(i, data.level) for i in used]
    raw = _columns(data, ids)
    units = len(data.units)
    data, raw = _screened(framework, data, raw)
    if len(data.units) < units:
        _told_apart(framework, data, raw, ids)

    keys = [resting_on(framework, columns, STAGES[: n + 1]) for n in range(2, 5)]
    fillings = once(known, keys[0], lambda: learn_fillings(framework, data, raw, columns))
    filled = _fill(framework, data, ids, raw, fillings)
    treatments = once(known, keys[1], lambda: learn_treatments(framework, data, filled, columns))
    treated = apply_maps(filled, treatments) if treatments else filled
    maps = once(known, keys[2], lambda: learn_maps(framework, data, treated, columns))
    normalised = apply_maps(treated, maps)

    tree = build_tree(framework, data.level, frozenset(superseded))
    places = [tree.ids.index(i) for i in ids]
    leaves = _spread(normalised, places, tree.leaves)
    weights, standards = _weighed(framework, data, tree, places, leaves)
    return Fitted(
        schema="stiscore.frame/1",
        stiscore=__version__,
        framework=framework,
        level=data.level,
        columns=tuple(ids),
        fillings=fillings,
        treatments=treatments,
        maps=maps,
        standards=standards,
        superseded=superseded,
        weights=weights,
        reference=Reference(
            units=len(data.units),
            periods=tuple(sorted(set(data.periods), key=str)),
            digest=reference.digest,
        ),
    )


def score(fitted: Fitted, dataset: Dataset, *, known: Known | None = None) -> Scores:
    """Score every row of ``dataset`` on the fitted scale.

    Row-wise: rows may come in any order or in parts. A fitted column the dataset lacks is missing
    in every row, not absent. A missing value is filled only where the method says so; else parents
    renormalise over what is there. Rows that screening excludes have no score. ``known``: see
    ``fit``. Raises DataInvalid (L115) when the data are of another level than the frame.
    """
    if dataset.level != fitted.level:
        told = found("L115", Location(dataset.source.file), level=dataset.level, frame=fitted.level)
        raise refusal(DataInvalid, [told])
    data = _denominated(fitted.framework, dataset, known)
    ids = list(fitted.columns)
    raw = _columns(data, ids)
    excluded = _excluded(fitted.framework, data, raw)
    filled = _fill(fitted.framework, data, ids, raw, fitted.fillings)
    treated = apply_maps(filled, fitted.treatments) if fitted.treatments else filled
    normalised = apply_maps(treated, fitted.maps)
    if excluded.any():
        normalised[excluded] = np.nan
        # Nothing is filled or treated in what is not scored.
        for stage in (filled, treated):
            if stage is not raw:
                stage[excluded] = raw[excluded]

    leaves = fitted.tree.leaves
    places = [fitted.tree.ids.index(c) for c in ids]
    wide_raw = _spread(raw, places, leaves)
    wide_filled = wide_raw if filled is raw else _spread(filled, places, leaves)
    wide_treated = wide_filled if treated is filled else _spread(treated, places, leaves)
    return _joined(
        fitted,
        data,
        (wide_raw, wide_filled, wide_treated, _spread(normalised, places, leaves)),
        excluded,
    )


def reweigh(fitted: Fitted, framework: Framework, reference: Dataset) -> Fitted:
    """The same maps under the weights of ``framework``, which must have the same tree.

    ``reference``: the data weights are learned from, where they are learned.
    """
    tree = build_tree(framework, fitted.level, frozenset(fitted.superseded))
    places = [tree.ids.index(column) for column in fitted.columns]
    scored = score(fitted, reference)
    kept_rows = np.flatnonzero(~scored.excluded).tolist()
    weights, standards = _weighed(
        framework, reference.rows(kept_rows), tree, places, scored.normalised[kept_rows]
    )
    kept = {name: getattr(fitted, name) for name in Fitted.model_fields if name != "schema_"}
    return Fitted(**{**kept, "framework": framework, "weights": weights, "standards": standards})


def _denominated(framework: Framework, data: Dataset, known: Known | None) -> Dataset:
    key = resting_on(framework, (), ("denominate",))
    return once(known, key, lambda: denominate(framework, data))


def _weighed(
    framework: Framework, data: Dataset, tree: Tree, places: Sequence[int], leaves: Array
) -> tuple[FittedWeights, Standards]:
    """What ``learn_weights`` gives; a score that a mean cannot take is ComputationFailed (C311)."""
    try:
        return learn_weights(framework, data, tree, places, leaves)
    except Unjoined as fault:
        raise refusal(ComputationFailed, [_unjoined(framework, tree, data, fault)]) from fault


def _used(framework: Framework, data: Dataset) -> tuple[list[Indicator], tuple[str, ...]]:
    """The indicators to score, and the proxies whose indicator has a column itself."""
    scored = framework.scored_at(data.level)
    held = _measured_columns(data)
    superseded = tuple(i.id for i in scored if i.role == "proxy" and i.proxy_for in held)
    used = [i for i in scored if i.id in held and i.id not in superseded]
    if not used:
        absent = lacking(framework, data.level, data.ids)
        told = "; ".join(f"{i} <- {', '.join(parts)}" for i, parts in absent.items())
        where = Location(data.source.file, data.source.sheet)
        raise refusal(
            DataInvalid, [found("C309", where, level=data.level, of=len(scored), lacking=told)]
        )
    return used, superseded


def _measured_columns(data: Dataset) -> set[str]:
    """Indicators with at least one value: a head over blank cells measures nothing."""
    empty = {i for i in range(len(data.columns)) if np.isnan(data.values[:, i]).all()}
    return {c.id for i, c in enumerate(data.columns) if c.kind == "indicator" and i not in empty}


def _excluded(framework: Framework, data: Dataset, raw: Array) -> Mask:
    """The rows that have too little to be scored at all."""
    return framework.method.screen.screen(raw, [u.id for u in data.units]).excluded


def _screened(framework: Framework, data: Dataset, raw: Array) -> tuple[Dataset, Array]:
    excluded = _excluded(framework, data, raw)
    if not excluded.any():
        return data, raw
    if excluded.all():
        where = Location(data.source.file, data.source.sheet)
        raise refusal(DataInvalid, [found("C314", where, of=len(data.units))])
    kept = np.flatnonzero(~excluded)
    return data.rows(kept.tolist()), np.ascontiguousarray(raw[kept])


def _told_apart(framework: Framework, data: Dataset, raw: Array, ids: Sequence[str]) -> None:
    """Refuse a scale from the sample where screening leaves one value; C303 saw all units."""
    level = []
    for name, column in zip(ids, raw.T, strict=True):
        present, place = column[~np.isnan(column)], data.position(name)
        sampled = framework.method.of("normalise", name).from_sample
        if place is None or not sampled or not present.size or present.min() < present.max():
            continue
        finding = found(
            "C303",
            data.header_location(place),
            group=name,
            column=name,
            called=called(framework, name, data.columns[place]),
            count=int(present.size),
            value=float(present[0]),
        )
        level.append(replace(finding, severity=Severity.ERROR))
    if level:
        raise refusal(DataInvalid, level)


def _fill(
    framework: Framework,
    data: Dataset,
    ids: Sequence[str],
    raw: Array,
    fillings: Sequence[Filling],
) -> Array:
    """The values with missing ones filled; the array itself where no stage fills any."""
    if not fillings:
        return raw
    filled = raw.copy()
    for each in fillings:
        places = [ids.index(c) for c in each.columns]
        labels = labels_of(framework, data, each.family)
        filled[:, places] = each.fills.apply(filled[:, places], labels)
    return filled


def _columns(data: Dataset, ids: Sequence[str]) -> Array:
    """The named columns, (rows, ids); missing throughout where the dataset has no such column."""
    places = [data.position(column) for column in ids]
    if places == list(range(data.values.shape[1])):
        return data.values
    out = np.full((len(data.units), len(ids)), np.nan)
    for j, place in enumerate(places):
        if place is not None:
            out[:, j] = data.values[:, place]
    return out


def _spread(values: Array, places: Sequence[int], leaves: int) -> Array:
    """Measured columns at their leaves' places, (rows, leaves); the array itself if it is whole."""
    if list(places) == list(range(leaves)):
        return values
    wide = np.full((values.shape[0], leaves), np.nan)
    wide[:, places] = values
    return wide


def _spec(indicator: Indicator, level: str) -> ColumnSpec:
    scale = indicator.levels[level]
    benefit = indicator.direction == "benefit"
    return ColumnSpec(indicator.id, benefit, indicator.curve, scale.goalposts, scale.target)


def _joined(
    fitted: Fitted, data: Dataset, stages: tuple[Array, Array, Array, Array], excluded: Mask
) -> Scores:
    """From the leaves to the root."""
    raw, filled, treated, normalised = stages
    rules = fitted.framework.method.coverage
    observed = ~np.isnan(raw)
    observed[excluded] = False
    filled_before = _along_years(fitted, data)
    if filled_before is not None:
        observed &= ~filled_before
    try:
        told = climb(
            fitted.tree,
            Weights(**fitted.weights.model_dump()),
            fitted.boughs,
            normalised,
            observed,
            min_coverage=rules.min_area_coverage,
        )
    except Unjoined as fault:
        finding = _unjoined(fitted.framework, fitted.tree, data, fault)
        raise refusal(ComputationFailed, [finding]) from fault
    return Scores(
        fitted=fitted,
        data=data,
        raw=raw,
        filled=filled,
        treated=treated,
        normalised=normalised,
        groups=told.groups,
        coverage=told.coverage,
        floored=told.floored,
        excluded=excluded,
    )


def _along_years(fitted: Fitted, data: Dataset) -> Mask | None:
    """Where a value was filled from other years before scoring, (rows, leaves); None: nowhere."""
    if not fitted.framework.method.impute.panel:
        return None
    told = np.zeros((len(data.units), fitted.tree.leaves), dtype=np.bool_)
    for name in fitted.columns:
        place = data.position(name)
        if place is not None:
            filled = data.flags[:, place] & np.uint16(Flag.ALONG_YEARS)
            told[:, fitted.tree.ids.index(name)] = filled > 0
    return told


def _unjoined(framework: Framework, tree: Tree, data: Dataset, fault: Unjoined) -> Finding:
    child = tree.ids[fault.child]
    place = data.position(child)
    return found(
        "C311",
        data.location(fault.row, place) if place is not None else None,
        unit=titled(data.units[fault.row], "both"),
        node=child,
        score=fault.score,
        parent=tree.ids[fault.group],
        method=joiner_of(framework, tree, fault.group).id,
    )
