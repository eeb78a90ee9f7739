"""A unit beside its peers and beside units of similar income and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from stiscore.analysis.evaluated import Evaluated
from stiscore.analysis.named import titles
from stiscore.analysis.peers import Peers, rank_among
from stiscore.analysis.similar import SHARE
from stiscore.finding import Finding
from stiscore.framework.model import Name
from stiscore.methods.base import Array
from stiscore.report.model import PeerPlace, Report, UnitReport
from stiscore.report.phrases import figure, listed, name
from stiscore.words import Lang, Words
from stiscore.words.faults import found
from stiscore.words.peers import PEERS, said
from stiscore.words.units import UNITS

# As many names as a card bears; JSON has them all.
_LISTED = 12


def among_peers(told: UnitReport, evaluated: Evaluated, row: int, peers: Peers) -> UnitReport:
    """The report of a row with its place among its peers, and their median at every node."""
    fitted, gaps = evaluated.scores.fitted, evaluated.gaps
    scores = dict(
        zip(fitted.tree.ids[fitted.tree.leaves :], evaluated.scores.groups.T, strict=True)
    )
    severities = dict(zip(gaps.ids, gaps.severity.T, strict=True))
    units = evaluated.scores.data.units
    place = PeerPlace(
        id=peers.id,
        name=peers.name,
        units=tuple(units[r] for r in peers.rows),
        rank=rank_among(evaluated, row, peers),
        median=peers.median(evaluated.scores.index),
        gap_index=peers.median(gaps.index),
        source=peers.source,
        notes=peers.notes,
    )
    return told._replace(
        peers=place,
        groups=tuple(g._replace(**_medians(peers, scores[g.id])) for g in told.groups),
        gaps=tuple(g._replace(**_medians(peers, severities[g.id])) for g in told.gaps),
    )


def _medians(peers: Peers, values: Array) -> dict[str, Any]:
    return {"peer_median": peers.median(values), "peers_having": peers.having(values)}


def lines(unit: UnitReport, lang: Lang) -> list[str]:
    """What a card says of both, a sentence each; none where nothing is to be said."""
    return [*_peers(unit, lang), *_similar(unit, lang)]


def _peers(unit: UnitReport, lang: Lang) -> Iterator[str]:
    told = unit.peers
    if told is None:
        return
    n = len(told.units)
    key = "rank" if told.id in unit.peer_groups else "rank_with"
    yield said(
        "no_rank" if told.rank is None else key,
        lang,
        rank=told.rank,
        of=n + 1,
        n=n,
        name=told.name,
        median=figure(told.median),
    )
    if 0 < n <= _LISTED:
        yield said("units", lang, units=titles(told.units))
    if told.source is not None:
        yield UNITS["group_source"].say(lang, source=told.source)
    yield from (note.say(lang) for note in told.notes)
    areas = [(g.name, g.peers_having) for g in unit.groups if g.score is not None]
    gaps = [(g.name, g.peers_having) for g in unit.gaps if g.severity is not None]
    yield from fewer([*areas, *gaps], n, lang)


def _similar(unit: UnitReport, lang: Lang) -> Iterator[str]:
    told = unit.similar
    if told is None:
        return
    if told.where is not None:
        span = PEERS["range"].filled(share=SHARE, n=told.others)
        ends = {"low": figure(told.low), "high": figure(told.high)}
        yield said(told.where, lang, score=figure(unit.score), range=span, **ends)
    elif told.reason == "outside":
        yield said("outside", lang, why=told.why)


def unsaid(report: Report) -> Iterator[Finding]:
    """C350: why cards say nothing of units of similar income and size; one a reason."""
    by_reason: dict[Words, list[UnitReport]] = {}
    for unit in report.units:
        told = unit.similar
        if told is not None and told.why is not None and told.reason != "outside":
            by_reason.setdefault(told.why, []).append(unit)
    for why, units in by_reason.items():
        yield found("C350", units=titles(units), why=why)


def fewer(nodes: Iterable[tuple[Name, int]], of: int, lang: Lang) -> Iterator[str]:
    """Which medians rest on fewer than all ``of`` peers, and on how many.

    Nothing on a node that no peer has: its median is missing, not thin.
    """
    thin = [
        said("have", lang, name=name(node, lang, short=True), n=n)
        for node, n in nodes
        if 0 < n < of
    ]
    if thin:
        yield said("few_have", lang, n=of, names=listed(thin, lang, "semicolon"))
