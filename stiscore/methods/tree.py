"""The index as numbers: leaves and groups, parents and declared weights, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Tree:
    """A tree of nodes, leaves first in framework order, then groups with children before parents.

    ``parent[i]`` is the position of node i's parent, -1 for the root, which stands last. ``weight``
    holds declared weights, positive, not normalised. ``standins`` are leaves that stand in for
    another leaf (proxies): they can be measured, but add nothing to what there is to measure.

    >>> tree = Tree(("a", "b", "index"), (2, 2, -1), (1.0, 3.0, 1.0), leaves=2)
    >>> tree.children(2), tree.height(2), tree.above(0)
    ((0, 1), 1, (2,))
    """

    ids: tuple[str, ...]
    parent: tuple[int, ...]
    weight: tuple[float, ...]
    leaves: int
    standins: frozenset[int] = frozenset()

    @property
    def groups(self) -> range:
        """Positions of groups, children before parents."""
        return range(self.leaves, len(self.ids))

    @property
    def root(self) -> int:
        """Position of the index itself."""
        return len(self.ids) - 1

    def children(self, group: int) -> tuple[int, ...]:
        """Positions of a group's children, in framework order."""
        return self._families[group]

    @cached_property
    def _families(self) -> tuple[tuple[int, ...], ...]:
        """The children of every node: asked for over and over where many variants are prepared."""
        told: list[list[int]] = [[] for _ in self.ids]
        for node, parent in enumerate(self.parent):
            if parent >= 0:
                told[parent].append(node)
        return tuple(map(tuple, told))

    def above(self, node: int) -> tuple[int, ...]:
        """Positions of the groups a node stands in, from its own up to the root."""
        parent = self.parent[node]
        return () if parent < 0 else (parent, *self.above(parent))

    def height(self, node: int) -> int:
        """Steps from the indicators: 0 for a leaf, 1 for a group of leaves (level 1), and so on."""
        return self._heights[node]

    @cached_property
    def _heights(self) -> tuple[int, ...]:
        """Of every node; children stand before their parents."""
        told = [0] * len(self.ids)
        for group in self.groups:
            told[group] = 1 + max(told[child] for child in self.children(group))
        return tuple(told)

    def leaves_under(self, node: int) -> tuple[int, ...]:
        """Positions of the leaves below a node; the node itself when it is one."""
        if node < self.leaves:
            return (node,)
        return tuple(leaf for child in self.children(node) for leaf in self.leaves_under(child))
