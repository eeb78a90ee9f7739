"""Declared weights in the columns a file has, and the declared weights that give others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from stiscore.framework.method import MethodSettings
from stiscore.framework.strict import MOST_WEIGHT
from stiscore.methods.climb import measured_shares, siblings_of
from stiscore.methods.tree import Tree
from stiscore.methods.weight import Declared, Weights
from stiscore.scores import Fitted

# A weight of 0 cannot be declared; this share of its group is below what a sum can hold.
_NOUGHT = 1e-15


def declared_weights(fitted: Fitted, method: MethodSettings) -> Weights:
    """The weights by node that the framework declares, for the columns ``fitted`` has.

    ``area_weight`` is that of ``method`` in each step, ``scaled`` where another weight method
    stands there. Shares of the group and of the index, 0-1; 0 for what is not measured.
    """
    tree, measured = fitted.tree, fitted.weights.measured
    local = [0.0] * len(tree.ids)
    local[tree.root] = 1.0
    nobody = np.empty((0, len(tree.ids)))
    for group in tree.groups:
        children = [c for c in tree.children(group) if measured[c] > 0]
        if children:
            rule = _rule(method, tree.height(group))
            told = rule.weigh(siblings_of(tree, group, measured, nobody))
            for child, weight in zip(children, told, strict=True):
                local[child] = weight
    effective = list(local)
    for node in reversed(range(tree.root)):
        effective[node] *= effective[tree.parent[node]]
    return Weights(tuple(local), tuple(effective), measured)


def reproducing(fitted: Fitted, method: MethodSettings) -> dict[str, float]:
    """Declared weights by measured node under which ``method`` gives the weights of ``fitted``.

    Where ``area_weight`` is ``scaled`` that is the local weight over the child's measured share,
    which rests in turn on the weights declared below it; so the tree is gone through from the
    leaves up. The measured weights of a group keep their sum beside those that are not measured. A
    local weight of 0 is told as ``1e-15`` of its group. Above 0, at most a million.
    """
    tree, told = fitted.tree, dict[str, float]()
    present = {tree.ids.index(column) for column in fitted.columns}
    for group in tree.groups:
        own = _own_weights(fitted, tree, group, present, _rule(method, tree.height(group)))
        told |= {tree.ids[child]: weight for child, weight in own.items()}
        tree = replace(tree, weight=tuple(own.get(i, w) for i, w in enumerate(tree.weight)))
    return told


def _own_weights(
    fitted: Fitted, tree: Tree, group: int, present: set[int], rule: Declared
) -> dict[int, float]:
    """Weights of a group's measured children by their places; ``tree`` has those below it."""
    measured = measured_shares(tree, present)
    children = [c for c in tree.children(group) if measured[c] > 0]
    shares = {c: measured[c] if rule.area_weight == "scaled" else 1.0 for c in children}
    whole = sum(tree.weight[c] * shares[c] for c in children)
    local = {c: max(fitted.weights.local[c], _NOUGHT) / shares[c] for c in children}
    scale = min(whole, MOST_WEIGHT / max(local.values(), default=1.0))
    return {c: weight * scale for c, weight in local.items()}


def _rule(method: MethodSettings, height: int) -> Declared:
    rule = method.at("weight", height)
    return rule if isinstance(rule, Declared) else Declared()
