"""``stiscore run``: all outputs of a plan, and the manifest that says what they are."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import coloured, emit, speak, width_of


class Form(StrEnum):
    """Formats of what became of a plan."""

    text = "text"
    json = "json"
    markdown = "markdown"


def run(
    ctx: typer.Context,
    plan: Annotated[
        Path, typer.Argument(help="Plan: files, frameworks, methods, outputs.", metavar="PLAN")
    ],
    into: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Output folder; default: the plan's `into`."),
    ] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes.")] = 1,
    check: Annotated[
        bool, typer.Option("--check", help="Say what would be done, and write nothing.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option("--prune", help="Remove what earlier runs made and the plan makes no more."),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that no earlier run has made.")
    ] = False,
    form: Annotated[
        Form, typer.Option("-F", "--format", help="text, markdown, or json: the manifest.")
    ] = Form.text,
    lang: options.Language = options.Lang.en,
    quiet: options.Quiet = False,
    width: options.Width = None,
    color: options.Colour = options.Color.auto,
    debug: options.Debug = False,
) -> None:
    """Run a plan: files by frameworks by methods by outputs; what is unchanged is left alone."""
    told = speak(ctx, lang, form)
    from stiscore.batch import run_plan
    from stiscore.cli.progress import bar
    from stiscore.report.screen import Screen
    from stiscore.words.batch import BATCH

    with bar(BATCH["progress"], told, quiet=quiet) as progress:
        done = run_plan(
            plan, jobs=jobs, into=into, force=force, prune=prune, check=check, progress=progress
        )
    emit(done.rendered(form, Screen(told, width_of(width), color=coloured(color, None))), None)
    raise typer.Exit(done.exit_code)
