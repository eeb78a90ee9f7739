"""``stiscore audit``: does the index say what its parts say, one table a question."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import chosen_format, deliver, speak
from stiscore.errors import UsageError


class Form(StrEnum):
    """Formats of an audit."""

    text = "text"
    json = "json"
    markdown = "markdown"


class Kind(StrEnum):
    """Kinds of correlation."""

    pearson = "pearson"
    spearman = "spearman"
    kendall = "kendall"


def audit(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Compare with another index: a table of units and figures."),
    ] = None,
    correlation: Annotated[
        Kind, typer.Option("--correlation", help="Kind of correlation in the tables.")
    ] = Kind.pearson,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    common: options.Common = False,
    form: Annotated[
        Form | None,
        typer.Option(
            "-F", "--format", help="text, json or markdown; default: text, or as -o is named."
        ),
    ] = None,
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
    """Audit an index: data, correlations, reliability, weights, and what its ranks hang on."""
    shown = _form(form, output)
    told = speak(ctx, lang, form or "text")
    from stiscore.cli.session import Asked, open_session

    session = open_session(Asked.of(ctx.params))
    from stiscore import api

    done = api.audit(
        session.data,
        session.framework,
        against=against,
        correlation=correlation.value,
        frame=session.frame,
        common=common,
        strict=strict,
        tolerate=tolerate,
    )
    deliver(done, ctx.params, shown, told)


def _form(form: Form | None, output: Path | None) -> str:
    """The format asked for, or as the output is named; tables of different columns are no CSV."""
    shown = chosen_format(form, output)
    if shown == "csv" and output is not None:
        from stiscore.words.audit import FORMS
        from stiscore.words.faults import found, refusal

        told = found("U103", option="-o", form=FORMS["outputs"], given=output.name)
        raise refusal(UsageError, [told])
    return shown
