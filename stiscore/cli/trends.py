"""``stiscore trends``: units over the years of one table."""

from __future__ import annotations

from typing import Annotated

import typer

from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver


@shared.taking(shared.READING, shared.METHOD, shared.RULES, shared.FORM, shared.OUTPUT)
def trends(
    ctx: typer.Context,
    data: options.Data,
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
) -> None:
    """Follow units over the years: values, change, growth rate and trend."""
    shown, told = begun(ctx)
    from stiscore.cli.session import Asked, open_session, rules_of

    session = open_session(Asked.of(ctx.params))
    from stiscore import api

    followed = api.trends(
        session.data,
        session.framework,
        units=unit or (),
        node=node,
        years=years,
        scale=scale,
        frame=session.frame,
        **rules_of(ctx.params),
    )
    deliver(followed, ctx.params, shown, told)
