"""What varies: blocks of seeded draws, and how points of the unit cube become variants.

A factor takes some columns of the unit cube. Monte Carlo runs draw them at random, Sobol' designs
lay them out; what comes of a point is the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from stiscore.methods.base import Array

Choices = npt.NDArray[np.int64]
# A block is drawn and multiplied whole by whoever does it; the format of a seed hangs on its size.
BLOCK = 8192
# Wide tables have shorter blocks, so that the scores of one fit into memory: 128 MiB.
_CELLS = 2**24
# The ends of the unit cube are no points of a normal distribution.
_INSIDE = 2.0**-53
# Shapes this close differ by rounding alone.
_SAME = 1e-12


class Block(NamedTuple):
    """A run of variants: its number, the first variant and how many there are."""

    number: int
    first: int
    size: int


def blocks(draws: int, units: int) -> Iterator[Block]:
    """The variants of a run in blocks, which depend on the table's units and nothing else.

    >>> [b.size for b in blocks(20_000, 31)]
    [8192, 8192, 3616]
    """
    size = max(256, min(BLOCK, _CELLS // max(units, 1)))
    for number, first in enumerate(range(0, draws, size)):
        yield Block(number, first, min(size, draws - first))


def generator(seed: int, block: int, factor: int) -> np.random.Generator:
    """The random numbers of one factor in one block: nothing else draws from them."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(block, factor)))


class Source(Protocol):
    """How one factor turns ``dims`` columns of the unit cube into what it varies."""

    @property
    def dims(self) -> int:
        """Columns of the unit cube."""

    def draw(self, random: np.random.Generator, size: int) -> Array:
        """Random values, (size, dims)."""

    def at(self, cube: Array) -> Array:
        """The values at points of the unit cube, (points, dims)."""


@dataclass(frozen=True, slots=True)
class Even:
    """Multipliers even between ``1 - spread`` and ``1 + spread``, one a column."""

    dims: int
    spread: float

    def draw(self, random: np.random.Generator, size: int) -> Array:
        """Random multipliers, (size, dims)."""
        return self.at(random.random((size, self.dims)))

    def at(self, cube: Array) -> Array:
        """Multipliers, (points, dims)."""
        told: Array = cube * (2.0 * self.spread)
        told += 1.0 - self.spread
        return told


@dataclass(frozen=True, slots=True)
class Dirichlet:
    """Gamma variables over their means: multiplied by ``means`` and shared out, a Dirichlet draw.

    ``means``: the weights of the children of one group, summing to 1; ``concentration``: the
    larger, the nearer draws stay to them. As many as there are equal
    children is the flat one.
    """

    means: tuple[float, ...]
    concentration: float

    @property
    def dims(self) -> int:
        """One column a child."""
        return len(self.means)

    @property
    def _shapes(self) -> Array:
        shapes: Array = self.concentration * np.array(self.means)
        # 49 times a 49th is not quite 1, and exponentials are ten times as quick as other shapes.
        shapes[np.abs(shapes - 1.0) < _SAME] = 1.0
        return shapes

    def draw(self, random: np.random.Generator, size: int) -> Array:
        """Random multipliers, (size, dims)."""
        shapes = self._shapes
        if (shapes == 1.0).all():
            return random.standard_exponential((size, self.dims))
        told: Array = random.standard_gamma(shapes, (size, self.dims))
        told /= shapes
        return told

    def at(self, cube: Array) -> Array:
        """Multipliers, (points, dims)."""
        shapes = self._shapes
        if (shapes == 1.0).all():
            return -np.log1p(-np.minimum(cube, 1.0 - _INSIDE))
        from scipy.special import gammaincinv

        told: Array = gammaincinv(shapes, np.minimum(cube, 1.0 - _INSIDE)) / shapes
        return told


@dataclass(frozen=True, slots=True)
class Beside:
    """Several sources as one, column beside column."""

    parts: tuple[Source, ...]

    @property
    def dims(self) -> int:
        """The columns of all."""
        return sum(part.dims for part in self.parts)

    def draw(self, random: np.random.Generator, size: int) -> Array:
        """Random values, (size, dims)."""
        return np.concatenate([part.draw(random, size) for part in self.parts], axis=1)

    def at(self, cube: Array) -> Array:
        """The values at points of the unit cube, (points, dims)."""
        ends = np.cumsum([part.dims for part in self.parts])
        each = np.split(cube, ends[:-1], axis=1)
        return np.concatenate([p.at(c) for p, c in zip(self.parts, each, strict=True)], axis=1)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several alternatives, by number; ``shares`` sum to 1."""

    shares: tuple[float, ...]
    dims: int = 1

    def draw(self, random: np.random.Generator, size: int) -> Array:
        """Random alternatives, (size, dims)."""
        return self.at(random.random((size, self.dims)))

    def at(self, cube: Array) -> Array:
        """Alternatives, (points, dims), as whole numbers from 0."""
        ends = np.cumsum(self.shares)[:-1]
        return np.searchsorted(ends, cube, side="right").astype(np.float64)


@dataclass(frozen=True, slots=True)
class Normal:
    """Standard normal values."""

    dims: int

    def draw(self, random: np.random.Generator, size: int) -> Array:
        """Random values, (size, dims)."""
        return random.standard_normal((size, self.dims))

    def at(self, cube: Array) -> Array:
        """Values, (points, dims)."""
        from scipy.special import ndtri

        told: Array = ndtri(np.clip(cube, _INSIDE, 1.0 - _INSIDE))
        return told
