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


def rules(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(help="A code such as D203; default: all.")] = None,
    form: Annotated[Form, typer.Option("-F", "--format", help="text or json.")] = Form.text,
    lang: options.Language = options.Lang.en,
) -> None:
    """List the codes of all findings, or explain one."""
    told = speak(ctx, lang, form)
    from stiscore.report import findings_text, jsonout
    from stiscore.words.faults import SAYINGS, unknown

    if code is not None and code.upper() not in SAYINGS:
        raise unknown("finding", code, SAYINGS)
    codes = [code.upper()] if code else sorted(SAYINGS)
    if form is Form.json:
        entries = [
            {
                "code": c,
                "severity": str(s.severity),
                "title": s.title._asdict(),
                "message": s.message._asdict(),
                "help": s.remedy._asdict(),
            }
            for c, s in ((c, SAYINGS[c]) for c in codes)
        ]
        typer.echo(jsonout.dumps(entries), nl=False)
    elif code:
        typer.echo(findings_text.page(codes[0], told), nl=False)
    else:
        typer.echo(findings_text.catalogue(told), nl=False)
