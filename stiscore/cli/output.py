"""Where a command's product goes: stdout or a file, text or data, and what goes to stderr."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast

import typer

from stiscore.cli.options import Color
from stiscore.errors import ExitCode

if TYPE_CHECKING:
    from stiscore.finding import Findings
    from stiscore.report.screen import Screen
    from stiscore.words import Lang

# The options, beside the framework, that decide what ``validate`` finds.
_DECIDE = ("level", "sheet", "layout", "indicator", "year", "method", "units")
# The options, beside the data, that name a file to be read.
_INPUTS = (
    "data", "new", "framework", "new_framework", "frame", "scenarios", "costs", "against", "points",
    "pairwise",
)  # fmt: skip
SUFFIXES = {
    "": "text",
    ".txt": "text",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
}


class Product(Protocol):
    """What a command makes: text in any form, and findings."""

    @property
    def findings(self) -> Findings:
        """Of the data and of what was made of them."""

    def rendered(self, form: str, screen: Screen) -> str:
        """The text in one form."""


def emit(
    text: str, output: Path | None, *, force: bool = False, inputs: Iterable[Path] = ()
) -> None:
    """Print the product, or write it whole to ``output``; ``-`` is stdout."""
    if output is None or str(output) == "-":
        # Whether to colour was decided before; echo would decide once more.
        typer.echo(text, nl=False, color=True)
        return
    from stiscore.io.write import write_whole

    write_whole(output, text, force=force, inputs=inputs)


def expect_room(output: Path | None, *, force: bool, inputs: Iterable[Path]) -> None:
    """Refuse an output that could not be written, before anything else is."""
    if output is not None and str(output) != "-":
        from stiscore.io.write import check_target

        check_target(output, force=force, inputs=inputs)


def chosen_format(wanted: str | None, output: Path | None) -> str:
    """The format asked for, or the one the output's name suggests; text otherwise."""
    if wanted:
        return wanted
    if output is None or str(output) == "-":
        return "text"
    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        from stiscore.errors import UsageError
        from stiscore.words.faults import found, refusal

        endings = ", ".join(SUFFIXES)
        raise refusal(UsageError, [found("U103", option="-o", form=endings, given=output.name)])
    return form


def width_of(wanted: int | None) -> int:
    """Columns to lay out for: as asked, the terminal's own, or 80 where there is none."""
    return wanted or shutil.get_terminal_size((80, 24)).columns


def coloured(wanted: Color, output: Path | None) -> bool:
    """Whether to colour: on a terminal by default, never in a file."""
    if output is not None and str(output) != "-":
        return False
    return wanted is Color.always or (wanted is Color.auto and sys.stdout.isatty())


def inputs_of(params: Mapping[str, Any]) -> list[Path]:
    """The files a command reads, none of which it may write to."""
    held = (params.get(key) for key in _INPUTS)
    named = (each if isinstance(each, (list, tuple)) else [each] for each in held)
    return [Path(each) for files in named for each in files if each is not None]


def deliver(done: Product, params: Mapping[str, Any], form: str, lang: Lang) -> None:
    """Print a product or write it, then what was found on stderr; end as the findings demand."""
    present(done, params, form, lang)
    leave(done.findings, strict=params["strict"])


def present(done: Product, params: Mapping[str, Any], form: str, lang: Lang) -> None:
    """Print a product or write it, then what was found on stderr."""
    from stiscore.report.screen import Screen

    color = coloured(Color(params["color"]), output_of(params))
    write(done.rendered(form, Screen(lang, width_of(params["width"]), color=color)), params)
    said(done.findings, params, lang)


def output_of(params: Mapping[str, Any]) -> Path | None:
    """The file a command writes to; None for stdout."""
    return None if params["output"] is None else Path(params["output"])


def write(text: str, params: Mapping[str, Any]) -> None:
    """Print a product, or write it where the options say; never over a file that was read."""
    emit(text, output_of(params), force=params["force"], inputs=inputs_of(params))


def said(findings: Findings, params: Mapping[str, Any], lang: Lang) -> None:
    """What was found, on stderr, as a command's options want it."""
    notes(findings, lang, again(params), quiet=params["quiet"], verbose=params["verbose"])


def leave(findings: Findings, *, strict: bool = False) -> None:
    """End with exit code 1 on errors; with --strict on warnings, or a year taken of several."""
    doubtful = strict and (findings.warnings or any(f.code == "L105" for f in findings))
    if findings.errors or doubtful:
        raise typer.Exit(ExitCode.FINDINGS)


def again(params: Mapping[str, Any]) -> str:
    """The file and the options of a command that decide how it is read, as they were typed.

    >>> again({"data": Path("a b.csv"), "framework": Path("f.yaml"), "method": ["treat=none"]})
    "'a b.csv' -f f.yaml --method treat=none"
    """
    told = [str(params["data"])]
    flags = {"framework": "-f", **{name: f"--{name}" for name in _DECIDE}}
    for name, flag in flags.items():
        value = params.get(name)
        for each in value if isinstance(value, (list, tuple)) else [value]:
            told += [] if each is None or each == "known" else [flag, str(each)]
    return shlex.join(told)


def notes(findings: Findings, lang: Lang, file: str, *, quiet: bool, verbose: bool) -> None:
    """Warnings on stderr: a line that counts them and says what lists them, or all of them."""
    if quiet or not findings:
        return
    from stiscore.report import findings_text

    if verbose:
        typer.echo(findings_text.full(findings, lang), err=True, nl=False)
        return
    from stiscore.report.layout import printable
    from stiscore.words.findings import TOLD
    from stiscore.words.report import label

    first = findings_text.first_look(findings, lang)
    told = [printable(first)] if first else []
    if findings.errors:
        told.append(TOLD["errors_left"].say(lang, n=len(findings.errors.joined()), file=file))
    elif findings.warnings:
        told.append(label("see_findings", lang, n=len(findings.warnings.joined()), file=file))
    for text in told:
        typer.echo(text, err=True)


class Voice(NamedTuple):
    """How a command speaks: kept on the root context, so that errors speak alike."""

    lang: Lang = "en"
    form: str = "text"
    path: Path | None = None


def begun(ctx: typer.Context) -> tuple[str, Lang]:
    """The form a command shows its product in and the language it speaks, from its options."""
    form = ctx.params["form"]
    wanted = None if form is None else str(form)
    shown = chosen_format(wanted, output_of(ctx.params))
    return shown, speak(ctx, ctx.params["lang"], wanted or "text")


def speak(ctx: typer.Context, lang: str, form: str = "text", path: Path | None = None) -> Lang:
    """Note the language and format of this run for whoever reports an error.

    ``path``: the input of a command whose product is findings; an error's then are its product.
    """
    told = cast("Lang", str(lang))
    ctx.find_root().obj = Voice(told, form, path)
    return told
