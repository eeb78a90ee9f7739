"""``stiscore methods``: the methods there are, stage by stage."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import width_of


class Form(StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"


def methods(
    form: Annotated[Form, typer.Option("-F", "--format", help="text or json.")] = Form.text,
    width: options.Width = None,
) -> None:
    """List methods, stage by stage, with what they do and their parameters."""
    from stiscore.framework.method import catalogue
    from stiscore.report import jsonout

    entries = catalogue()
    if form is Form.json:
        typer.echo(jsonout.dumps(entries), nl=False)
        return
    from stiscore.report.method_pages import listing

    typer.echo(listing(width_of(width)), nl=False)
