"""``stiscore rules``: the findings there are; one finding's page."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import speak


class Form(StrEnum):
    """Formats of the catalogue."""

    text = "text"
    json = "json"
    markdown = "markdown"


def rules(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(help="A code such as D203; default: all.")] = None,
    form: Annotated[
        Form, typer.Option("-F", "--format", help="text, json or markdown.")
    ] = Form.text,
    lang: options.Language = options.Lang.en,
) -> None:
    """List the codes of all findings, or explain one."""
    told = speak(ctx, lang, form)
    from stiscore.report import findings_text, jsonout, rule_pages
    from stiscore.words.faults import SAYINGS, unknown

    if code is not None and code.upper() not in SAYINGS:
        raise unknown("finding", code, SAYINGS)
    codes = [code.upper()] if code else sorted(SAYINGS)
    if form is Form.json:
        typer.echo(jsonout.dumps([rule_pages.entry(c) for c in codes]), nl=False)
    elif form is Form.markdown:
        typer.echo(rule_pages.page(codes[0]) if code else rule_pages.index(), nl=False)
    elif code:
        typer.echo(findings_text.page(codes[0], told), nl=False)
    else:
        typer.echo(findings_text.catalogue(told), nl=False)
