"""``stiscore gaps``: the gaps by severity, what stands behind each, what goes with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver


@shared.taking(shared.CARD, shared.FORM, shared.OUTPUT)
def gaps(
    ctx: typer.Context,
    data: options.Data,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "-u", "--unit", help="This unit's gaps and what stands behind them (repeatable)."
        ),
    ] = None,
    peers: Annotated[
        str | None,
        typer.Option(
            "--peers",
            help="Whom -u is compared with: group, nearest:K or names with commas; default: all.",
        ),
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            help="Compare -u with this peer group (id or name); without -u show only its units.",
        ),
    ] = None,
) -> None:
    """The gaps by severity, the figures behind each, the measures and barriers that go with it."""
    shown, told = begun(ctx)
    wanted = labelling.asked(ctx.params["labels"])
    from stiscore.cli.session import Asked, open_session, scored

    session = open_session(Asked.of(ctx.params))
    from stiscore import shortfalls

    card = scored(session, ctx.params)
    done = shortfalls.gaps(card, *(unit or ()), peers=() if peers is None else peers, group=group)
    done = replace(done, report=labelling.applied(done.report, wanted, told, shown))
    deliver(done, ctx.params, shown, told)
