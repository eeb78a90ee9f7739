"""Is one score enough for a group: principal components of its parts, KMO, Bartlett, loadings.

None of it is computed for fewer than five complete units a column, and the reason is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import count, number, percent, text
from stiscore.analysis.audit.samples import Sample, Samples, guards, samples_of, threshold
from stiscore.analysis.audit.table import AuditTable, Cell, figure, listed, node_name
from stiscore.methods.reliability import (
    Principal,
    Sphericity,
    bartlett,
    correlations_of,
    kmo,
    principal,
)
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS

LOW_KMO = 0.6
_HALF = 0.5


class Looked(NamedTuple):
    """A group and what was computed of it; ``kmo`` is NaN of two columns, where it says nothing."""

    sample: Sample
    told: Principal
    kmo: float
    sphere: Sphericity


def components(scores: Scores) -> tuple[AuditTable, ...]:
    """Two tables: ``components`` and ``loadings``, of every group and of all indicators together.

    Over the units that have every part of the group.
    """
    samples = samples_of(scores)
    looked = [_looked(sample) for sample in samples.fit]
    return _components(samples, looked), _loadings(scores, samples, looked)


def _looked(sample: Sample) -> Looked:
    r = correlations_of(sample.values)
    adequacy = kmo(r) if len(sample.places) > 2 else float("nan")
    return Looked(sample, principal(sample.values), adequacy, bartlett(r, sample.n))


_HEADS = (
    *text("group"),
    *count("parts", "complete"),
    *number("kmo"),
    *percent("first_share"),
    *count("above_one"),
    *number("chi_square", digits=1),
    *number("p", digits=3),
    *count("freedom"),
)


def _components(samples: Samples, looked: Sequence[Looked]) -> AuditTable:
    several = [each.sample.name for each in looked if each.told.explained[0] < _HALF]
    told = {"n": len(several), "of": len(looked), "names": listed(several)}
    key = "components_several" if several else "components_one"
    return AuditTable(
        id="components",
        title=TITLES["components"],
        heads=_HEADS,
        rows=tuple(_row(each) for each in looked),
        notes=(
            *threshold("kmo", LOW_KMO, samples.fit),
            *_undone(looked),
            *guards(samples),
            NOTES["formative"],
        ),
        verdict=VERDICTS[key].filled(**told) if looked else VERDICTS["skipped"],
        skipped=not looked,
    )


def _row(each: Looked) -> tuple[Cell, ...]:
    return (
        each.sample.name,
        len(each.sample.places),
        each.sample.n,
        figure(each.kmo),
        float(each.told.explained[0]),
        # Rounding must not lift a component of uncorrelated columns above one.
        int((each.told.eigenvalues > 1 + 1e-9).sum()),
        figure(each.sphere.chi_square),
        figure(each.sphere.p),
        each.sphere.freedom,
    )


def _undone(looked: Sequence[Looked]) -> tuple[Words, ...]:
    """Why a group has components and no KMO or Bartlett."""
    singular = [each.sample.name for each in looked if np.isnan(each.sphere.p)]
    pairs = (NOTES["pair"],) if any(len(each.sample.places) == 2 for each in looked) else ()
    return (*pairs, *((NOTES["singular"].filled(names=listed(singular)),) if singular else ()))


def _loadings(scores: Scores, samples: Samples, looked: Sequence[Looked]) -> AuditTable:
    rows: list[tuple[Cell, ...]] = []
    against: list[Words] = []
    for each in looked:
        loadings = each.told.loadings[:, :2]
        loadings = loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
        for place, own in zip(each.sample.places, loadings.tolist(), strict=True):
            name = node_name(scores, place)
            rows.append((name, each.sample.name, *own))
            against += [name] if own[0] < 0 else []
    names = listed(list(dict.fromkeys(against)))
    key = "loadings_against" if against else "loadings_well"
    return AuditTable(
        id="loadings",
        title=TITLES["loadings"],
        heads=(*text("node", "group"), *number("first_loading", "second_loading")),
        rows=tuple(rows),
        notes=(NOTES["loadings"],) if rows else guards(samples),
        verdict=VERDICTS[key].filled(names=names) if rows else VERDICTS["skipped"],
        skipped=not rows,
    )
