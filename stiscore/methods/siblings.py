"""What all weightings share: the children of one group, and weights that sum to one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

import numpy as np

from stiscore.methods.base import Array, Mask, Method, Unfit

_NEEDS = {
    "few": "it needs {least} units with a score in {names}",
    "below_zero": "it cannot take a score below 0, as in {names}",
    "not_positive": "it needs scores above 0, or a floor, in {names}",
    "mixed_signs": "it would need weights below 0 for {names}",
}


class Siblings(NamedTuple):
    """The measured children of one group, in framework order.

    ``declared`` weights are positive and need not sum to 1; ``measured`` is the share of each
    child's framework weight that has a column, 0-1; ``counts`` the number of measured indicators
    under each, 1 for an indicator. ``parts``: (reference units, children), their scores after
    direction (more is better), NaN missing.
    """

    ids: tuple[str, ...]
    declared: tuple[float, ...]
    measured: tuple[float, ...]
    counts: tuple[int, ...]
    parts: Array


class Weighing(Method):
    """What a caller must know of a weighting before it asks for weights.

    ``uses_data``: weights depend on the reference units' scores. ``per_unit``: every unit has
    weights of its own, so the method joins the children as well (``combine``). ``compares``: a
    unit's score depends on the reference units, which must be handed in. ``own_ends``: see
    methods.combined.
    """

    stage: ClassVar[str] = "weight"
    uses_data: ClassVar[bool] = False
    per_unit: ClassVar[bool] = False
    compares: ClassVar[bool] = False
    own_ends: ClassVar[tuple[float, float] | None] = None

    def weigh(self, siblings: Siblings) -> tuple[float, ...]:
        """Weights of the children, none below 0, summing to 1; a single child has 1.

        The order of the reference units changes no bit. Raises ValueError, one plain sentence that
        names the children, where weights cannot be given.
        """
        if len(siblings.ids) == 1:
            return (1.0,)
        ordered = siblings._replace(parts=in_one_order(siblings.parts))
        told = near_one(np.array([*self._weights(ordered)], np.float64), each=False).tolist()
        total = sum(told)
        if not total > 0:
            names = listed(siblings.ids)
            raise Unfit("alike", f"it finds nothing that tells {names} apart", names=names)
        return tuple(weight / total for weight in told)

    @abstractmethod
    def _weights(self, siblings: Siblings) -> Iterable[float]:
        """Weights of two or more children, none below 0, to be brought to a sum of 1."""

    def _enough(self, siblings: Siblings, least: int) -> Array:
        """The parts; ValueError where a child has fewer than ``least`` scores."""
        held = (~np.isnan(siblings.parts)).sum(axis=0)
        self._refuse(siblings, held < least, "few", least=least)
        return siblings.parts

    def _refuse(
        self, siblings: Siblings, where: Mask | np.bool, reason: str, *, least: int = 0
    ) -> None:
        """Unfit for ``reason``, naming the children ``where`` holds, if there are any."""
        if where.any():
            each = np.atleast_1d(where)
            named = [child for child, bad in zip(siblings.ids, each, strict=True) if bad]
            names = listed(named)
            message = _NEEDS[reason].format(names=names, least=least)
            raise Unfit(reason, message, names=names, least=least)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def in_one_order(parts: Array) -> Array:
    """Rows by the value of the first column, then the next: sums cannot tell how they came."""
    rows: Array = np.ascontiguousarray(parts[np.lexsort(parts.T[::-1])])
    return rows


def complete(siblings: Siblings, *, least: int) -> Array:
    """The rows with a value of every child; ValueError where they are fewer than ``least``."""
    rows: Array = siblings.parts[~np.isnan(siblings.parts).any(axis=1)]
    if rows.shape[0] < least:
        names, units = listed(siblings.ids), rows.shape[0]
        message = f"{units} units have all of {names}; {least} are needed"
        raise Unfit("few_complete", message, units=units, names=names, least=least)
    return rows


def correlated(siblings: Siblings) -> Array:
    """The complete rows, more of them than children, and every child varying; else ValueError."""
    rows = complete(siblings, least=max(3, len(siblings.ids) + 1))
    still = rows.min(axis=0) == rows.max(axis=0)
    if still.any():
        names = [child for child, constant in zip(siblings.ids, still, strict=True) if constant]
        whole, same = listed(siblings.ids), listed(names)
        message = f"the units that have all of {whole} do not differ in {same}"
        raise Unfit("still", message, whole=whole, same=same)
    return rows


def near_one(values: Array, *, each: bool) -> Array:
    """Values times a power of two that brings the largest near 1, of ``each`` column or of all."""
    sizes = np.where(np.isnan(values), 0.0, np.abs(values))
    largest = sizes.max(axis=0, initial=0.0) if each else sizes.max(initial=0.0)
    scaled: Array = np.ldexp(values, -np.frexp(largest)[1])
    return scaled
