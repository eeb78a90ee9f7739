"""What a node counts: as declared, in this file, for single units, and by its own variance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from stiscore.analysis.audit.heads import measured_parts, percent, text
from stiscore.analysis.audit.table import (
    AuditTable,
    Cell,
    listed,
    node_name,
    row_name,
)
from stiscore.analysis.evaluated import Evaluated
from stiscore.methods.base import Array
from stiscore.methods.tree import Tree
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit import NOTES, TITLES, VERDICTS

Rows = npt.NDArray[np.intp]
_HEADS = (
    *text("node"),
    *percent("declared", "effective", "local", "largest", digits=1),
    *text("unit"),
)


def weights(evaluated: Evaluated) -> AuditTable:
    """Every measured node: declared share of the framework, weight in the file, largest for a unit.

    ``declared``: product of declared shares down the whole tree; ``effective``: the same in this
    file; ``local``: share of its group; ``largest``: the largest effective weight in the score of
    any ranked unit, whose missing values leave more to the rest, and which unit that is. Shares of
    the index, 0-1.
    """
    scores = evaluated.scores
    held, own = scores.fitted.weights, _own_weights(scores)
    declared = declared_shares(scores.fitted.tree)
    ranked = np.flatnonzero(evaluated.ranked)
    by_unit = unit_weights(scores)[ranked[:0] if own else ranked]
    rows = tuple(
        (
            node_name(scores, place),
            declared[place],
            held.effective[place],
            held.local[place],
            *_largest(scores, ranked, by_unit[:, place]),
        )
        for place in in_order(scores)
    )
    limit = scores.fitted.framework.method.coverage.dominant_above
    told = (NOTES["weights"].filled(limit=limit), NOTES["not_linear"])
    return AuditTable(
        id="weights",
        title=TITLES["weights"],
        heads=_HEADS,
        rows=rows,
        notes=(*told, NOTES["own_weights"]) if own else told,
        verdict=_heaviest(scores, by_unit, limit),
    )


def _largest(scores: Scores, rows: Rows, weights: Array) -> tuple[Cell, Cell]:
    """The largest weight for any unit, and the unit where it is one alone."""
    if not weights.size:
        return None, None
    most = float(weights.max())
    at = np.flatnonzero(weights >= most - 1e-12)
    return most, row_name(scores.data, int(rows[at[0]])) if len(at) == 1 else None


def _own_weights(scores: Scores) -> bool:
    """Whether any step gives every unit weights of its own."""
    method = scores.fitted.framework.method
    return any(w.per_unit for w in (method.weight, *method.weight_levels.values()))


def in_order(scores: Scores) -> list[int]:
    """Measured nodes, each group before its parts, the index itself left out."""
    told: list[int] = []

    def walk(group: int) -> None:
        """Tell the parts of ``group``, each before its own."""
        for part in measured_parts(scores, group):
            told.append(part)
            if part >= scores.fitted.tree.leaves:
                walk(part)

    walk(scores.fitted.tree.root)
    return told


def _heaviest(scores: Scores, by_unit: Array, limit: float) -> Words:
    """Which indicators rule the score of some unit."""
    leaves = scores.fitted.tree.leaves
    most = by_unit[:, :leaves].max(axis=0) if by_unit.size else np.zeros(leaves)
    heavy = [int(i) for i in np.argsort(-most, kind="stable") if most[i] > limit]
    if not heavy:
        return VERDICTS["weights_even"].filled(limit=limit)
    names = listed([node_name(scores, place) for place in heavy])
    return VERDICTS["weights_heavy"].filled(names=names, most=float(most.max()), limit=limit)


def declared_shares(tree: Tree) -> tuple[float, ...]:
    """Product of declared shares from the index down, by node; measured or not.

    A proxy's share is that of its weight, though the whole counts without it: the indicator it
    stands in for is there already.

    >>> declared_shares(Tree(("a", "b", "index"), (2, 2, -1), (1.0, 3.0, 1.0), leaves=2))
    (0.25, 0.75, 1.0)
    """
    shares = [1.0] * len(tree.ids)
    for group in reversed(tree.groups):
        children = tree.children(group)
        own = [c for c in children if c not in tree.standins] or list(children)
        whole = sum(tree.weight[c] for c in own)
        for child in children:
            shares[child] = shares[group] * tree.weight[child] / whole
    return tuple(shares)


def unit_weights(scores: Scores) -> Array:
    """Effective weight of every node in every row's index, (rows, nodes).

    Where parts of a group are missing, the rest share its weight; 0 for what is missing.
    """
    tree, local = scores.fitted.tree, scores.fitted.weights.local
    nodes = np.column_stack([scores.normalised, scores.groups])
    out = np.zeros(nodes.shape)
    out[:, tree.root] = ~np.isnan(nodes[:, tree.root])
    for group in reversed(tree.groups):
        children = list(tree.children(group))
        held = np.where(np.isnan(nodes[:, children]), 0.0, [local[c] for c in children])
        whole = held.sum(axis=1, keepdims=True)
        shares = np.divide(held, whole, out=np.zeros_like(held), where=whole > 0)
        out[:, children] = shares * out[:, [group]]
    return out
