"""``stiscore evaluate``: what is measured, ranks, areas, gaps; one unit's card with -u."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options, shared
from stiscore.cli.output import (
    begun,
    coloured,
    expect_room,
    inputs_of,
    leave,
    output_of,
    said,
    width_of,
    write,
)
from stiscore.errors import ExitCode

if TYPE_CHECKING:
    from stiscore.api import Scorecard
    from stiscore.report.model import Report
    from stiscore.report.screen import Screen


@shared.taking(shared.CARD, shared.OUTPUT)
def evaluate(
    ctx: typer.Context,
    data: options.Data,
    unit: options.Units = None,
    save_frame: Annotated[
        Path | None, typer.Option("--save-frame", help="Save the fitted scale as JSON.")
    ] = None,
    group: options.Group = None,
    peers: options.Peers = None,
    reference: options.References = None,
    form: options.Format = None,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", help="Exit 1 when a shown score is lower.")
    ] = None,
    ascii_only: options.Ascii = False,
    color: options.Colour = options.Color.auto,
) -> None:
    """Score a table: composite, areas, gaps and ranks."""
    shown, told = begun(ctx)
    wanted = labelling.asked(ctx.params["labels"])
    from stiscore.cli.session import Asked, open_session, scored

    session = open_session(Asked.of(ctx.params))
    # Only now: the session starts the parser before anything heavy is imported.
    from stiscore import api
    from stiscore.finding import Findings
    from stiscore.report.beside import unsaid
    from stiscore.report.screen import Screen

    card = scored(session, ctx.params)
    ranking_only = not unit and shown in ("text", "markdown")
    report = card.report_of(
        *(unit or ()),
        indicators=not ranking_only,
        group=group,
        references=reference or (),
        peers=() if peers is None else peers,
    )
    report = labelling.applied(report, wanted, told, shown)
    output, force = output_of(ctx.params), ctx.params["force"]
    width = width_of(ctx.params["width"])
    screen = Screen(told, width, color=coloured(color, output), ascii_only=ascii_only)
    text = _render(report, shown, screen, one=bool(unit))
    if save_frame is not None:
        inputs = inputs_of(ctx.params)
        expect_room(output, force=force, inputs=inputs)
        api.save_frame(card.fitted, save_frame, force=force, inputs=tuple(inputs))
    write(text, ctx.params)
    said(Findings((*card.findings, *unsaid(report))), ctx.params, told)
    _leave(card, report, strict=ctx.params["strict"], fail_under=fail_under)


def _render(report: Report, form: str, screen: Screen, *, one: bool) -> str:
    """The product in the form asked for; ``one``: the cards of single units."""
    if form == "json":
        from stiscore.report import jsonout

        return jsonout.scorecard(report)
    if form == "csv":
        from stiscore.report import csvout

        return csvout.tidy(report)
    if form == "markdown":
        from stiscore.report import markdown

        lang = screen.lang
        return markdown.cards(report, lang) if one else markdown.ranking(report, lang)
    from stiscore.report import terminal

    return terminal.cards(report, screen) if one else terminal.ranking(report, screen)


def _leave(card: Scorecard, report: Report, *, strict: bool, fail_under: float | None) -> None:
    leave(card.findings, strict=strict)
    if fail_under is not None and any(
        u.score is None or u.score < fail_under for u in report.units
    ):
        raise typer.Exit(ExitCode.FINDINGS)
