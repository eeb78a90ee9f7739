"""``stiscore weights``: what another method would make each node count, beside what is declared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver, emit, expect_room, inputs_of, output_of

if TYPE_CHECKING:
    from stiscore.report.weights_model import WeightsReport
    from stiscore.words import Lang


@shared.taking(shared.READING, shared.YEAR, shared.WEIGHTS, shared.FORM, shared.OUTPUT)
def weights(
    ctx: typer.Context,
    data: options.Data,
    method: Annotated[
        list[str] | None,
        typer.Option(
            "--method", help="A weight method by id, or a setting as evaluate takes (repeatable)."
        ),
    ] = None,
    pairwise: Annotated[
        list[Path] | None,
        typer.Option("--pairwise", help="Pairwise judgements for ahp: a matrix (repeatable)."),
    ] = None,
    points: Annotated[
        Path | None,
        typer.Option("--points", help="Points for budget: a row an expert, a column a node."),
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Save the weights for --preset, as .yaml.")
    ] = None,
    strict: options.Strict = False,
) -> None:
    """Weights by any method beside the declared ones; --save keeps them for --preset."""
    shown, told = begun(ctx)
    _expect_yaml(save)
    own = [each for each in method or () if _is_weight(each)]
    others = [each for each in method or () if not _is_weight(each)]
    from stiscore.cli.session import Asked, open_session, rules_of

    # What is declared is the framework's own: only the other stages are set before.
    session = open_session(Asked.of({**ctx.params, "method": others}))
    from stiscore import api

    done = api.weights(
        session.data,
        session.framework,
        method=own,
        pairwise=pairwise or (),
        points=points,
        **rules_of(ctx.params),
    )
    if save is not None:
        room = {"force": ctx.params["force"], "inputs": inputs_of(ctx.params)}
        expect_room(output_of(ctx.params), **room)
        _save(done, save, told, **room, quiet=ctx.params["quiet"])
    # `validate` takes settings and no bare id of a weight method.
    settings = [each for each in method or () if "=" in each]
    deliver(done, {**ctx.params, "method": settings}, shown, told)


def _is_weight(setting: str) -> bool:
    """Whether a setting is of weights: a bare id, or one of the stage."""
    stage = setting.partition("=")[0].partition(".")[0]
    return "=" not in setting or stage == "weight"


def _expect_yaml(save: Path | None) -> None:
    """--preset takes a name for a file by its ending."""
    if save is not None and save.suffix.lower() not in {".yaml", ".yml"}:
        from stiscore.errors import UsageError
        from stiscore.words.faults import found, refusal
        from stiscore.words.weights import SHEETS

        told = found("U103", option="--save", form=SHEETS["--save"], given=save.name)
        raise refusal(UsageError, [told])


def _save(
    done: WeightsReport, save: Path, lang: Lang, *, force: bool, inputs: list[Path], quiet: bool
) -> None:
    from stiscore.io.weight_preset import preset_text
    from stiscore.words.weights import say

    emit(preset_text(done.preset), save, force=force, inputs=inputs)
    if not quiet:
        switches = " ".join(f"--method {each}" for each in done.switches)
        key = "saved_with" if switches else "saved"
        typer.echo(say(key, lang, file=save, methods=switches), err=True)
