"""``stiscore schema``: the JSON Schemas of what the program writes."""

from __future__ import annotations

from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import emit, speak, width_of


def schema(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(help="A name such as scorecard or scorecard/1; default: list all."),
    ] = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    width: options.Width = None,
) -> None:
    """List the published schemas, or print one as JSON Schema."""
    told = speak(ctx, lang)
    from stiscore.report import jsonout, published

    if name is None:
        from stiscore.report.schema_list import listing
        from stiscore.report.screen import Screen

        emit(listing(Screen(told, width_of(width))), output, force=force)
        return
    identity = published.named(name)
    if identity is None:
        from stiscore.words.faults import unknown

        raise unknown("schema", name, published.names())
    emit(jsonout.dumps(published.schema(identity)), output, force=force)
