"""``stiscore gaps``: the gaps by severity, what stands behind each, what goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options
from stiscore.cli.output import chosen_format, deliver, speak


def gaps(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "-u", "--unit", help="This unit's gaps and what stands behind them (repeatable)."
        ),
    ] = None,
    units: options.WhichUnits = options.AnyUnits.known,
    peers: Annotated[
        str | None,
        typer.Option(
            "--peers",
            help="Whom -u is compared with: group, nearest:K or names with commas; default: all.",
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            help="Compare -u with this peer group (id or name); without -u show only its units.",
        ),
    ] = None,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    common: options.Common = False,
    draws: options.Draws = None,
    seed: options.Seed = 1,
    labels: options.Labels = "source",
    form: options.Format = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    strict: options.Strict = False,
    tolerate: options.Tolerate = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    width: options.Width = None,
    color: options.Colour = options.Color.auto,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """The gaps by severity, the figures behind each, the measures and barriers that go with it."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    wanted = labelling.asked(labels)
    from stiscore.cli.session import Asked, open_session, scored

    session = open_session(Asked.of(ctx.params))
    from stiscore import shortfalls

    card = scored(session, ctx.params)
    done = shortfalls.gaps(card, *(unit or ()), peers=() if peers is None else peers, group=group)
    done = replace(done, report=labelling.applied(done.report, wanted, told, shown))
    deliver(done, ctx.params, shown, told)
