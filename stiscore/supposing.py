"""What a unit would score if some of its figures were others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from stiscore.analysis.outcome import Outcome, outcome
from stiscore.analysis.supposed import Change
from stiscore.errors import Location, UsageError
from stiscore.finding import Finding
from stiscore.framework.figures import figure
from stiscore.framework.find import called
from stiscore.io.measurement import stated
from stiscore.io.scenarios import Scenario, as_change, given
from stiscore.report.whatif_model import WhatIfReport
from stiscore.scorecard import Scorecard
from stiscore.words.faults import found, refusal
from stiscore.words.faults.scenario import SCENARIOS, TWICE

if TYPE_CHECKING:
    from stiscore.framework.figures import Figure

Changes = Mapping[str, "str | float"]


def whatif(
    card: Scorecard,
    unit: str | None,
    changes: Changes | Mapping[str, Changes] | Sequence[Scenario],
) -> WhatIfReport:
    """What a unit would score and rank if some of its figures were others.

    ``changes``: by id, name or alias of an indicator or a raw quantity what it is to be: a number
    in the column's own measurement, or a text as on the command line (``"x2"``, ``"+10%"``,
    ``"-3"``, ``"2亿元"``; ``"=-3"`` is the value -3). Several scenarios: such mappings by name, or
    ``Scenario`` objects. A quantity takes the total it is part of along, and every indicator
    computed from them. The other units, the scale, fillings and weights stay as they are on
    ``card``: arithmetic, not causal advice. Scores are 0-100; what is missing is None.

    Raises UsageError for unknown names (U101) and forms (U103), and for what cannot be supposed
    (U170 to U178); ComputationFailed where no mean takes a score.

    >>> import stiscore as sti
    >>> card = sti.evaluate(sti.read(sti.sample("provinces")), draws=0)
    >>> told = sti.whatif(card, "北京", {"rd_expenditure_abroad": "x2"})
    >>> share = next(f for f in told.outcomes[0].figures if f.id == "gerd_abroad_share")
    >>> round(share.before, 4), round(share.after, 4)
    (0.5153, 1.0253)
    """
    told = tuple(_outcome(card, unit, each) for each in _scenarios(changes))
    if not told:
        raise refusal(UsageError, [found("U178", what=SCENARIOS["empty"])])
    return WhatIfReport(
        report=card.report_of(indicators=False),
        outcomes=told,
        ranges=_ranges(card, told),
        ids=tuple(u.id for u in card.evaluated.scores.data.units),
        ends=card.fitted.ends,
        learned=card.fitted.framework.method.normalise.from_sample,
    )


def _scenarios(
    changes: Changes | Mapping[str, Changes] | Sequence[Scenario],
) -> tuple[Scenario, ...]:
    """What was asked for, as scenarios."""
    if not isinstance(changes, Mapping):
        return tuple(changes)
    if not any(isinstance(each, Mapping) for each in changes.values()):
        alone = {f: c for f, c in changes.items() if not isinstance(c, Mapping)}
        return (Scenario(None, None, given(alone)),) if alone else ()
    return tuple(
        Scenario(name, None, given(each if isinstance(each, Mapping) else {name: each}))
        for name, each in changes.items()
    )


def _outcome(card: Scorecard, unit: str | None, scenario: Scenario) -> Outcome:
    places: dict[str, Location | None] = {}
    try:
        wanted = scenario.unit or unit
        if wanted is None:
            what = SCENARIOS["no_unit"].filled(scenario=scenario.name or "-")
            raise refusal(UsageError, [found("U178", what=what)])
        changes = _changes(card, scenario, places)
        row = card.row(wanted)
        return outcome(card.evaluated, row, changes, scenario=scenario.name, common=card.common)
    except UsageError as fault:
        first = scenario.changes[0].where if scenario.changes else None
        raise refusal(UsageError, _placed(fault, places, first)) from fault


def _placed(
    fault: UsageError, places: Mapping[str, Location | None], first: Location | None
) -> list[Finding]:
    """The findings of an error, each in the row of the file of scenarios that it is about."""
    told = [finding for finding in fault.findings if isinstance(finding, Finding)]
    return [
        finding
        if finding.location
        else replace(finding, location=places.get(str(finding.fields.get("node")), first))
        for finding in told
    ]


def _changes(
    card: Scorecard, scenario: Scenario, places: dict[str, Location | None]
) -> dict[str, Change]:
    """Every change by the id of its figure, in the figure's own measurement; notes its place."""
    told: dict[str, Change] = {}
    for asked in scenario.changes:
        # Until its id is known, a fault is in this row.
        places["None"] = asked.where
        node = _figure(card, asked.figure)
        name = called(card.fitted.framework, node.id)
        if node.id in told:
            fault = found("U177", asked.where, called=name, how=TWICE["itself"])
            raise refusal(UsageError, [fault])
        places[node.id] = asked.where
        told[node.id] = as_change(asked, node.measured_in, name, asked.figure)
    if not told:
        raise refusal(UsageError, [found("U178", what=SCENARIOS["empty"])])
    return told


def _figure(card: Scorecard, text: str) -> Figure:
    columns = card.evaluated.scores.data.columns
    heads = {c.id: stated(c.header)[0] for c in columns if not c.derived_from}
    return figure(card.fitted.framework, card.fitted.level, text, heads)


def _ranges(card: Scorecard, told: Sequence[Outcome]) -> dict[int, tuple[int, int]]:
    """The ranges of the ranks before, by row; none without variants or a rank."""
    if card.ranges is None:
        return {}
    ranks = card.ranges.root.ranks
    rows = {each.row for each in told}
    return {r: (int(ranks[r, 0]), int(ranks[r, 1])) for r in rows if ranks[r, 0] > 0}
