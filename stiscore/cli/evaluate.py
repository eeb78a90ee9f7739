"""``stiscore evaluate``: what is measured, ranks, areas, gaps; one unit's card with -u."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options
from stiscore.cli.output import (
    again,
    chosen_format,
    coloured,
    emit,
    expect_room,
    leave,
    notes,
    speak,
    width_of,
)
from stiscore.errors import ExitCode

if TYPE_CHECKING:
    from stiscore.api import Scorecard
    from stiscore.report.model import Report
    from stiscore.report.screen import Screen


def evaluate(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    unit: options.Units = None,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    save_frame: Annotated[
        Path | None, typer.Option("--save-frame", help="Save the fitted scale as JSON.")
    ] = None,
    common: options.Common = False,
    group: options.Group = None,
    peers: options.Peers = None,
    reference: options.References = None,
    draws: options.Draws = None,
    seed: options.Seed = 1,
    labels: options.Labels = "source",
    form: options.Format = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    strict: options.Strict = False,
    tolerate: options.Tolerate = False,
    fail_under: Annotated[
        float | None, typer.Option("--fail-under", help="Exit 1 when a shown score is lower.")
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    width: options.Width = None,
    ascii_only: options.Ascii = False,
    color: options.Colour = options.Color.auto,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Score a table: composite, areas, gaps and ranks."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    wanted = labelling.asked(labels)
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
    inputs = [p for p in (data, framework, frame) if p is not None]
    screen = Screen(told, width_of(width), color=coloured(color, output), ascii_only=ascii_only)
    text = _render(report, shown, screen, one=bool(unit))
    if save_frame is not None:
        expect_room(output, force=force, inputs=inputs)
        api.save_frame(card.fitted, save_frame, force=force, inputs=tuple(inputs))
    emit(text, output, force=force, inputs=inputs)
    said = Findings((*card.findings, *unsaid(report)))
    notes(said, told, again(ctx.params), quiet=quiet, verbose=verbose)
    _leave(card, report, strict=strict, fail_under=fail_under)


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
