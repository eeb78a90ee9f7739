"""``stiscore audit``: does the index say what its parts say, one table a question."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver
from stiscore.errors import UsageError


class Form(StrEnum):
    """Formats of an audit."""

    text = "text"
    json = "json"
    markdown = "markdown"


class Kind(StrEnum):
    """Kinds of correlation."""

    pearson = "pearson"
    spearman = "spearman"
    kendall = "kendall"


@shared.taking(shared.READING, shared.YEAR, shared.METHOD, shared.RULES, shared.OUTPUT)
def audit(
    ctx: typer.Context,
    data: options.Data,
    against: Annotated[
        Path | None,
        typer.Option("--against", help="Compare with another index: a table of units and figures."),
    ] = None,
    correlation: Annotated[
        Kind, typer.Option("--correlation", help="Kind of correlation in the tables.")
    ] = Kind.pearson,
    form: Annotated[
        Form | None,
        typer.Option(
            "-F", "--format", help="text, json or markdown; default: text, or as -o is named."
        ),
    ] = None,
    color: options.Colour = options.Color.auto,
) -> None:
    """Audit an index: data, correlations, reliability, weights, and what its ranks hang on."""
    shown, told = begun(ctx)
    _expect_no_csv(shown, ctx.params["output"])
    from stiscore.cli.session import Asked, open_session, rules_of

    session = open_session(Asked.of(ctx.params))
    from stiscore import api

    done = api.audit(
        session.data,
        session.framework,
        against=against,
        correlation=correlation.value,
        frame=session.frame,
        **rules_of(ctx.params),
    )
    deliver(done, ctx.params, shown, told)


def _expect_no_csv(shown: str, output: str | None) -> None:
    """Refuse an output that is named as a CSV: tables of different columns are none."""
    if shown == "csv" and output is not None:
        from stiscore.words.audit import FORMS
        from stiscore.words.faults import found, refusal

        told = found("U103", option="-o", form=FORMS["outputs"], given=Path(output).name)
        raise refusal(UsageError, [told])
