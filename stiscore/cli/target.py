"""``stiscore target``: the least change in levers that brings a unit to a goal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver

if TYPE_CHECKING:
    from stiscore.dataset import Dataset
    from stiscore.framework.model import Framework


Rank = Annotated[int | None, typer.Option("--rank", min=1, help="Rank to reach.")]
Score = Annotated[float | None, typer.Option("--score", help="Score to reach.")]
Gap = Annotated[
    str | None, typer.Option("--gap", help="Gap to narrow, by id or name; with --below.")
]
Below = Annotated[
    float | None, typer.Option("--below", help="Severity to come down to, 0-100; with --gap.")
]
Within = Annotated[
    float | None,
    typer.Option("--within", help="Years the pace is taken over; default: the framework's, 5."),
]
Costs = Annotated[
    Path | None,
    typer.Option("--costs", help="CSV of indicator and cost a point: the cheapest change."),
]
Peers = Annotated[
    str | None,
    typer.Option(
        "--peers", help="Whose pace counts in a file of several years: group, nearest:K or A,B."
    ),
]
Group = Annotated[str | None, typer.Option("--group", help="The same: a peer group by id or name.")]


@shared.taking(shared.CARD, shared.FORM, shared.OUTPUT)
def target(
    ctx: typer.Context,
    data: options.Data,
    unit: Annotated[str, typer.Argument(help="Unit: id, English or Chinese name.")],
    rank: Rank = None,
    score: Score = None,
    gap: Gap = None,
    below: Below = None,
    within: Within = None,
    costs: Costs = None,
    peers: Peers = None,
    group: Group = None,
) -> None:
    """The least change in levers that reaches a goal: arithmetic, others stay as they are."""
    shown, told = begun(ctx)
    wanted = labelling.asked(ctx.params["labels"])
    from stiscore.cli.session import Asked, open_session, scored

    # The other years tell the pace, so all are read.
    session = open_session(Asked.of(ctx.params, year=None))
    from stiscore import aiming, api

    of_year = _of_year(session.data, session.framework, ctx.params["year"])
    card = scored(session._replace(data=of_year), ctx.params)
    done = aiming.target(
        card,
        unit,
        rank=rank,
        score=score,
        gap=gap,
        below=below,
        within=within,
        costs=costs,
        panel=session.data if len(api.periods(session.data)) > 1 else None,
        peers=peers or (),
        group=group,
    )
    done = replace(done, report=labelling.applied(done.report, wanted, told, shown))
    deliver(done, ctx.params, shown, told)


def _of_year(data: Dataset, framework: Framework, year: str | None) -> Dataset:
    """The year asked for, filled from the others before they are gone; all without one."""
    if year is None:
        return data
    from stiscore import api
    from stiscore.panels import fill_along_years

    return api.at(fill_along_years(framework, data), year)
