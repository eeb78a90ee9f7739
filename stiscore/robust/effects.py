"""What the values of a factor do: weigh, choose a configuration, leave out, shift a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from stiscore.methods.base import Array, Mask
from stiscore.methods.climb import Bough
from stiscore.robust.draws import Block, Choices, Source, generator
from stiscore.robust.places import runs

Kind = Literal["weights", "sets", "drop", "setting", "noise"]
# By number of the factor, its values in every variant, (draws, dims).
Values = Mapping[int, Array]


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """One factor as numbers.

    ``number``: what its random numbers hang on. ``kind``: ``weights`` multiplies those of
    ``places``; ``sets`` takes a row of ``table`` (choices, nodes) as multipliers; ``drop`` leaves
    out the node at ``places[choice - 1]``, none for 0; ``setting`` is a part of the configuration's
    code; ``noise`` shifts figures.
    """

    number: int
    kind: Kind
    source: Source
    places: tuple[int, ...] = ()
    table: Array | None = None

    @property
    def own(self) -> float:
        """The value that leaves everything as it is."""
        return 1.0 if self.kind == "weights" else 0.0


def drawn(effects: Sequence[Effect], seed: int, block: Block) -> Values:
    """Random values of every factor in a block."""
    return {
        e.number: e.source.draw(generator(seed, block.number, e.number), block.size)
        for e in effects
    }


def laid_out(effects: Sequence[Effect], cube: Array) -> Values:
    """The values at points of the unit cube, (points, dims of all), factor beside factor."""
    told, first = {}, 0
    for effect in effects:
        end = first + effect.source.dims
        told[effect.number] = effect.source.at(cube[:, first:end])
        first = end
    return told


def unchanged(effects: Sequence[Effect], draws: int) -> dict[int, Array]:
    """The values that change nothing, ready to be changed."""
    return {e.number: np.full((draws, e.source.dims), e.own) for e in effects}


def codes(effects: Sequence[Effect], values: Values) -> Choices:
    """The configuration of every variant as its choices, (draws, columns of ``setting``)."""
    chosen = [values[e.number] for e in effects if e.kind == "setting"]
    if not chosen:
        draws = len(next(iter(values.values()))) if values else 1
        return np.zeros((draws, 0), dtype=np.int64)
    return np.concatenate(chosen, axis=1).astype(np.int64)


def distinct(met: Choices) -> tuple[list[tuple[int, ...]], Choices]:
    """The different rows of ``met`` in order, and the number of each row's among them.

    ``numpy.unique`` on rows sorts them as records, many times slower; and any of its calls that
    asks for no places imports numpy.ma, which costs more than a thousand variants.

    >>> distinct(np.array([[1, 0], [0, 2], [1, 0]]))
    ([(0, 2), (1, 0)], array([1, 0, 1]))
    """
    number = np.zeros(len(met), dtype=np.int64)
    for column in met.T:
        # Numbered anew each time, so that no table has too many columns for an integer.
        _, first, number = np.unique(
            number * (column.max(initial=0) + 1) + column, return_index=True, return_inverse=True
        )
    if not met.size:
        return [()], number
    return [tuple(row) for row in met[first].tolist()], number


def multipliers(
    effects: Sequence[Effect], values: Values, draws: int, nodes: int, boughs: Sequence[Bough]
) -> Array:
    """By how much each node's weight is multiplied, (draws, nodes).

    A group whose children are all left out is left out itself.
    """
    told = np.ones((draws, nodes))
    for effect in effects:
        given = values.get(effect.number)
        if given is None:
            continue
        if effect.kind == "weights":
            for run, part in runs(effect.places):
                told[:, run] *= given[:, part]
        elif effect.kind == "sets" and effect.table is not None:
            # Groups beside the tree have no weight in a set.
            told[:, : effect.table.shape[1]] *= effect.table[given[:, 0].astype(np.int64)]
        elif effect.kind == "drop":
            chosen = given[:, 0].astype(np.int64)
            rows = np.flatnonzero(chosen)
            told[rows, np.array(effect.places)[chosen[rows] - 1]] = 0.0
    if any(effect.kind == "drop" for effect in effects):
        for bough in boughs:
            left: Mask = (told[:, bough.children] * np.array(bough.weights)).any(axis=1)
            told[~left, bough.group] = 0.0
    return told
