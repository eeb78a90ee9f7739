"""What goes with what: indicators within their areas, areas with each other, and repetitions.

All correlations are of scores, so that more is better everywhere and a negative one is a conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from stiscore.analysis.audit.belonging import belonging
from stiscore.analysis.audit.heads import text
from stiscore.analysis.audit.relations import (
    UNKNOWN,
    Pair,
    heads_of_pair,
    judged,
    notes_of,
    paired,
    row_of,
    tally,
)
from stiscore.analysis.audit.table import AuditTable, deep, group_of, listed, node_name
from stiscore.methods.base import Array
from stiscore.methods.correlation import Kind, correlate
from stiscore.scores import Scores
from stiscore.words import Words
from stiscore.words.audit_tables import NOTES, TITLES, VERDICTS


def correlations(scores: Scores, kind: Kind = "pearson") -> tuple[AuditTable, ...]:
    """Tables ``correlations-within``, ``-areas``, ``-redundant`` and ``-indicators``.

    Within: all pairs of indicators of one area, which is the group they stand in. Areas: the parts
    of the index, and groups that lie in one. Redundant: pairs of any areas that say the same.
    Indicators: each against its own area and others. Every pair uses the units that have both
    scores; under five of them nothing is computed and the table says so.
    """
    places = list(scores.measured)
    pairs = _pairs(scores.normalised[:, places], places, kind)
    return (
        _within(scores, pairs, kind),
        _areas(scores, kind),
        _redundant(scores, pairs, kind),
        belonging(scores, kind),
    )


def _pairs(columns: Array, nodes: Sequence[int], kind: Kind) -> list[Pair]:
    """All pairs of columns, each the scores of one node."""
    told = correlate(kind, np.ascontiguousarray(columns))
    return [
        judged(told, kind, (i, j), (nodes[i], nodes[j]))
        for i, j in combinations(range(len(nodes)), 2)
    ]


def _within(scores: Scores, pairs: Sequence[Pair], kind: Kind) -> AuditTable:
    groups = group_of(scores)
    own = [p for p in pairs if groups[p.first] == groups[p.second]]
    noted = notes_of([p.n for p in own], kind) if own else (NOTES["no_pairs"],)
    return AuditTable(
        id="correlations-within",
        title=TITLES["correlations-within"],
        heads=(*text("area"), *heads_of_pair()),
        rows=tuple((node_name(scores, groups[p.first]), *row_of(scores, p)) for p in own),
        notes=(*noted, *((NOTES["deep"],) if deep(scores) else ())),
        verdict=_verdict(scores, own, "within"),
        skipped=not own,
    )


def _areas(scores: Scores, kind: Kind) -> AuditTable:
    pairs = [pair for areas in _siblings(scores) for pair in _pairs_of(scores, areas, kind)]
    noted = notes_of([p.n for p in pairs], kind) if pairs else (NOTES["one_area"],)
    return AuditTable(
        id="correlations-areas",
        title=TITLES["correlations-areas"],
        heads=heads_of_pair(),
        rows=tuple(row_of(scores, p) for p in pairs),
        notes=(*noted, *((NOTES["siblings"],) if deep(scores) else ())),
        verdict=_verdict(scores, pairs, "areas"),
        skipped=not pairs,
    )


def _siblings(scores: Scores) -> list[list[int]]:
    """Measured areas, and below them the measured groups that lie in one, from the top down."""
    fitted, tree = scores.fitted, scores.fitted.tree
    told = [[area for area in fitted.areas if fitted.measures(area)]]
    for siblings in told:
        for group in siblings:
            parts = [part for part in tree.children(group) if part >= tree.leaves]
            told.append([part for part in parts if fitted.measures(part)])
    return [each for each in told if len(each) > 1]


def _pairs_of(scores: Scores, nodes: Sequence[int], kind: Kind) -> list[Pair]:
    return _pairs(np.column_stack([scores.node(node) for node in nodes]), nodes, kind)


def _verdict(scores: Scores, pairs: Sequence[Pair], which: str) -> Words:
    known = [p for p in pairs if p.state not in UNKNOWN]
    if not known:
        return VERDICTS["skipped"]
    found = [p for p in known if p.state in {"redundant", "negative"}]
    if not found:
        return VERDICTS[f"{which}_well"]
    return VERDICTS[f"{which}_badly"].filled(**tally(known), names=paired(scores, found))


def _redundant(scores: Scores, pairs: Sequence[Pair], kind: Kind) -> AuditTable:
    """Pairs of one area or of two, the closest first."""
    found = sorted((p for p in pairs if p.state == "redundant"), key=lambda p: -p.r)
    known = any(p.state not in UNKNOWN for p in pairs)
    groups = group_of(scores)
    held = [dict.fromkeys((groups[p.first], groups[p.second])) for p in found]
    both = [listed([node_name(scores, group) for group in each]) for each in held]
    some = VERDICTS["redundant_some"].filled(n=len(found), names=paired(scores, found))
    none = VERDICTS["redundant_none"].filled(of=len(scores.measured))
    return AuditTable(
        id="correlations-redundant",
        title=TITLES["correlations-redundant"],
        heads=(*heads_of_pair(), *text("area")),
        rows=tuple((*row_of(scores, p), area) for p, area in zip(found, both, strict=True)),
        notes=notes_of([p.n for p in pairs], kind) if pairs else (NOTES["one_indicator"],),
        verdict=some if found else none if known else VERDICTS["skipped"],
        skipped=not pairs,
    )
