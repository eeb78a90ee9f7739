"""What another choice of methods would have to learn anew, and what only joins otherwise."""

from __future__ import annotations

from stiscore.errors import DataInvalid
from stiscore.framework.model import Framework
from stiscore.methods.tree import Tree
from stiscore.scores import Fitted, joiner_of
from stiscore.words.faults import found, refusal


def learns(framework: Framework, fitted: Fitted) -> bool:
    """Whether anything is learned otherwise than under the framework the scores stand on."""
    own = fitted.framework
    return (
        asks(framework, fitted.tree)
        or aside(framework) != aside(own)
        or framework.indicators != own.indicators
    )


def asks(framework: Framework, tree: Tree) -> bool:
    """Whether weights are learned from scores, or units compared with those of the reference."""
    weighers = [framework.method.weight, *framework.method.weight_levels.values()]
    joiners = [joiner_of(framework, tree, g) for g in tree.groups]
    return any(w.uses_data for w in weighers) or any(j.compares for j in joiners)


def aside(framework: Framework) -> str:
    """All of the methods but the aggregation, as text."""
    return framework.method.model_dump_json(exclude={"aggregate", "aggregate_levels"})


def reframed(fitted: Fitted, framework: Framework) -> Fitted:
    """A saved frame under another aggregation, which learns nothing from data.

    Raises DataInvalid (C318) where anything else differs: that would have to be learned from the
    reference data, which a frame does not hold.
    """
    if learns(framework, fitted):
        raise refusal(DataInvalid, [found("C318")])
    told = fitted.model_copy(update={"framework": framework})
    told.__dict__.pop("boughs", None)
    return told
