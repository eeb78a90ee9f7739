"""``stiscore framework``: look at, check and start a framework."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import emit, speak, width_of

if TYPE_CHECKING:
    from stiscore.framework.model import Framework


class Form(StrEnum):
    """Formats of findings."""

    text = "text"
    json = "json"


class ShownForm(StrEnum):
    """Formats of what is shown."""

    text = "text"
    json = "json"
    markdown = "markdown"


Format = Annotated[Form, typer.Option("-F", "--format", help="text or json.")]
Level = Annotated[str | None, typer.Option("--level", help="Only indicators of this level.")]

app = typer.Typer(
    help="Show, check and start frameworks (indicators.yaml).",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def show(
    ctx: typer.Context,
    node: Annotated[
        str | None,
        typer.Argument(
            help="Area, indicator, gap, measure, issue, barrier, quantity or group of units, by id "
            "or name; default: all."
        ),
    ] = None,
    framework: options.FrameworkFile = None,
    level: Level = None,
    form: Annotated[
        ShownForm, typer.Option("-F", "--format", help="text, json or markdown.")
    ] = ShownForm.text,
    lang: options.Language = options.Lang.en,
    output: options.Output = None,
    force: options.Force = False,
    width: options.Width = None,
) -> None:
    """Show the tree of a framework, or all that one of its parts carries."""
    told = speak(ctx, lang, form)
    from stiscore.framework.find import part
    from stiscore.io.framework_yaml import load_framework
    from stiscore.report import framework_json, framework_text, jsonout

    loaded = load_framework(framework)
    _expect_level(level, loaded)
    found = part(loaded, node) if node is not None else loaded
    if form is ShownForm.json:
        text = jsonout.dumps(framework_json.tree(loaded, found, level))
    elif form is ShownForm.markdown:
        text = framework_text.markdown(loaded, found, told, level=level)
    else:
        columns = width_of(width)
        text = framework_text.shown(loaded, found, told, level=level, width=columns)
    emit(text, output, force=force, inputs=[framework] if framework else [])


@app.command()
def check(
    ctx: typer.Context,
    framework: options.FrameworkFile = None,
    form: Format = Form.text,
    lang: options.Language = options.Lang.en,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings end in exit code 1.")] = False,
) -> None:
    """Check a framework: errors end in exit code 3, warnings are listed."""
    told = speak(ctx, lang, form)
    from stiscore.errors import ExitCode
    from stiscore.framework.locate import FRAMEWORK
    from stiscore.io.framework_yaml import check_framework
    from stiscore.report import findings_text, jsonout
    from stiscore.report.framework_text import counts
    from stiscore.words.framework import label

    loaded, doubts = check_framework(framework)
    if form is Form.json:
        typer.echo(jsonout.findings(doubts), nl=False)
    else:
        if doubts:
            typer.echo(findings_text.full(doubts, told), nl=False)
        file = framework or FRAMEWORK
        typer.echo(label("sound", told, file=file, counts=counts(loaded, told)))
    if strict and doubts:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command()
def schema(output: options.Output = None, force: options.Force = False) -> None:
    """Print the JSON Schema of framework files, for completion in an editor."""
    from stiscore.framework.schema import framework_schema
    from stiscore.report import jsonout

    emit(jsonout.dumps(framework_schema()), output, force=force)


@app.command()
def init(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write; - is stdout.")],
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> None:
    """Write a copy of the shipped framework to start from."""
    told = speak(ctx, lang)
    from stiscore.framework.locate import shipped_framework
    from stiscore.words.framework import label

    shipped = shipped_framework()
    emit(shipped.read_text(encoding="utf-8"), output, force=force, inputs=[shipped])
    if str(output) != "-":
        typer.echo(label("written", told, file=output), err=True)


def _expect_level(level: str | None, framework: Framework) -> None:
    from stiscore.words.faults import unknown

    if level is not None and level not in framework.levels:
        raise unknown("level", level, framework.levels)
