"""``stiscore whatif``: what a unit would score if some of its figures were others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stiscore.io.scenarios import Scenario


@shared.taking(shared.CARD, shared.FORM, shared.OUTPUT)
def whatif(
    ctx: typer.Context,
    data: options.Data,
    unit: Annotated[
        str | None,
        typer.Argument(help="Unit: id, English or Chinese name; none: the file of scenarios says."),
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Argument(
            help="Indicator or raw quantity and what it is to be: x=VALUE, x=x2, x=+10%, x=-10%, "
            "x=+3, x=-3; x==-3 is the value -3. NAME: begins another scenario.",
            metavar="[CHANGES]...",
        ),
    ] = None,
    scenarios: Annotated[
        Path | None,
        typer.Option(
            "--scenarios",
            help="Table of scenarios: columns scenario, indicator, change and, optional, unit.",
        ),
    ] = None,
) -> None:
    """Score a unit again with other figures: arithmetic, others and the scale stay."""
    shown, told = begun(ctx)
    wanted = labelling.asked(ctx.params["labels"])
    from stiscore.cli.session import Asked, open_session, scored

    large = ctx.params["allow_large"]
    asked = _asked(unit, changes or [], scenarios, allow_large=large)
    session = open_session(Asked.of(ctx.params))
    from stiscore import supposing

    card = scored(session, ctx.params)
    done = supposing.whatif(card, unit, asked)
    done = replace(done, report=labelling.applied(done.report, wanted, told, shown))
    deliver(done, ctx.params, shown, told)


def _asked(
    unit: str | None, changes: Sequence[str], file: Path | None, *, allow_large: bool
) -> tuple[Scenario, ...]:
    """The scenarios, of the command line or of a file; one of the two."""
    from stiscore.io.scenarios import on_command_line, read_scenarios

    if file is not None and not changes:
        return read_scenarios(file, allow_large=allow_large)
    if file is not None or (not changes and "=" in (unit or "")):
        from stiscore.errors import UsageError
        from stiscore.words.faults import found, refusal
        from stiscore.words.faults.scenario import SCENARIOS

        what = SCENARIOS["both" if file else "unit_first"].filled(given=unit)
        raise refusal(UsageError, [found("U178", what=what)])
    return on_command_line(changes)
