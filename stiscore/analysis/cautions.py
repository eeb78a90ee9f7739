"""What a reader must be warned of: thin coverage, one indicator that rules, crowding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from stiscore.analysis.weighted import consistency
from stiscore.dataset import Dataset, titled
from stiscore.errors import Location
from stiscore.finding import Finding, Findings
from stiscore.framework.find import called
from stiscore.methods.base import Array, Mask
from stiscore.methods.maps import Affine, ColumnMap
from stiscore.methods.screen import Availability
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.faults import found
from stiscore.words.faults.methods import SCREENED

# Of more units than this only the number is told.
_SHOWN = 5
# What is said of scores, as against what is said of the data: made anew under other weights.
CODES = frozenset({"C301", "C304", "C305", "C306", "C307", "C308", "C312", "C313", "C316", "C317"})


def cautions(scores: Scores, *, strict: bool = False) -> Findings:
    """Findings of ``CODES`` on a table; with ``strict`` too small a framework is an error."""
    return Findings(
        (
            *_off_frame(scores),
            *_framework_share(scores, strict=strict),
            *_dominant(scores),
            *_inconsistent(scores),
            *_spread(scores),
            *_screened(scores),
            *_unranked(scores),
        )
    )


def _off_frame(scores: Scores) -> Iterator[Finding]:
    """Where data and frame differ in columns; never so when the frame was fitted on these data."""
    fitted, data = scores.fitted, scores.data
    for name in fitted.columns:
        if np.isnan(scores.raw[:, fitted.tree.ids.index(name)]).all():
            told = called(fitted.framework, name)
            yield found("C312", _head(data, name), indicator=name, called=told)
    scored = {i.id for i in fitted.framework.scored_at(fitted.level)}
    left = scored - {*fitted.columns, *fitted.superseded}
    for place, column in enumerate(data.columns):
        if column.id in left and not np.isnan(data.values[:, place]).all():
            told = called(fitted.framework, column.id, column)
            where = data.header_location(place)
            yield found("C313", where, indicator=column.id, called=told)


def _framework_share(scores: Scores, *, strict: bool) -> Iterator[Finding]:
    rules = scores.fitted.framework.method.coverage
    if strict and scores.weight_share < rules.strict_below:
        yield found("C305", share=scores.weight_share, needed=rules.strict_below)
    elif scores.partial:
        yield found("C304", share=scores.weight_share)


def _dominant(scores: Scores) -> Iterator[Finding]:
    fitted = scores.fitted
    limit = fitted.framework.method.coverage.dominant_above
    for place, leaf in enumerate(fitted.leaves):
        weight = fitted.weights.effective[place]
        if weight > limit and len(fitted.columns) > 1:
            where = _head(scores.data, leaf.id)
            told = _called(scores, leaf.id)
            yield found("C306", where, indicator=leaf.id, called=told, weight=weight)


def _inconsistent(scores: Scores) -> Iterator[Finding]:
    """Pairwise judgements that contradict each other, wherever a step is weighed by them."""
    for told in consistency(scores.fitted):
        if told.doubtful:
            parent = called(scores.fitted.framework, told.group)
            yield found("C316", parent=parent, ratio=told.ratio)


def _spread(scores: Scores) -> Iterator[Finding]:
    rules = scores.fitted.framework.method.coverage
    low, high = scores.fitted.ends
    foot = low + (high - low) * rules.crowded_below / 100
    for name, fitted in zip(scores.fitted.columns, scores.fitted.maps, strict=True):
        place = scores.fitted.tree.ids.index(name)
        held = ~np.isnan(scores.normalised[:, place])
        of, column = int(held.sum()), scores.normalised[held, place]
        if of < 2:
            continue
        clipped = beyond_ends(fitted, scores.treated[held, place], column, scores.tie)
        told: dict[str, Any] = {"indicator": name, "called": _called(scores, name), "of": of}
        where = _head(scores.data, name)
        if clipped.sum() > rules.clipped_above * of:
            beyond = [scores.data.units[r].label for r in np.flatnonzero(held)[clipped]]
            yield found("C307", where, **told, count=len(beyond), units=_listed(beyond))
        crowd = int((column < foot).sum())
        if crowd > rules.crowded_above * of:
            yield found("C308", where, **told, count=crowd, below=foot)


def beyond_ends(fitted: ColumnMap, treated: Array, scored: Array, tie: float) -> Mask:
    """Where a value lies beyond the ends of its scale."""
    if not isinstance(fitted, Affine):
        return np.zeros(scored.shape, dtype=np.bool_)
    free = fitted.model_copy(update={"lower": None, "upper": None})
    beyond: Mask = np.abs(free.apply(treated) - scored) > tie
    return beyond


def _screened(scores: Scores) -> Iterator[Finding]:
    """Units without any score because screening left them out, each with the reason."""
    rule, data = scores.fitted.framework.method.screen, scores.data
    if not (scores.excluded.any() and isinstance(rule, Availability)):
        return
    columns = [scores.fitted.tree.ids.index(name) for name in scores.fitted.columns]
    told = rule.screen(scores.raw[:, columns], [unit.id for unit in data.units])
    for row in np.flatnonzero(scores.excluded):
        reason, share, needed = "missing", float(told.available[row]), rule.min_unit_coverage
        if told.forced[row]:
            reason = "forced"
        elif rule.mode == "zeros" or (rule.mode == "both" and share >= needed):
            reason, share, needed = "zeros", float(told.nonzero[row]), rule.min_nonzero
        yield found(
            "C317",
            data.key_location(int(row)),
            unit=titled(data.units[row], "both"),
            why=SCREENED[reason].filled(share=share, needed=needed),
        )


def _unranked(scores: Scores) -> Iterator[Finding]:
    rules, areas = scores.fitted.framework.method.coverage, scores.absent_areas
    for row in np.flatnonzero(~scores.ranked & ~scores.excluded):
        yield found(
            "C301",
            scores.data.key_location(int(row)),
            unit=titled(scores.data.units[row], "both"),
            coverage=float(scores.coverage[row, -1]),
            missing=int(areas[row].sum()),
            areas=areas.shape[1],
            needed=rules.min_unit_coverage,
            allowed=rules.max_areas_missing,
        )


def _called(scores: Scores, name: str) -> str | Words:
    """What an indicator is called: as the file heads it, or by name where it was derived."""
    place = scores.data.position(name)
    column = None if place is None else scores.data.columns[place]
    return called(scores.fitted.framework, name, column)


def _listed(labels: Sequence[str]) -> str:
    """The first few labels, and how many more there are."""
    more = f" (+{len(labels) - _SHOWN})" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more


def _head(data: Dataset, column: str) -> Location | None:
    """The cell an indicator is headed in; None where the file has no such column."""
    place = data.position(column)
    return None if place is None else data.header_location(place)
