"""``stiscore framework from-coinr``, ``from-coin-tool``, ``to-coinr``: any index, to and fro."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import emit, expect_room, speak

if TYPE_CHECKING:
    from stiscore.finding import Findings
    from stiscore.framework.model import Framework
    from stiscore.io.elements.element import Imported
    from stiscore.report.coinr import ForCoinr
    from stiscore.words import Lang

_BOTH: tuple[Lang, Lang] = ("en", "zh")
Made = Annotated[Path, typer.Option("-o", "--output", help="Framework file to write; - is stdout.")]
Id = Annotated[
    str | None, typer.Option("--id", help="Id of the framework; default: the file's name.")
]
Title = Annotated[
    str | None, typer.Option("--title", help="Title of reports; default: the name of the top.")
]


def from_coinr(
    ctx: typer.Context,
    imeta: Annotated[Path, typer.Argument(help="iMeta table: CSV or workbook.", metavar="IMETA")],
    output: Made,
    id_: Id = None,
    title: Title = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> None:
    """Make a framework of an iMeta table of COINr."""
    told = speak(ctx, lang)
    from stiscore.io.coinr import from_coinr as read

    _write(read(imeta, id_=id_, title=title), imeta, output, force=force, lang=told)


def from_coin_tool(
    ctx: typer.Context,
    book: Annotated[Path, typer.Argument(help="Workbook of the COIN Tool.", metavar="BOOK")],
    output: Made,
    data: Annotated[
        Path | None, typer.Option("--data", help="Also write the figures to this CSV.")
    ] = None,
    id_: Id = None,
    title: Title = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    allow_large: options.AllowLarge = False,
) -> None:
    """Make a framework, and a table of the figures, of a workbook of the JRC's COIN Tool."""
    told = speak(ctx, lang)
    from stiscore.io.coin_tool import from_coin_tool as read
    from stiscore.report.csvout import raw_grid
    from stiscore.words.coinr import TABLE

    made = read(book, id_=id_, title=title, allow_large=allow_large)
    expect_room(data, force=force, inputs=[book])
    _write(made.imported, book, output, force=force, lang=told)
    if data is not None:
        emit(raw_grid(made.table), data, force=force, inputs=[book, output])
        indicators = len(made.imported.framework.indicators)
        units = len(made.table) - 1
        typer.echo(TABLE.say(told, file=data, units=units, indicators=indicators), err=True)


def to_coinr(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write to.")],
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="Table whose units and figures become iData.")
    ] = None,
    year: options.Year = None,
    method: options.Methods = None,
    units: options.WhichUnits = options.AnyUnits.known,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
) -> None:
    """Write a framework, and data where given, as iMeta.csv and iData.csv for COINr."""
    told = speak(ctx, lang)
    from stiscore.words.coinr import WRITTEN

    at, made = _for_coinr(ctx)
    files = {output / "iMeta.csv": made.imeta}
    if made.idata is not None:
        files[output / "iData.csv"] = made.idata
    inputs = [p for p in (framework, data) if p is not None]
    _folder(output)
    for file in files:
        expect_room(file, force=force, inputs=inputs)
    for file, text in files.items():
        emit(text, file, force=force, inputs=inputs)
    _tell(made.notes, told)
    names = ", ".join(map(str, files))
    said = {"files": names, "level": at, "indicators": made.indicators, "groups": made.groups}
    typer.echo(WRITTEN.say(told, **said), err=True)


def _for_coinr(ctx: typer.Context) -> tuple[str, ForCoinr]:
    """The tables, and the level they are of: the one asked for, that of the data, or the first."""
    from stiscore import api
    from stiscore.cli.session import Asked, open_session
    from stiscore.io.framework_yaml import load_framework
    from stiscore.report.coinr import for_coinr

    if ctx.params["data"] is not None:
        session = open_session(Asked.of(ctx.params))
        scores = api.evaluate(session.data, session.framework).evaluated.scores
        return scores.data.level, for_coinr(session.framework, scores.data.level, scores)
    framework = load_framework(ctx.params["framework"])
    at = _level(framework, ctx.params["level"])
    return at, for_coinr(framework, at)


def _level(framework: Framework, level: str | None) -> str:
    from stiscore.words.faults import unknown

    if level is not None and level not in framework.levels:
        raise unknown("level", level, framework.levels)
    return level or next(iter(framework.levels))


def _folder(output: Path) -> None:
    """Make the folder where its parent stands; what stands in its way is refused."""
    from stiscore.errors import Location, UsageError
    from stiscore.words.faults import found, refusal

    try:
        output.mkdir(exist_ok=True)
    except OSError as fault:
        raise refusal(UsageError, [found("R150", Location(str(output)))]) from fault


def _write(made: Imported, file: Path, output: Path, *, force: bool, lang: Lang) -> None:
    from stiscore.io.framework_out import framework_text
    from stiscore.words.coinr import COVERAGE, NAMES, TOP
    from stiscore.words.framework import label

    top = [words.say(each, file=file.name) for words in (TOP, NAMES) for each in _BOTH]
    comments = {(): top, ("method", "coverage"): [COVERAGE.say(each) for each in _BOTH]}
    emit(framework_text(made.framework, comments), output, force=force, inputs=[file])
    _tell(made.notes, lang)
    if str(output) != "-":
        typer.echo(label("written", lang, file=output), err=True)


def _tell(notes: Findings, lang: Lang) -> None:
    from stiscore.report import findings_text

    if notes:
        typer.echo(findings_text.full(notes, lang), err=True, nl=False)
