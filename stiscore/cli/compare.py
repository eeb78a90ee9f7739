"""``stiscore compare``: units side by side, one unit and its peers, or several files and years."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options, shared
from stiscore.cli.output import begun, coloured, leave, notes, output_of, width_of, write
from stiscore.errors import UsageError

if TYPE_CHECKING:
    from stiscore.comparison import Comparison
    from stiscore.words import Lang


class Years(StrEnum):
    """Years taken together."""

    all = "all"


Tables = Annotated[
    list[Path],
    typer.Argument(help="One file, or several to compare with each other.", metavar="DATA..."),
]
YearOrRange = Annotated[
    list[str] | None,
    typer.Option("--year", help="Year, or FROM:TO (repeatable); default: the latest in each file."),
]
EveryYear = Annotated[Years | None, typer.Option("--years", help="all: every year there is.")]
Sides = Annotated[
    list[str] | None,
    typer.Option(
        "-u", "--unit", help="Unit: id, English or Chinese name (repeatable); default: all."
    ),
]
InGroup = Annotated[
    str | None, typer.Option("--group", help="Peer group to compare with, by id or name.")
]
OneFrame = Annotated[
    list[Path] | None, typer.Option("--frame", help="Score on a saved frame; one for all.")
]


@shared.taking(
    shared.READING, shared.METHODS, shared.RULES, shared.VARIANTS, shared.FORM, shared.OUTPUT
)
def compare(
    ctx: typer.Context,
    data: Tables,
    year: YearOrRange = None,
    years: EveryYear = None,
    unit: Sides = None,
    peers: options.Peers = None,
    group: InGroup = None,
    frame: OneFrame = None,
    scale: options.Scale = "pooled",
    ascii_only: options.Ascii = False,
) -> None:
    """Compare units of a table, or tables: who leads where, by how much, what changed."""
    shown, told = begun(ctx)
    one_frame = _single(frame or [])
    chosen = _years(year or [], years)
    from stiscore.cli.session import Asked, open_books, read_opened, rules_of

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
        **rules_of(ctx.params),
    )
    color = coloured(options.Color(ctx.params["color"]), output_of(ctx.params))
    width = width_of(ctx.params["width"])
    screen = Screen(told, width, color=color, ascii_only=ascii_only)
    write(comparison.rendered(shown, screen), ctx.params)
    quiet, verbose = ctx.params["quiet"], ctx.params["verbose"]
    _warn(comparison, told, data, quiet=quiet, verbose=verbose)
    leave(comparison.findings, strict=ctx.params["strict"])


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
