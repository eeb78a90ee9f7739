"""What is shown of one unit: its tree or one node of it, and what is to be said of the unit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.explain import Branch, Leaf, explain, find, under_gap
from stiscore.analysis.gap_parts import parts
from stiscore.analysis.next_rank import Above, above
from stiscore.analysis.peers import Peers
from stiscore.analysis.targets.refuse import joins
from stiscore.analysis.uncertainty.ranges import Ranges
from stiscore.analysis.written import Term, Written, severity
from stiscore.errors import UsageError
from stiscore.framework.find import id_of, names_of
from stiscore.framework.model import Framework
from stiscore.scores import Fitted
from stiscore.words.faults import found, refusal, unknown


class GapPlace(NamedTuple):
    """A gap of one unit: its severity written out, and who stands above with less of it."""

    id: str
    rank: int | None
    written: Written | None
    above: Above | None
    median: float | None
    few: int | None


class Ahead(NamedTuple):
    """Who is next above a unit in the index, and who of the two is above in how many variants.

    ``share`` and ``level`` of ``draws`` variants: where the unit above is above, and where the two
    are level; None without variants. ``aimable``: whether the least change that gets there can be
    worked out (goalposts, arithmetic or geometric means all the way up).
    """

    above: Above | None
    share: float | None = None
    level: float | None = None
    draws: int = 0
    aimable: bool = True


class Unranked(NamedTuple):
    """Why a unit has no rank: coverage and missing areas, each beside what the rules allow.

    ``common``: only for want of an area, since every one was asked for. ``excluded``: screened out.
    """

    coverage: float
    least: float
    missing: int
    most: int
    common: bool
    excluded: bool


class Explanation(NamedTuple):
    """What is shown of a unit: ``parts`` of the ``whole`` that stand under ``node``.

    ``node``: id of what was asked for, None for everything. ``ahead``: who is next above in the
    index, None for a unit without a rank; ``unranked`` says why it has none. ``peers``: whose
    medians stand beside its figures, where they were asked for.
    """

    whole: Branch
    parts: tuple[Branch | Leaf, ...]
    node: str | None = None
    gap: GapPlace | None = None
    ahead: Ahead | None = None
    unranked: Unranked | None = None
    peers: Peers | None = None


def explanation(
    evaluated: Evaluated,
    row: int,
    node: str | None = None,
    *,
    ranges: Ranges | None = None,
    peers: Peers | None = None,
    steps: bool = True,
) -> Explanation:
    """What stands under ``node`` (area, gap or indicator by id or name), or everything.

    Raises UsageError for a name that is not there (U101), and for a node that the table does not
    measure (U106).
    """
    framework = evaluated.scores.fitted.framework
    node = None if node is None else id_of(framework, node)
    whole = explain(evaluated, row, ranges=ranges, peers=peers, steps=steps)
    gap = None if node is None else _gap(evaluated, row, node, peers)
    return Explanation(
        whole,
        (whole,) if node is None else _parts(whole, node, framework),
        node,
        gap,
        _ahead(evaluated, row, whole, ranges),
        None if evaluated.ranked[row] else _unranked(evaluated, row),
        peers,
    )


def _parts(whole: Branch, node: str, framework: Framework) -> tuple[Branch | Leaf, ...]:
    """What stands under ``node``; UsageError when there is nothing."""
    if node in {gap.id for gap in framework.gaps}:
        return under_gap(whole, node)
    if (part := find(whole, node)) is not None:
        return (part,)
    places = (*framework.nodes, *framework.gaps)
    if node in {place.id for place in places}:
        raise refusal(UsageError, [found("U106", node=node)])
    raise unknown("place", node, {n for p in places for n in (p.id, *names_of(p))})


def _gap(evaluated: Evaluated, row: int, node: str, peers: Peers | None) -> GapPlace | None:
    """A gap by its id; None where ``node`` is none."""
    gaps = evaluated.gaps
    if node not in gaps.ids:
        return None
    at = gaps.ids.index(node)
    values, ranks = gaps.severity[:, at], gaps.ranks[:, at]
    return GapPlace(
        id=node,
        rank=int(ranks[row]) or None,
        written=None if np.isnan(values[row]) else _severity(evaluated, row, at),
        above=above(evaluated, row, values, ranks, least=True),
        median=peers.median(values) if peers and not np.isnan(values).all() else None,
        few=peers.few(values) if peers else None,
    )


def _severity(evaluated: Evaluated, row: int, gap: int) -> Written:
    scores, tree = evaluated.scores, evaluated.scores.fitted.tree
    held = [(part, float(scores.normalised[row, part.leaf])) for part in parts(evaluated, row, gap)]
    terms = [
        Term(tree.ids[part.leaf], part.share, score, part.share * score)
        for part, score in held
        if part.share is not None
    ]
    return severity(terms, float(evaluated.gaps.severity[row, gap]), scores.fitted.ends)


def _ahead(evaluated: Evaluated, row: int, whole: Branch, ranges: Ranges | None) -> Ahead | None:
    """Who is next above in the index; None for a unit without a rank."""
    if not evaluated.ranked[row]:
        return None
    over, aimable = whole.above, _aimable(evaluated.scores.fitted)
    if over is None or ranges is None:
        return Ahead(over, aimable=aimable)
    share, level = ranges.above(over.row, row), ranges.level(over.row, row)
    return Ahead(over, share, level, len(ranges.index), aimable)


def _aimable(fitted: Fitted) -> bool:
    method = fitted.framework.method
    sampled = (method.of("normalise", column).from_sample for column in fitted.columns)
    return joins(fitted) is None and not any(sampled)


def _unranked(evaluated: Evaluated, row: int) -> Unranked:
    scores, rules = evaluated.scores, evaluated.scores.fitted.framework.method.coverage
    return Unranked(
        coverage=float(scores.coverage[row, -1]),
        least=rules.min_unit_coverage,
        missing=int(scores.absent_areas[row].sum()),
        most=rules.max_areas_missing,
        common=bool(scores.ranked[row]),
        excluded=bool(scores.excluded[row]),
    )
