"""``stiscore explain``: from a unit's score down to the cells."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options
from stiscore.cli.output import (
    again,
    chosen_format,
    emit,
    inputs_of,
    leave,
    notes,
    speak,
    width_of,
)


class Form(StrEnum):
    """Formats of an explanation."""

    text = "text"
    json = "json"
    markdown = "markdown"


def explain(
    ctx: typer.Context,
    data: options.Data,
    unit: Annotated[str, typer.Argument(help="Unit: id, English or Chinese name.")],
    node: Annotated[
        str | None, typer.Argument(help="Area, gap or indicator, by id or name; default: all.")
    ] = None,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    draws: options.Draws = None,
    seed: options.Seed = 1,
    peers: Annotated[
        str | None,
        typer.Option(
            "--peers", help="Peer medians beside the figures: group, nearest:K or units as A,B,C."
        ),
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Peers are the units of this group.")
    ] = None,
    labels: options.Labels = "source",
    form: Annotated[
        Form | None, typer.Option("-F", "--format", help="text, json or markdown.")
    ] = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    tolerate: options.Tolerate = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    width: options.Width = None,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Explain a unit's score: weights, points, formula with the figures put in, cells."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    wanted = labelling.asked(labels)
    from stiscore.cli.session import Asked, open_session, scored

    session = open_session(Asked.of(ctx.params))
    from stiscore.report import explain_text

    card = scored(session, ctx.params)
    # In a whole tree only programs are told what every indicator would take.
    steps = node is not None or shown == "json"
    report = labelling.applied(card.report_of(unit), wanted, told, shown)
    found = card.explanation(unit, node, peers=peers or (), group=group, steps=steps)
    found = labelling.explained(found, wanted, told, shown)
    text = explain_text.render(found, report, shown, told, width_of(width))
    emit(text, output, force=force, inputs=inputs_of(ctx.params))
    notes(card.findings, told, again(ctx.params), quiet=quiet, verbose=verbose)
    leave(card.findings)
