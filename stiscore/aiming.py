"""The least change in levers that brings a unit to a goal: the question and its terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from stiscore.analysis.peers import Peers
from stiscore.analysis.targets.aim import Terms, aim
from stiscore.analysis.targets.goal import Goal
from stiscore.analysis.targets.pace import Pace, observed
from stiscore.dataset import Dataset, Unit
from stiscore.errors import UsageError
from stiscore.finding import Finding
from stiscore.framework.find import id_of
from stiscore.io.lever_costs import lever_costs
from stiscore.peering import peers_of
from stiscore.report.target_model import TargetReport
from stiscore.scorecard import Scorecard
from stiscore.words.faults import found, refusal, unknown
from stiscore.words.target import FORMS

Costs = Mapping[str, float] | str | Path


def target(
    card: Scorecard,
    unit: str,
    *,
    rank: int | None = None,
    score: float | None = None,
    gap: str | None = None,
    below: float | None = None,
    within: float | None = None,
    costs: Costs | None = None,
    panel: Dataset | None = None,
    peers: str | Sequence[str] = (),
    group: str | None = None,
) -> TargetReport:
    """The least change in one unit's levers that reaches a goal, all else held fixed.

    One goal: a ``rank`` (1 is the first), a ``score`` on the scale of the index, or a ``gap`` (id
    or name) at a severity of ``below`` (0-100) or less. Levers are core indicators that policy can
    move and of which the unit has a value that was read; each stops at the upper goalpost, at the
    plausible range and bounds of its level, and at its pace over ``within`` years (None: as the
    framework says). The pace is the best yearly rise among ``peers`` or ``group`` (see
    ``peering.peers_of``) and the unit itself in a ``panel`` of several years; without one a
    declared share of the scale. Least is the sum of squares of points moved, or with ``costs`` (by
    indicator id, or a CSV of indicator and cost a point; above 0) the whole cost; levers without a
    cost are then left out.

    A goal out of reach is a result (``reached`` False): every lever is at its bound. Raises
    UsageError where a goal is missing, met or impossible (U103, U180 to U182), where the method
    allows no target (U183 to U187) or the unit has no lever (U188), InputRefused for costs (U189).

    >>> import stiscore as sti
    >>> card = sti.evaluate(sti.read(sti.sample("provinces")), draws=0)
    >>> told = sti.target(card, "江苏", rank=7)
    >>> told.reached, [change.lever.indicator.id for change in told.aim.changes][:1]
    (True, ['tech_market_exchange_gdp'])
    """
    _expect(card, rank, score, below, within)
    goal = _goal(card, rank, score, gap, below)
    row = card.row(unit)
    around = peers_of(card.evaluated, row, peers, group)
    framework, level = card.fitted.framework, card.fitted.level
    if isinstance(costs, (str, Path)):
        costs = lever_costs(Path(costs), framework, level)
    terms = Terms(
        years=framework.method.targets.years if within is None else within,
        paces=_paces(card, row, around, panel),
        costs=costs,
        framed=card.framed,
        common=card.common,
    )
    told = aim(card.evaluated, row, goal, terms)
    rival = None if told.sought.rival is None else _units(card)[told.sought.rival]
    report = card.report_of(unit)
    pace = framework.method.targets.pace
    return TargetReport(report, told, goal, around.name, rival, pace, card.fitted.ends)


def _units(card: Scorecard) -> tuple[Unit, ...]:
    return card.evaluated.scores.data.units


def _goal(
    card: Scorecard,
    rank: int | None,
    score: float | None,
    gap: str | None,
    below: float | None,
) -> Goal:
    """The one goal asked for."""
    asked = [rank is not None, score is not None, gap is not None or below is not None]
    if sum(asked) != 1 or (gap is None) != (below is None):
        raise refusal(UsageError, [found("U180")])
    if rank is not None:
        return Goal("rank", rank)
    if score is not None:
        return Goal("score", score)
    framework = card.fitted.framework
    node, known = id_of(framework, str(gap)), [each.id for each in framework.gaps]
    if node not in known:
        raise unknown("gap", str(gap), known)
    return Goal("gap", float(below or 0.0), node)


def _expect(
    card: Scorecard,
    rank: int | None,
    score: float | None,
    below: float | None,
    within: float | None,
) -> None:
    """Refuse figures that cannot be."""
    high = card.fitted.ends[1]
    fits = {
        "rank": (rank is None or rank >= 1, rank),
        "score": (score is None or score <= high, score),
        "below": (below is None or 0 <= below < 100, below),
        "within": (within is None or 0 < within <= 100, within),
    }
    wrong: list[Finding] = [
        found("U103", option=f"--{name}", form=FORMS[name].filled(high=high), given=str(given))
        for name, (fit, given) in fits.items()
        if not fit
    ]
    if wrong:
        raise refusal(UsageError, wrong)


def _paces(card: Scorecard, row: int, around: Peers, panel: Dataset | None) -> Mapping[str, Pace]:
    """Observed paces; none without a panel."""
    if panel is None:
        return {}
    units = {_units(card)[at].id for at in (*around.rows, row)}
    until = card.evaluated.scores.data.periods[row]
    return observed(panel, card.fitted, units, until)
