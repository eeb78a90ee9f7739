"""Options that several commands share; they stand after the command."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Lang(StrEnum):
    """Language of what people read."""

    en = "en"
    zh = "zh"
    both = "both"


class Color(StrEnum):
    """When to colour the terminal."""

    auto = "auto"
    always = "always"
    never = "never"


class Form(StrEnum):
    """Formats of what is scored."""

    text = "text"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class AnyUnits(StrEnum):
    """Which units may be scored."""

    known = "known"
    any = "any"


Data = Annotated[
    Path,
    typer.Argument(
        help="Table: .xlsx, .xlsm, .xls, .xlsb, .ods, CSV or .parquet; - is standard input.",
        metavar="DATA",
    ),
]
FrameworkFile = Annotated[
    Path | None,
    typer.Option(
        "-f",
        "--framework",
        envvar="STISCORE_FRAMEWORK",
        help="Framework YAML; default: the shipped one.",
    ),
]
Level = Annotated[
    str | None, typer.Option("--level", help="national or regional; default: read from the units.")
]
Sheet = Annotated[
    str | None,
    typer.Option("--sheet", help="Sheet, or a part of it (Data!A4:H40); default: what fits best."),
]
Layout = Annotated[
    str | None,
    typer.Option("--layout", help="wide, long, years or world-bank; default: what fits best."),
]
Indicator = Annotated[
    str | None,
    typer.Option("--indicator", help="What the figures are of, where the file does not say."),
]
Year = Annotated[
    str | None, typer.Option("--year", help="Year to score; default: the latest in the file.")
]
Units = Annotated[
    list[str] | None,
    typer.Option(
        "-u", "--unit", help="Show only this unit: id, English or Chinese name (repeatable)."
    ),
]
References = Annotated[
    list[str] | None,
    typer.Option(
        "--reference", help="Show this total of the file (全国, World) unranked (repeatable)."
    ),
]
WhichUnits = Annotated[
    AnyUnits, typer.Option("--units", help="any: also score units the registry does not know.")
]
Draws = Annotated[
    int | None,
    typer.Option(
        "--draws",
        min=0,
        max=10_000_000,
        help="Method variants behind ranges and tiers; 0: none. Default: the framework's, 1000.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of the method variants.")]
Weights = Annotated[
    str | None,
    typer.Option("--weights", help="Declared weights, e.g. foreign_talent=2,green_channels=1.5"),
]
Preset = Annotated[
    str | None,
    typer.Option(
        "--preset", help="A weight preset of the framework, or a file of weights --save (.yaml)."
    ),
]
Methods = Annotated[
    list[str] | None,
    typer.Option(
        "--method",
        help="stage=method or stage.parameter=value, e.g. aggregate=geometric (repeatable).",
    ),
]
Frame = Annotated[
    Path | None, typer.Option("--frame", help="Score on a saved frame (see --save-frame).")
]
Scale = Annotated[
    str,
    typer.Option(
        "--scale",
        help="pooled: one scale from all tables; each: one each; or the table (year) to stand on.",
    ),
]
Common = Annotated[
    bool, typer.Option("--common", help="Rank only units that have every measured area.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Warnings end in exit code 1; a thin framework is refused.")
]
Format = Annotated[
    Form | None, typer.Option("-F", "--format", help="Default: text, or as -o is named.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file; - is stdout.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace an existing output file.")]
Language = Annotated[
    Lang, typer.Option("--lang", envvar="STISCORE_LANG", help="Language of the text.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No notes on stderr.")]
Verbose = Annotated[bool, typer.Option("-v", "--verbose", help="All warnings and notes on stderr.")]
Width = Annotated[
    int | None, typer.Option("--width", min=30, help="Columns of the terminal; default: as it is.")
]
Ascii = Annotated[bool, typer.Option("--ascii", help="Bars in ASCII.")]
Colour = Annotated[Color, typer.Option("--color", help="Colour on the terminal.")]
Tolerate = Annotated[
    bool,
    typer.Option(
        "--tolerate",
        help="Set cells with errors aside as missing and go on; flagged throughout, exit code 1.",
    ),
]
Labels = Annotated[
    str,
    typer.Option(
        "--labels", help="source, iso, worldbank, cn_official or a CSV: id,label_en,label_zh."
    ),
]
Group = Annotated[
    str | None,
    typer.Option("--group", help="Show only this peer group, by id or name; ranks stay."),
]
Peers = Annotated[
    str | None,
    typer.Option(
        "--peers",
        help="With -u: group (its own), nearest:K (by income and size), a group or units (A,B).",
    ),
]
AllowLarge = Annotated[
    bool, typer.Option("--allow-large", help="Raise the size guards for a truly large file.")
]
Debug = Annotated[
    bool, typer.Option("--debug", envvar="STISCORE_DEBUG", help="Show the traceback of a bug.")
]
