"""``stiscore explain``: from a unit's score down to the cells."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options, shared
from stiscore.cli.output import begun, leave, said, width_of, write


class Form(StrEnum):
    """Formats of an explanation."""

    text = "text"
    json = "json"
    markdown = "markdown"


@shared.taking(
    shared.READING, shared.YEAR, shared.METHOD, shared.VARIANTS, shared.LABELS, shared.OUTPUT
)
def explain(
    ctx: typer.Context,
    data: options.Data,
    unit: Annotated[str, typer.Argument(help="Unit: id, English or Chinese name.")],
    node: Annotated[
        str | None, typer.Argument(help="Area, gap or indicator, by id or name; default: all.")
    ] = None,
    peers: Annotated[
        str | None,
        typer.Option(
            "--peers", help="Peer medians beside the figures: group, nearest:K or units as A,B,C."
        ),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Peers are the units of this group.")
    ] = None,
    form: Annotated[
        Form | None, typer.Option("-F", "--format", help="text, json or markdown.")
    ] = None,
) -> None:
    """Explain a unit's score: weights, points, formula with the figures put in, cells."""
    shown, told = begun(ctx)
    wanted = labelling.asked(ctx.params["labels"])
    from stiscore.cli.session import Asked, open_session, scored

    session = open_session(Asked.of(ctx.params))
    from stiscore.report import explain_text

    card = scored(session, ctx.params)
    # In a whole tree only programs are told what every indicator would take.
    steps = node is not None or shown == "json"
    report = labelling.applied(card.report_of(unit), wanted, told, shown)
    found = card.explanation(unit, node, peers=peers or (), group=group, steps=steps)
    found = labelling.explained(found, wanted, told, shown)
    text = explain_text.render(found, report, shown, told, width_of(ctx.params["width"]))
    write(text, ctx.params)
    said(card.findings, ctx.params, told)
    leave(card.findings)
