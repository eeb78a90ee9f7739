"""``stiscore trends``: units over the years of one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from stiscore.report.screen import Screen
    from stiscore.yearly import Trends


def trends(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "-u", "--unit", help="Unit: id, English or Chinese name (repeatable); default: all."
        ),
    ] = None,
    node: Annotated[
        str | None,
        typer.Option("--node", help="Area, gap or indicator, by id or name; default: the index."),
    ] = None,
    years: Annotated[
        str, typer.Option("--years", help="FROM:TO, or all: every year there is.")
    ] = "all",
    scale: options.Scale = "pooled",
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
    """Follow units over the years: values, change, growth rate and trend."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    from stiscore.cli.session import Asked, open_session

    session = open_session(Asked.of(ctx.params))
    from stiscore import api
    from stiscore.report.screen import Screen

    followed = api.trends(
        session.data,
        session.framework,
        units=unit or (),
        node=node,
        years=years,
        scale=scale,
        frame=session.frame,
        common=common,
        strict=strict,
        tolerate=tolerate,
    )
    screen = Screen(told, width_of(width), color=coloured(color, output))
    inputs = [p for p in (data, framework, frame) if p is not None]
    emit(_render(followed, shown, screen), output, force=force, inputs=inputs)
    notes(followed.findings, told, again(ctx.params), quiet=quiet, verbose=verbose)
    leave(followed.findings, strict=strict)


def _render(followed: Trends, form: str, screen: Screen) -> str:
    """The product in the form asked for."""
    if form == "json":
        return followed.to_json()
    if form == "csv":
        return followed.to_csv()
    if form == "markdown":
        return followed.to_markdown(screen.lang)
    from stiscore.report import trends_text

    return trends_text.text(followed.report, screen)
