"""Rank shifts: each alternative alone against the baseline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from stiscore.analysis.uncertainty.plan import Planned
from stiscore.analysis.uncertainty.standings import baseline, mean_moves, moves, standings
from stiscore.analysis.uncertainty.variants import Variants
from stiscore.finding import Finding
from stiscore.framework import uncertainty as declared
from stiscore.methods.base import Array
from stiscore.robust.draws import blocks, generator
from stiscore.robust.effects import Values, codes, unchanged
from stiscore.robust.ranking import Ranks

# Moves of more ranks than these are counted by themselves.
FAR = 5
# How often a factor that has no list of alternatives is drawn.
DRAWN = 1_000


@dataclass(frozen=True, slots=True)
class RankShift:
    """One alternative alone against the baseline: how far the ranked units' ranks move.

    ``factor``: id of the factor. ``kind``: what the alternative is (``settings``, ``preset``,
    ``rule``, ``left_out``, ``turned``, ``lighter``, ``heavier``, ``all``); ``all``: the factor
    alone is drawn. ``label``: the settings, the name of the set, the rule or the node; empty for
    ``all``. ``mean`` and ``largest``: of the absolute shifts; ``row``: the row that moves most,
    None where none moves. ``over``: rows that move more than five ranks. ``ranked``: rows that have
    a rank under the alternative; the others count in none of these. Of ``all``, ``mean`` is that
    over variants, the rest holds for the farthest each row was moved by any. ``why``: why it could
    not be computed; all figures are None then, as they are where no row has a rank.
    """

    factor: str
    kind: str
    label: str
    mean: float | None
    largest: int | None
    row: int | None
    over: int | None
    why: Finding | None = None
    ranked: int | None = None


class Trial(NamedTuple):
    """One alternative as the one value that is changed: of which factor, in which column."""

    planned: Planned
    kind: str
    label: str
    column: int
    value: float


def rank_shifts(variants: Variants, seed: int, drawn: int = DRAWN) -> tuple[RankShift, ...]:
    """Shifts of every alternative, factor by factor; ``drawn``: variants of a row ``all``.

    Weights have no list of alternatives: each is tried at both ends of its spread, and all are
    drawn together, as those of a Dirichlet distribution and errors of figures are.
    """
    nominal, factors = baseline(variants), variants.plan.factors
    told = [*_tried(variants, [t for p in factors for t in trials(variants, p)], nominal)]
    told += [_of_all(variants, p, nominal, seed, drawn) for p in factors if _is_drawn(p)]
    for refused in variants.plan.impossible:
        label = " ".join(refused.settings)
        told.append(_unknown(refused.factor, "settings", label, refused.why))
    order = [*(p.factor.id for p in factors), *(factor.id for factor in variants.plan.idle)]
    return tuple(sorted(told, key=lambda shift: order.index(shift.factor)))


def trials(variants: Variants, planned: Planned) -> Iterator[Trial]:
    """The alternatives of one factor; none where it is but a distribution."""
    factor, options = planned.factor, planned.options
    if isinstance(factor, declared.Weights):
        ids = variants.evaluated.scores.fitted.tree.ids
        for column, place in enumerate(planned.effect.places):
            yield Trial(planned, "lighter", ids[place], column, 1.0 - factor.spread)
            yield Trial(planned, "heavier", ids[place], column, 1.0 + factor.spread)
    elif isinstance(factor, declared.Directions):
        ids = variants.evaluated.scores.fitted.tree.ids
        for column, leaf in enumerate(options):
            yield Trial(planned, "turned", str(leaf), column, 1.0)
    elif factor.kind in _KINDS:
        for number, option in enumerate(options[1:], start=1):
            label = " ".join(option) if isinstance(option, tuple) else option
            yield Trial(planned, _KINDS[factor.kind], label, 0, float(number))


# What one of several options is, by kind of factor.
_KINDS = {
    "methods": "settings",
    "weight-sets": "preset",
    "missing-areas": "rule",
    "leave-out": "left_out",
}


def _is_drawn(planned: Planned) -> bool:
    kinds = (declared.Weights, declared.DirichletWeights, declared.DataError)
    return isinstance(planned.factor, kinds)


def _tried(variants: Variants, wanted: Sequence[Trial], nominal: Ranks) -> Iterator[RankShift]:
    """Each alternative as a variant of its own."""
    effects = variants.plan.effects
    for block in blocks(len(wanted), len(variants.rows)):
        part = wanted[block.first : block.first + block.size]
        values = unchanged(effects, block.size)
        for row, trial in enumerate(part):
            values[trial.planned.effect.number][row, trial.column] = trial.value
        away = moves(standings(variants, values, block.size), nominal)
        means, met = mean_moves(away), codes(effects, values).tolist()
        for row, trial in enumerate(part):
            named = trial.planned.factor.id, trial.kind, trial.label
            why = variants.refused.get(tuple(met[row]))
            yield (
                _unknown(*named, why)
                if why or np.isnan(means[row])
                else _told(variants, named, float(means[row]), away[row])
            )


def _of_all(
    variants: Variants, planned: Planned, nominal: Ranks, seed: int, drawn: int
) -> RankShift:
    """One factor drawn while all others stay as they are."""
    number, units = planned.effect.number, len(variants.rows)
    means, farthest = list[Array](), np.full(variants.ranked, np.nan)
    for block in blocks(drawn, units):
        values: Values = unchanged(variants.plan.effects, block.size) | {
            number: planned.effect.source.draw(generator(seed, block.number, number), block.size)
        }
        away = moves(standings(variants, values, block.size), nominal)
        means.append(mean_moves(away))
        farthest = np.fmax(farthest, np.fmax.reduce(away, axis=0))
    each = np.concatenate(means)
    named = planned.factor.id, "all", ""
    if np.isnan(each).all():
        return _unknown(*named, None)
    return _told(variants, named, float(np.nanmean(each)), farthest)


def _told(variants: Variants, named: tuple[str, str, str], mean: float, away: Array) -> RankShift:
    """A row of the table from each unit's move, NaN for one without a rank."""
    most = int(np.nanargmax(away))
    largest = int(away[most])
    return RankShift(
        *named,
        mean=mean,
        largest=largest,
        row=variants.rows[most] if largest else None,
        over=int((away > FAR).sum()),
        ranked=int((~np.isnan(away)).sum()),
    )


def _unknown(factor: str, kind: str, label: str, why: Finding | None) -> RankShift:
    return RankShift(factor, kind, label, None, None, None, None, why, 0 if why is None else None)
