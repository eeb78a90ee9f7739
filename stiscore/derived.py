"""Denomination: indicators computed from other columns, with the way back to those kept.

The stage stands before the checks, so that a derived value is checked like any other.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stiscore.dataset import Column, Dataset, Flag
from stiscore.framework.model import Derive, Framework, Indicator
from stiscore.methods.base import Array
from stiscore.methods.denominate import ByColumn, DeriveRatios, Recipe

# What stays of a column whose figures are divided by another's.
AS_READ = ".as_read"


def denominate(framework: Framework, dataset: Dataset) -> Dataset:
    """The dataset with every indicator that is computed, as the framework says.

    ``derive``: indicators with a recipe that have no column of their own are computed from
    quantities. ``column``: an indicator's figures are divided by another column; what was read
    stays beside the quotient under the id ``<indicator>.as_read``. An indicator divides another by
    its figures as they were read. Done twice, nothing changes.
    """
    rules = [
        (framework.method.of("denominate", i.id), i) for i in framework.at_level(dataset.level)
    ]
    # Recipes first: what they compute may divide an indicator that stands before it.
    for rule, indicator in sorted(rules, key=lambda told: isinstance(told[0], ByColumn)):
        held = set(dataset.ids)
        if isinstance(rule, ByColumn):
            wanted = rule.denominator and {indicator.id, rule.denominator} <= held
            if wanted and not _is_derived(dataset, indicator.id):
                dataset = _divided(dataset, indicator, rule)
        elif indicator.derive is not None and indicator.id not in held:
            recipe = indicator.derive
            if held.issuperset(recipe.quantities):
                dataset = _with_derived(rule, dataset, indicator, recipe)
    return dataset


def _with_derived(
    rule: DeriveRatios, dataset: Dataset, indicator: Indicator, recipe: Derive
) -> Dataset:
    values = rule.derive(dataset.values, _recipe(recipe, dataset))
    return _appended(dataset, indicator, recipe.quantities, values)


def _is_derived(dataset: Dataset, column: str) -> bool:
    """Whether a column was computed already; its flags say so even where its parts are gone."""
    return bool((dataset.flags[:, dataset.ids.index(column)] & Flag.DERIVED).any())


def _divided(dataset: Dataset, indicator: Indicator, rule: ByColumn) -> Dataset:
    kept_below = f"{rule.denominator}{AS_READ}"
    below = kept_below if kept_below in dataset.ids else str(rule.denominator)
    place, under = dataset.ids.index(indicator.id), dataset.ids.index(below)
    kept = replace(dataset.columns[place], id=f"{indicator.id}{AS_READ}", kind="raw")
    columns = (*dataset.columns[:place], kept, *dataset.columns[place + 1 :])
    values = rule.divide(dataset.values[:, place], dataset.values[:, under])
    return _appended(replace(dataset, columns=columns), indicator, (kept.id, below), values)


def _appended(
    dataset: Dataset, indicator: Indicator, parts: tuple[str, ...], values: Array
) -> Dataset:
    """The dataset with a derived column; a quotient that fails with all its parts there is told.

    The errors of its parts stay with them: a derived value has none.
    """
    places = [dataset.ids.index(part) for part in parts]
    broken = np.isnan(values) & ~np.isnan(dataset.values[:, places]).any(axis=1)
    flags = np.where(broken, Flag.DERIVED | Flag.ZERO_DENOMINATOR, Flag.DERIVED).astype(np.uint16)
    # What rests on a filled figure is filled itself.
    flags |= np.bitwise_or.reduce(dataset.flags[:, places], axis=1) & np.uint16(Flag.ALONG_YEARS)
    column = Column(
        indicator.id,
        "indicator",
        header=indicator.id,
        measured_in=indicator.measured_in,
        derived_from=parts,
    )
    return replace(
        dataset,
        columns=(*dataset.columns, column),
        values=np.column_stack([dataset.values, values]),
        flags=np.column_stack([dataset.flags, flags]),
        origin=np.concatenate(
            [dataset.origin, np.zeros((len(dataset.units), 1, 2), np.int32)], axis=1
        ),
        errors=dataset.errors_beside(1),
    )


def _recipe(rule: Derive, dataset: Dataset) -> Recipe:
    place = {column: i for i, column in enumerate(dataset.ids)}
    return Recipe(
        tuple(place[q] for q in rule.numerators),
        tuple(place[q] for q in rule.denominators),
        rule.combine,
        rule.combine_denominators,
        rule.factor,
    )
