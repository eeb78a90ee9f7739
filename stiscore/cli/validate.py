"""``stiscore validate``: findings, each with its cell."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import chosen_format, doubtful, emit, speak
from stiscore.errors import ExitCode


class Form(StrEnum):
    """Formats of findings."""

    text = "text"
    json = "json"


def validate(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    year: options.Year = None,
    units: options.WhichUnits = options.AnyUnits.known,
    form: Annotated[Form | None, typer.Option("-F", "--format", help="text or json.")] = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    strict: options.Strict = False,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Check a table: every finding with its cell, its unit and what to do."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    from stiscore import api
    from stiscore.cli.session import Asked, open_session
    from stiscore.report import findings_text, jsonout

    any_units = units is options.AnyUnits.any
    asked = Asked(data, framework, level, sheet, year, any_units, allow_large=allow_large)
    session = open_session(asked)
    found = api.validate(session.data, session.framework, strict=strict)
    text = jsonout.findings(found) if shown == "json" else findings_text.full(found, told)
    emit(text, output, force=force, inputs=[data])
    if found.errors or (strict and doubtful(found)):
        raise typer.Exit(ExitCode.FINDINGS)
