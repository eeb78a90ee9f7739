"""The Typer app, and the one place where errors become exit codes."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from stiscore.cli import (
    audit,
    compare,
    diff,
    evaluate,
    explain,
    framework,
    framework_coinr,
    gaps,
    inspect,
    methods,
    robustness,
    rules,
    run,
    sample,
    schema,
    target,
    template,
    trends,
    units,
    validate,
    weights,
    whatif,
)
from stiscore.cli.output import Voice
from stiscore.errors import ExitCode, StiscoreError


class Guarded(TyperGroup):
    """Runs a command; every error ends in its own exit code and one clear message."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command the user named."""
        try:
            return self._told(ctx)
        except KeyboardInterrupt as stop:
            typer.echo("interrupted", err=True)
            raise typer.Exit(ExitCode.INTERRUPTED) from stop
        except Exception as bug:
            if _belongs_to_typer(bug) or _debugging():
                raise
            typer.echo(
                f"stiscore: bug: {type(bug).__name__}: {bug} (--debug shows where)", err=True
            )
            raise typer.Exit(ExitCode.BUG) from bug

    def _told(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except StiscoreError as error:
            _tell(error, ctx.obj or Voice())
            raise typer.Exit(error.exit_code) from error


def _tell(error: StiscoreError, voice: Voice) -> None:
    """The findings an error carries, in the user's language and format; else its own line."""
    from stiscore.finding import Finding, Findings

    found = Findings(f for f in error.findings if isinstance(f, Finding))
    if not found:
        typer.echo(f"stiscore: {error}", err=True)
    else:
        from stiscore.report.findings_forms import render

        # JSON is for programs, and of validate findings are the product; all else is for people,
        # and a pipe that waits for a table must not get findings in its place.
        product = voice.form == "json" or (voice.path is not None and voice.form != "text")
        path = None if voice.path is None else str(voice.path)
        typer.echo(render(found, voice.form, voice.lang, path), err=not product, nl=False)


def _belongs_to_typer(error: Exception) -> bool:
    # Typer carries its own Click: its exceptions are known by what they can do, not by import.
    return isinstance(error, (typer.Exit, typer.Abort, BrokenPipeError)) or hasattr(
        error, "exit_code"
    )


def _debugging() -> bool:
    return "--debug" in sys.argv or bool(os.environ.get("STISCORE_DEBUG"))


def _version(wanted: bool) -> None:
    if wanted:
        from stiscore.version import __version__

        typer.echo(f"stiscore {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="stiscore",
    cls=Guarded,
    help="How open is an innovation system, where does it fall short, and which cell says so.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Scores regional and national innovation systems for openness, from spreadsheet to cell."""


app.command("evaluate")(evaluate.evaluate)
app.command("validate")(validate.validate)
app.command("inspect")(inspect.inspect)
app.command("compare")(compare.compare)
app.command("diff")(diff.diff)
app.command("trends")(trends.trends)
app.command("gaps")(gaps.gaps)
app.command("explain")(explain.explain)
app.command("robustness")(robustness.robustness)
app.command("audit")(audit.audit)
app.command("weights")(weights.weights)
app.command("whatif")(whatif.whatif)
app.command("target")(target.target)
app.command("run")(run.run)
app.command("rules")(rules.rules)
app.command("methods")(methods.methods)
app.command("units")(units.units)
app.command("schema")(schema.schema)
app.command("sample")(sample.sample)
app.command("template")(template.template)
framework.app.command("from-coinr")(framework_coinr.from_coinr)
framework.app.command("from-coin-tool")(framework_coinr.from_coin_tool)
framework.app.command("to-coinr")(framework_coinr.to_coinr)
app.add_typer(framework.app, name="framework")
