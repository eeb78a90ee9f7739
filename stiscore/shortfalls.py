"""What holds each unit back: the gaps of a table, what stands behind them, what goes with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from stiscore.errors import UsageError
from stiscore.peering import peers_of
from stiscore.report.gaps_build import PeersOf, gaps_report
from stiscore.report.gaps_model import GapsReport
from stiscore.scorecard import Scorecard
from stiscore.words.faults import found, refusal


def gaps(
    card: Scorecard, *units: str, peers: str | Sequence[str] = (), group: str | None = None
) -> GapsReport:
    """The gaps of the named units by severity (0-100), with all that stands behind each.

    Of every indicator behind a gap: its value, the peers' median, its cell, its score and its part
    of the severity, in points that add up to it; beside them what the framework links to the gap.
    Without ``units`` all of them, side by side. ``peers`` and ``group`` say whom a unit is compared
    with (``group``, ``nearest:K``, names, or a peer group): by default all other ranked units. A
    gap without a value has no severity, and what is missing is None.

    Raises UsageError for an unknown unit or group, for a framework without gaps (U160), and as
    ``stiscore.peering.peers_of`` does, also for ``peers`` without a unit (U142).

    >>> import stiscore as sti
    >>> card = sti.evaluate(sti.read(sti.sample("provinces")), draws=0)
    >>> widest = sti.gaps(card, "江苏").units[0].gaps[0]
    >>> widest.told.id, round(widest.told.severity, 1), round(sum(p.lost for p in widest.behind), 1)
    ('factor_flow', 65.9, 65.9)
    """
    framework, evaluated = card.fitted.framework, card.evaluated
    if not framework.gaps:
        raise refusal(UsageError, [found("U160", framework=framework.id)])
    if peers and not units:
        raise refusal(UsageError, [found("U142")])
    report = card.report_of(*units, group=None if units else group)
    compared: PeersOf = partial(peers_of, evaluated, peers=peers, group=group)
    if units:
        # Peers that are not there are refused now, not when somebody prints.
        compared = {row: compared(row) for row in map(card.row, units)}.__getitem__
    return gaps_report(evaluated, report, compared, card.ranges, single=bool(units))
