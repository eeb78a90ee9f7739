"""``stiscore robustness``: how far each rank depends on choices, on which, and on which units."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from stiscore.cli import options, shared
from stiscore.cli.output import begun, leave, present
from stiscore.errors import ExitCode


class Switch(StrEnum):
    """Whether a part is worked out."""

    on = "on"
    off = "off"


@shared.taking(shared.READING, shared.YEAR, shared.METHOD, shared.RULES, shared.FORM, shared.OUTPUT)
def robustness(
    ctx: typer.Context,
    data: options.Data,
    draws: Annotated[
        int, typer.Option("--draws", min=1, max=10_000_000, help="Method variants.")
    ] = 10_000,
    seed: options.Seed = 1,
    sobol: Annotated[
        Switch, typer.Option("--sobol", help="Sobol' indices of every factor.")
    ] = Switch.on,
    tolerance: Annotated[
        float | None,
        typer.Option(
            "--tolerance",
            help="As many more variants as bring the standard error of a share below this (0-1).",
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes.")] = 1,
) -> None:
    """How far each rank depends on choices of method: rank shares, shifts, Sobol' indices."""
    shown, told = begun(ctx)
    from stiscore.cli.progress import bar
    from stiscore.cli.session import Asked, open_session, rules_of
    from stiscore.words.robustness import ROBUSTNESS

    session = open_session(Asked.of(ctx.params))
    from stiscore import varying

    with bar(ROBUSTNESS["progress"], told, quiet=ctx.params["quiet"]) as progress:
        done = varying.robustness(
            session.data,
            session.framework,
            sobol=sobol is Switch.on,
            tolerance=tolerance,
            jobs=jobs,
            frame=session.frame,
            progress=progress,
            **rules_of(ctx.params),
        )
    present(done, ctx.params, shown, told)
    if done.robustness is not None and done.robustness.interrupted:
        raise typer.Exit(ExitCode.INTERRUPTED)
    leave(done.findings, strict=ctx.params["strict"])
