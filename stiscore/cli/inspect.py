"""``stiscore inspect``: what the reader sees in a file, and why it reads it so."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import emit, speak, width_of


class Form(StrEnum):
    """Formats of an inspection."""

    text = "text"
    json = "json"


def inspect(
    ctx: typer.Context,
    data: options.Data,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    grid: Annotated[bool, typer.Option("--grid", help="Print the raw grid as CSV.")] = False,
    form: Annotated[Form, typer.Option("-F", "--format", help="text or json.")] = Form.text,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    width: options.Width = None,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Show how a file would be read: sheets, header, columns, units; nothing is scored."""
    told = speak(ctx, lang, form)
    from stiscore.io.parse import start

    with start(data, allow_large=allow_large) as pending:
        from stiscore.io.framework_yaml import load_framework
        from stiscore.io.inspection import grid_rows, inspect_book
        from stiscore.io.parse import finish
        from stiscore.report import csvout, inspect_json, inspect_text
        from stiscore.report.screen import Screen

        loaded = load_framework(framework)
        book = finish(pending)
    if grid:
        text = csvout.raw_grid(grid_rows(book, sheet))
    else:
        seen = inspect_book(
            book, loaded, level=level, sheet=sheet, layout=layout, indicator=indicator
        )
        screen = Screen(told, width_of(width))
        text = inspect_json.as_json(seen) if form is Form.json else inspect_text.shown(seen, screen)
    emit(text, output, force=force, inputs=[data])
