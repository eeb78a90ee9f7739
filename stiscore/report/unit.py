"""One unit's part of the Report: from the composite down to the cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.gaps import adjusted
from stiscore.analysis.uncertainty.ranges import NodeRange, Ranges
from stiscore.dataset import Flag
from stiscore.framework.method import Band
from stiscore.framework.model import Indicator
from stiscore.report.model import GapScore, GroupScore, IndicatorScore, Ranks, Span, UnitReport
from stiscore.report.peers import Standings
from stiscore.scores import Scores, number

NodeRanges = Mapping[str, NodeRange]


def band(
    bands: tuple[Band, ...], value: float | None, evaluated: Evaluated, span: Span = None
) -> str | None:
    """The band a figure and its whole ``span`` fall in, None where they fall in several.

    None under partial coverage, too, and on a scale other than 0-100.
    """
    if value is None or evaluated.partial or evaluated.scores.fitted.ends != (0.0, 100.0):
        return None
    falling = sorted(bands, key=lambda b: -b.min)
    held = {next((b.id for b in falling if v >= b.min), None) for v in (value, *(span or ()))}
    return held.pop() if len(held) == 1 else None


class _Ends(NamedTuple):
    """Ranges of one node for one row; None without variants."""

    ranks: Ranks = None
    scores: Span = None


def _ends(held: NodeRange | None, row: int) -> _Ends:
    if held is None:
        return _Ends()
    (low, high), span = held.ranks[row].tolist(), held.scores[row]
    spanned = None if np.isnan(span).any() else (float(span[0]), float(span[1]))
    return _Ends((low, high) if low else None, spanned)


def unit_report(
    evaluated: Evaluated,
    row: int,
    standings: Standings,
    *,
    indicators: bool = True,
    ranges: Ranges | None = None,
) -> UnitReport:
    """All there is to say of one row: its place, then dimension by dimension."""
    scores, fitted = evaluated.scores, evaluated.scores.fitted
    unit, tree = scores.data.units[row], fitted.tree
    root = len(tree.groups) - 1
    penalised = adjusted(scores, evaluated.gaps)
    score, ranked = number(scores.index[row]), bool(evaluated.ranked[row])
    profile = evaluated.profiles[row]
    ends = _ends(ranges.root if ranges else None, row)
    # A ranked table shows no ranges of areas and gaps, and they cost as much as all the rest.
    below = ranges.nodes if ranges and indicators else {}
    bands = fitted.framework.bands.scores
    return UnitReport(
        id=unit.id,
        label=unit.label,
        name_en=unit.name_en,
        name_zh=unit.name_zh,
        peer_groups=tuple(standings[unit.id]),
        period=scores.data.periods[row],
        score=score,
        rank=int(evaluated.group_ranks[row, root]) or None,
        ranked=ranked,
        coverage=float(scores.coverage[row, -1]),
        adjusted=None if penalised is None else number(penalised[row]),
        gap_index=number(evaluated.gaps.index[row]),
        band=band(bands, score if ranked else None, evaluated, ends.scores),
        groups=tuple(_group(evaluated, row, g, below) for g in tree.groups if fitted.measures(g)),
        gaps=tuple(_gap(evaluated, row, g, below) for g in range(len(evaluated.gaps.ids))),
        indicators=(*_scored(evaluated, row), *_context(scores, row)) if indicators else (),
        strengths=tuple(tree.ids[i] for i in profile.strengths),
        weaknesses=tuple(tree.ids[i] for i in profile.weaknesses),
        judged=profile.judged,
        rank_in_group=standings[unit.id],
        rank_range=ends.ranks,
        score_range=ends.scores,
        tier=int(ranges.tiers[row]) or None if ranges else None,
        outside=bool(ranges.outside[row]) if ranges and ends.ranks else None,
    )


def _group(evaluated: Evaluated, row: int, place: int, ranges: NodeRanges) -> GroupScore:
    scores, fitted = evaluated.scores, evaluated.scores.fitted
    tree, column = fitted.tree, place - fitted.tree.leaves
    node = next(g for g in fitted.framework.groups if g.id == tree.ids[place])
    present = [i for i in tree.leaves_under(place) if not np.isnan(scores.normalised[row, i])]
    score = number(scores.groups[row, column])
    flags = []
    if len(present) == 1 and score is not None:
        flags.append("low_confidence")
    if present and all(fitted.leaves[i].role == "proxy" for i in present):
        flags.append("proxy_only")
    if scores.floored[row, place]:
        flags.append("floored")
    if any(scores.imputed[row, i] for i in tree.leaves_under(place)):
        flags.append("imputed")
    if score is None:
        flags.append("excluded" if scores.excluded[row] else "below_coverage")
    if _set_aside(scores, row, place):
        flags.append("tolerated")
    ends = _ends(ranges.get(node.id), row)
    return GroupScore(
        id=node.id,
        parent=fitted.framework.parents.get(node.id),
        name=node.name,
        score=score,
        rank=int(evaluated.group_ranks[row, column]) or None,
        weight=fitted.weights.local[place],
        effective=fitted.weights.effective[place],
        points=None if score is None else float(scores.points[row, place]),
        coverage=float(scores.coverage[row, column]),
        flags=tuple(flags),
        rank_range=ends.ranks,
        score_range=ends.scores,
    )


def _set_aside(scores: Scores, row: int, place: int) -> bool:
    """Whether a value under a group was set aside for this row (--tolerate)."""
    marked = np.flatnonzero(scores.data.flags[row] & np.uint16(Flag.TOLERATED))
    if not marked.size:
        return False
    held = {scores.data.columns[column].id for column in marked.tolist()}
    return any(scores.fitted.leaves[i].id in held for i in scores.fitted.tree.leaves_under(place))


def _gap(evaluated: Evaluated, row: int, place: int, ranges: NodeRanges) -> GapScore:
    fitted, gaps = evaluated.scores.fitted, evaluated.gaps
    gap = fitted.framework.gaps[place]
    severity = number(gaps.severity[row, place])
    ranked, ends = bool(evaluated.ranked[row]), _ends(ranges.get(gap.id), row)
    bands = fitted.framework.bands.severities
    return GapScore(
        id=gap.id,
        name=gap.level_names.get(fitted.level, gap.name),
        severity=severity,
        rank=int(gaps.ranks[row, place]) or None,
        band=band(bands, severity if ranked else None, evaluated, ends.scores),
        measured=int(gaps.behind[row, place]),
        of=gaps.tagged[place],
        indicators=tuple(fitted.tree.ids[i] for i in gaps.leaves[place]),
        rank_range=ends.ranks,
        severity_range=ends.scores,
    )


def _scored(evaluated: Evaluated, row: int) -> list[IndicatorScore]:
    scores, fitted = evaluated.scores, evaluated.scores.fitted
    told = []
    for place, leaf in enumerate(fitted.leaves):
        if not fitted.measures(place):
            continue
        read = _as_read(scores, row, leaf)
        told.append(
            read._replace(
                normalised=number(scores.normalised[row, place]),
                rank=int(evaluated.leaf_ranks[row, place]) or None,
                weight=fitted.weights.local[place],
                effective=fitted.weights.effective[place],
                treated=number(scores.treated[row, place]),
                points=None
                if np.isnan(scores.normalised[row, place])
                else float(scores.points[row, place]),
                flags=(*read.flags, *_done_to(scores, row, place)),
            )
        )
    return told


def _done_to(scores: Scores, row: int, place: int) -> Iterator[str]:
    """What was done to a value on its way to the score."""
    if scores.imputed[row, place]:
        yield "imputed"
    before, after = scores.filled[row, place], scores.treated[row, place]
    if before != after and not np.isnan(after):
        yield "treated"
    if scores.floored[row, place]:
        yield "floored"


def _context(scores: Scores, row: int) -> list[IndicatorScore]:
    held = set(scores.data.ids)
    leaves = scores.fitted.framework.at_level(scores.fitted.level)
    return [_as_read(scores, row, i) for i in leaves if i.role == "context" and i.id in held]


def _as_read(scores: Scores, row: int, leaf: Indicator) -> IndicatorScore:
    """An indicator as the file has it, before any scoring."""
    data = scores.data
    place = data.position(leaf.id)
    value = None if place is None else number(data.values[row, place])
    return IndicatorScore(
        id=leaf.id,
        group=scores.fitted.framework.parents[leaf.id],
        name=leaf.name,
        role=leaf.role,
        measured_in=leaf.measured_in,
        raw=value,
        treated=value,
        normalised=None,
        rank=None,
        weight=0.0,
        effective=0.0,
        points=None,
        cells=() if place is None else data.locations(row, place),
        period=data.periods[row],
        flags=_flags(scores, row, leaf),
    )


@lru_cache(maxsize=1024)
def flag_names(held: int) -> tuple[str, ...]:
    """A cell's flags by name, as JSON and CSV have them.

    >>> flag_names(Flag.BLANK | Flag.DERIVED)
    ('blank', 'derived')
    """
    return tuple(flag.name.lower() for flag in Flag if flag & held and flag.name)


def _flags(scores: Scores, row: int, leaf: Indicator) -> tuple[str, ...]:
    place = scores.data.position(leaf.id)
    told = list(flag_names(int(scores.data.flags[row, place]))) if place is not None else []
    if place is not None and np.isnan(scores.data.values[row, place]):
        told.insert(0, "missing")
    if leaf.role != "core":
        told.append(leaf.role)
    return tuple(told)
