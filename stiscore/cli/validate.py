"""``stiscore validate``: findings, each with its cell."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import chosen_format, emit, expect_room, leave, speak
from stiscore.errors import DataInvalid, UsageError

if TYPE_CHECKING:
    from stiscore.cli.session import Asked, Opened
    from stiscore.finding import Findings
    from stiscore.words import Lang


class Form(StrEnum):
    """Formats of findings."""

    text = "text"
    concise = "concise"
    json = "json"
    csv = "csv"
    markdown = "markdown"
    github = "github"


def validate(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    method: options.Methods = None,
    units: options.WhichUnits = options.AnyUnits.known,
    form: Annotated[
        Form | None,
        typer.Option(
            "-F",
            "--format",
            help="text, concise, json, csv, markdown or github; default: text, or as -o is named.",
        ),
    ] = None,
    output: options.Output = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="Write a workbook with the cells marked; ends in .xlsx."),
    ] = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    strict: options.Strict = False,
    tolerate: options.Tolerate = False,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Check a table: every finding with its cell, its unit and what to do."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text", path=data)
    _expect_workbook(annotate, data, force=force)
    from stiscore.cli.session import Asked, open_book

    asked = Asked.of(ctx.params)
    opened = open_book(asked)
    from stiscore.report.findings_forms import render

    found = _found(opened, asked, strict=strict, tolerate=tolerate)
    emit(render(found, shown, told, str(data)), output, force=force, inputs=[data])
    if annotate is not None:
        _annotate(opened, data, found, annotate, told, force=force)
    leave(found, strict=strict)


def _found(opened: Opened, asked: Asked, *, strict: bool, tolerate: bool) -> Findings:
    """All findings, be they of a table that could be read or of why it could not."""
    from stiscore import api
    from stiscore.cli.session import read_opened
    from stiscore.finding import Finding, Findings

    try:
        session = read_opened(opened, asked)
        return api.validate(session.data, session.framework, strict=strict, tolerate=tolerate)
    except DataInvalid as fault:
        return Findings(f for f in fault.findings if isinstance(f, Finding))


def _expect_workbook(annotate: Path | None, data: Path, *, force: bool) -> None:
    """Refuse a place for the annotated workbook before the time is spent on it."""
    if annotate is None:
        return
    if annotate.suffix.lower() != ".xlsx":
        from stiscore.words.faults import found, refusal

        raise refusal(UsageError, [found("U130", file=annotate.name)])
    expect_room(annotate, force=force, inputs=[data])


def _annotate(
    opened: Opened, data: Path, found: Findings, target: Path, lang: Lang, *, force: bool
) -> None:
    """Write the annotated workbook, and say on stderr what it is."""
    from stiscore import api
    from stiscore.io.write import write_whole
    from stiscore.report import annotate, findings_text

    whole = opened.book.container == "xlsx" and data.is_file()
    package = data.read_bytes() if whole else None
    made = annotate.annotated(package, api.sheets(opened.book), found, lang)
    write_whole(target, made.data, force=force, inputs=[data])
    typer.echo(f"{target}: {findings_text.sentences(made.notes, lang)}", err=True)
