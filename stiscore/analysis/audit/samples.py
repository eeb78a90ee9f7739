"""The groups whose parts are held against each other, and which of them can be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from stiscore.analysis.audit.heads import measured_parts, parts_of
from stiscore.analysis.audit.table import listed, node_name
from stiscore.methods.base import Array
from stiscore.methods.reliability import complete
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NAMES, NOTES

# Complete units wanted for every column (docs/audit.md).
UNITS_A_COLUMN = 5


class Sample(NamedTuple):
    """A group to be looked at: its parts' scores (rows, parts), and its complete rows."""

    name: Words
    places: tuple[int, ...]
    values: Array
    n: int

    @property
    def enough(self) -> bool:
        """Whether there are five complete units a column."""
        return self.n >= UNITS_A_COLUMN * len(self.places)

    @property
    def varies(self) -> bool:
        """Whether no column is the same in all complete rows."""
        held = complete(self.values)
        return bool((held.max(axis=0) > held.min(axis=0)).all())


class Samples(NamedTuple):
    """Groups by what can be done with them."""

    fit: tuple[Sample, ...]
    thin: tuple[Sample, ...]
    constant: tuple[Sample, ...]
    single: tuple[Sample, ...]


def samples_of(scores: Scores) -> Samples:
    """Every group with measured parts; all indicators together where they lie in several."""
    tree = scores.fitted.tree
    whole = [_sample(scores, node_name(scores, g), measured_parts(scores, g)) for g in tree.groups]
    held = [sample for sample in whole if sample.places]
    if sum(sample.places[0] < tree.leaves for sample in held) > 1:
        held.append(_sample(scores, NAMES["all"], scores.measured))
    several = [s for s in held if len(s.places) > 1]
    enough = [s for s in several if s.enough]
    return Samples(
        fit=tuple(s for s in enough if s.varies),
        thin=tuple(s for s in several if not s.enough),
        constant=tuple(s for s in enough if not s.varies),
        single=tuple(s for s in held if len(s.places) == 1),
    )


def _sample(scores: Scores, name: Words, places: tuple[int, ...]) -> Sample:
    values = parts_of(scores, places) if places else np.empty((0, 0))
    return Sample(name, places, values, complete(values).shape[0])


def threshold(key: str, limit: float, used: Sequence[Sample]) -> tuple[Words, ...]:
    """The threshold with the smallest number of units it is held against."""
    if not used:
        return ()
    return (NOTES[key].filled(limit=limit, n=min(sample.n for sample in used)),)


def guards(samples: Samples) -> tuple[Words, ...]:
    """What was not computed, and why."""
    told = []
    if samples.thin:
        thin = [
            NOTES["thin_group"].filled(name=s.name, n=s.n, k=len(s.places)) for s in samples.thin
        ]
        told.append(NOTES["thin"].filled(times=UNITS_A_COLUMN, names=_joined(thin)))
    for key, held in (("constant", samples.constant), ("single", samples.single)):
        if held:
            told.append(NOTES[key].filled(names=listed([s.name for s in held])))
    return tuple(told)


def _joined(names: Sequence[Words]) -> Words:
    """All names: of what was not computed none is left untold."""
    return Words("; ".join(n.en for n in names), "；".join(n.zh for n in names))
