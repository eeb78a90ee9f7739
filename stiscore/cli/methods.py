"""``stiscore methods``: the methods there are, stage by stage."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Form(StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"


def methods(
    form: Annotated[Form, typer.Option("-F", "--format", help="text or json.")] = Form.text,
) -> None:
    """List methods with their parameters and references."""
    from stiscore.framework.method import catalogue
    from stiscore.report import jsonout

    entries = catalogue()
    if form is Form.json:
        typer.echo(jsonout.dumps(entries), nl=False)
        return
    for entry in entries:
        shown = ", ".join(f"{k}={v}" for k, v in entry["parameters"].items())
        typer.echo(
            f"{entry['stage']:10} {entry['id']:12} {entry['summary']}"
            + (f" [{shown}]" if shown else "")
        )
