"""``stiscore robustness``: how far each rank depends on choices, on which, and on which units."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import (
    again,
    chosen_format,
    coloured,
    emit,
    leave,
    notes,
    speak,
    width_of,
)
from stiscore.errors import ExitCode


class Switch(StrEnum):
    """Whether a part is worked out."""

    on = "on"
    off = "off"


def robustness(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    draws: Annotated[
        int, typer.Option("--draws", min=1, max=10_000_000, help="Method variants.")
    ] = 10_000,
    seed: options.Seed = 1,
    sobol: Annotated[
        Switch, typer.Option("--sobol", help="Sobol' indices of every factor.")
    ] = Switch.on,
    tolerance: Annotated[
        float | None,
        typer.Option(
            "--tolerance",
            help="As many more variants as bring the standard error of a share below this (0-1).",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes.")] = 1,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    common: options.Common = False,
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
    """How far each rank depends on choices of method: rank shares, shifts, Sobol' indices."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    from stiscore.cli.progress import bar
    from stiscore.cli.session import Asked, open_session
    from stiscore.words.robustness import ROBUSTNESS

    session = open_session(Asked.of(ctx.params))
    from stiscore import varying
    from stiscore.report.screen import Screen

    with bar(ROBUSTNESS["progress"], told, quiet=quiet) as progress:
        done = varying.robustness(
            session.data,
            session.framework,
            draws=draws,
            seed=seed,
            sobol=sobol is Switch.on,
            tolerance=tolerance,
            jobs=jobs,
            frame=session.frame,
            common=common,
            strict=strict,
            tolerate=tolerate,
            progress=progress,
        )
    screen = Screen(told, width_of(width), color=coloured(color, output))
    inputs = [p for p in (data, framework, frame) if p is not None]
    emit(done.rendered(shown, screen), output, force=force, inputs=inputs)
    notes(done.findings, told, again(ctx.params), quiet=quiet, verbose=verbose)
    if done.robustness is not None and done.robustness.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)
    leave(done.findings, strict=strict)
