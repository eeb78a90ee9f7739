"""``stiscore whatif``: what a unit would score if some of its figures were others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options
from stiscore.cli.output import chosen_format, deliver, speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stiscore.io.scenarios import Scenario


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
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    draws: options.Draws = None,
    seed: options.Seed = 1,
    common: options.Common = False,
    labels: options.Labels = "source",
    form: options.Format = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    strict: options.Strict = False,
    tolerate: options.Tolerate = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    width: options.Width = None,
    color: options.Colour = options.Color.auto,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Score a unit again with other figures: arithmetic, others and the scale stay."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    wanted = labelling.asked(labels)
    from stiscore.cli.session import Asked, open_session, scored

    asked = _asked(unit, changes or [], scenarios, allow_large=allow_large)
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
