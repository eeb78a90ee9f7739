"""Weights: how much each child counts in its parent."""

from collections.abc import Collection
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field

from stiscore.methods.base import Method
from stiscore.methods.tree import Tree


class Weights(NamedTuple):
    """Weights by node; unmeasured nodes have 0.

    ``local`` sums to 1 inside each measured parent, ``effective`` is the product down the tree and
    sums to 1 over the leaves, ``measured`` is the share of the node's framework weight that has a
    column.
    """

    local: tuple[float, ...]
    effective: tuple[float, ...]
    measured: tuple[float, ...]


class Declared(Method):
    """The weights the framework declares, for the columns there are.

    A node's measured share is ``m = sum(w m) / sum(w)`` over its children, 1 or 0 for a leaf with
    or without a column; a proxy counts above the line only, since the indicator it stands in for
    stands below it already. With ``area_weight: scaled`` a child counts ``w m / sum(w m)`` in its
    parent, so that an indicator keeps its importance relative to all others however many columns
    are absent; with ``equal`` it counts ``w / sum(w)`` over the children measured at all. Range:
    0-1.

    Reference: OECD/JRC Handbook (2008), step 6; the scaling rule is ours (docs/adr/0001).

    >>> tree = Tree(("a", "b", "c", "x", "y", "index"), (3, 3, 4, 5, 5, -1), (1.0,) * 6, leaves=3)
    >>> [round(w, 3) for w in Declared().fit(tree, present={0, 2}).effective]
    [0.333, 0.0, 0.667, 0.333, 0.667, 1.0]
    """

    id: Literal["declared"] = "declared"
    area_weight: Literal["scaled", "equal"] = "scaled"
    stage: ClassVar[str] = "weight"
    reference: ClassVar[str] = "OECD/JRC Handbook (2008), step 6"

    def fit(self, tree: Tree, present: Collection[int]) -> Weights:
        """Weights of ``tree`` when the leaves at positions ``present`` have a column."""
        size = len(tree.ids)
        measured = [float(i in present) for i in range(size)]
        local = [0.0] * size
        for group in tree.groups:
            children = tree.children(group)
            declared = [tree.weight[c] for c in children]
            held = sum(w * measured[c] for w, c in zip(declared, children, strict=True))
            own = [c for c in children if c not in tree.standins] or list(children)
            measured[group] = min(1.0, held / sum(tree.weight[c] for c in own))
            counted = [
                w * (measured[c] if self.area_weight == "scaled" else float(measured[c] > 0))
                for w, c in zip(declared, children, strict=True)
            ]
            total = sum(counted)
            for child, weight in zip(children, counted, strict=True):
                local[child] = weight / total if total else 0.0
        local[tree.root] = 1.0
        effective = [0.0] * size
        for node in reversed(range(size)):
            above = 1.0 if node == tree.root else effective[tree.parent[node]]
            effective[node] = local[node] * above
        return Weights(tuple(local), tuple(effective), tuple(measured))


Weighting = Annotated[Declared, Field(discriminator="id")]
