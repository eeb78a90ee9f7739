"""``stiscore compare``: units side by side, one unit and its peers, or several files and years."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import chosen_format, coloured, emit, leave, notes, speak, width_of
from stiscore.errors import UsageError

if TYPE_CHECKING:
    from stiscore.comparison import Comparison
    from stiscore.words import Lang


class Years(StrEnum):
    """Years taken together."""

    all = "all"


def compare(
    ctx: typer.Context,
    data: Annotated[
        list[Path],
        typer.Argument(help="One file, or several to compare with each other.", metavar="DATA..."),
    ],
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: Annotated[
        list[str] | None,
        typer.Option(
            "--year", help="Year, or FROM:TO (repeatable); default: the latest in each file."
        ),
    ] = None,
    years: Annotated[
        Years | None, typer.Option("--years", help="all: every year there is.")
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "-u", "--unit", help="Unit: id, English or Chinese name (repeatable); default: all."
        ),
    ] = None,
    peers: options.Peers = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Peer group to compare with, by id or name.")
    ] = None,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: Annotated[
        list[Path] | None, typer.Option("--frame", help="Score on a saved frame; one for all.")
    ] = None,
    scale: options.Scale = "pooled",
    draws: options.Draws = None,
    seed: options.Seed = 1,
    common: options.Common = False,
    form: options.Format = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    strict: options.Strict = False,
    tolerate: options.Tolerate = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    width: options.Width = None,
    ascii_only: options.Ascii = False,
    color: options.Colour = options.Color.auto,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Compare units of a table, or tables: who leads where, by how much, what changed."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    one_frame = _single(frame or [])
    chosen = _years(year or [], years)
    from stiscore.cli.session import Asked, open_books, read_opened

    asked = Asked.of(ctx.params, data=data[0], year=None, frame=one_frame)
    sessions = [read_opened(opened, asked) for opened in open_books(asked, data)]
    from stiscore import api
    from stiscore.report.screen import Screen

    comparison = api.compare(
        [session.data for session in sessions],
        sessions[0].framework,
        units=unit or (),
        peers=peers if peers is not None else (),
        group=group,
        years=chosen,
        scale=scale,
        frame=sessions[0].frame,
        common=common,
        strict=strict,
        tolerate=tolerate,
        draws=draws,
        seed=seed,
    )
    screen = Screen(told, width_of(width), color=coloured(color, output), ascii_only=ascii_only)
    inputs = [p for p in (*data, framework, one_frame) if p is not None]
    emit(comparison.rendered(shown, screen), output, force=force, inputs=inputs)
    _warn(comparison, told, data, quiet=quiet, verbose=verbose)
    leave(comparison.findings, strict=strict)


def _single(frames: list[Path]) -> Path | None:
    """The saved frame; of two the last would silently win."""
    if len(frames) > 1:
        from stiscore.words.faults import found, refusal

        raise refusal(UsageError, [found("U141", count=len(frames))])
    return frames[0] if frames else None


def _years(listed: list[str], every: Years | None) -> list[str]:
    if listed and every:
        from stiscore.words.faults import found, refusal

        raise refusal(UsageError, [found("U147")])
    return [str(every)] if every else listed


def _warn(
    comparison: Comparison, lang: Lang, files: list[Path], *, quiet: bool, verbose: bool
) -> None:
    """Notes on stderr; over several files, where `validate` of one would not tell all."""
    findings = comparison.findings
    if quiet or verbose or len(files) == 1:
        notes(findings, lang, str(files[0]), quiet=quiet, verbose=verbose)
        return
    from stiscore.words.compare import said

    for key, told in (("see_errors", findings.errors), ("see_verbose", findings.warnings)):
        if told:
            typer.echo(said(key, lang, n=len(told.joined())), err=True)
