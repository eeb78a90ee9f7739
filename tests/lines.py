"""Command lines that show what every command says: a line or more of each.

``{data}``: a sample, ``{unit}`` and ``{other}``: units of it, ``{peers}``: whom to compare it with,
``{panel}``: the sample in two years, ``{folder}``: an empty folder to write into. Formats and
languages are added by whoever runs them, as the command has them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from enum import EnumType
from math import isnan
from typing import NamedTuple, get_args, get_type_hints

import stiscore as sti
from stiscore.cli.app import app

LINES: dict[str, tuple[str, ...]] = {
    "audit": ("{data}",),
    "compare": (
        "{data} -u {unit} -u {other} --draws 5",
        "{data} -u {unit} --peers group --draws 5",
        "{panel} --years all -u {unit} --draws 0",
    ),
    "diff": ("{panel} --year 2021:2022", "{panel} --year 2021:2022 -u {unit}"),
    "evaluate": ("{data} --draws 5 -v", "{data} -u {unit} --peers {peers} --draws 5"),
    "explain": ("{data} {unit} --draws 5",),
    "framework check": ("",),
    "framework from-coin-tool": ("{folder}/tool.xlsx -o {folder}/made.yaml",),
    "framework from-coinr": ("{folder}/iMeta.csv -o {folder}/made.yaml",),
    "framework init": ("-o {folder}/mine.yaml",),
    "framework schema": ("",),
    "framework show": ("", "global_resources", "gerd_abroad_share", "foreign_rd_funding"),
    "framework to-coinr": ("--level {level} -o {folder}/coin",),
    "gaps": ("{data} --draws 5", "{data} -u {unit} --peers group --draws 5"),
    "inspect": ("{data}",),
    "methods": ("",),
    "robustness": ("{data} --draws 20 --sobol off",),
    "rules": ("", "D203"),
    "run": ("{folder}/plan.yaml -o {folder}/made",),
    "sample": ("{sample} -o {folder}",),
    "schema": ("", "scorecard", "framework"),
    "target": ("{data} {unit} --score {score} --draws 5",),
    "template": ("--level {level} -u {unit} -o {folder}/blank.xlsx",),
    "trends": ("{panel} -u {unit} -u {other}", "{panel} --node trade_gdp"),
    "units": ("--width 400", "{unit}"),
    "validate": ("{data}",),
    "weights": ("{data}", "{data} --method pca"),
    "whatif": ("{data} {unit} trade_gdp=+10% --draws 5",),
}
PLAN = """\
schema: stiscore.plan/1
files: [{path: DATA, name: provinces}]
outputs:
  - {command: evaluate, draws: 5, format: markdown, lang: both}
  - {command: validate, format: csv}
"""
SAMPLES = {
    "provinces": {
        "score": "60",
        "level": "regional",
        "unit": "CN-GD",
        "other": "CN-JS",
        "peers": "nearest:5",
    },
    "economies": {
        "score": "36",
        "level": "national",
        "unit": "CHN",
        "other": "DEU",
        "peers": "nearest:5",
    },
    "full": {
        "score": "70",
        "level": "regional",
        "unit": "CN-GD",
        "other": "CN-JS",
        "peers": "group",
    },
}


class Command(NamedTuple):
    """A command: its name, its formats, whether it speaks a language and whether it is strict."""

    name: str
    forms: tuple[str, ...]
    speaks: bool
    strict: bool


def commands() -> dict[str, Command]:
    """Every registered command by name, those of groups as two words."""
    told = {str(c.name): c.callback for c in app.registered_commands}
    for group in app.registered_groups:
        held = group.typer_instance.registered_commands if group.typer_instance else ()
        told |= {f"{group.name} {c.name or _named(c.callback)}": c.callback for c in held}
    return {name: _command(name, callback) for name, callback in told.items() if callback}


def _named(callback: Callable[..., object] | None) -> str:
    return callback.__name__ if callback else ""


def _command(name: str, callback: Callable[..., object]) -> Command:
    kinds = get_type_hints(callback)
    form = kinds.get("form")
    held = [kind for kind in (form, *get_args(form)) if isinstance(kind, EnumType)]
    forms = tuple(str(member) for kind in held for member in kind.__members__)
    return Command(name, forms, "lang" in kinds, "strict" in kinds)


def panel(sample: str) -> str:
    """A sample in two years, as CSV; where it is of one, all is a tenth lower the year before."""
    data = sti.read(sti.sample(sample))
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["unit", "year", *(column.id for column in data.columns)])
    years = {"2021": 0.9, "2022": 1.0}
    for unit, period, row in zip(data.units, data.periods, data.values.tolist(), strict=True):
        for year, factor in {period: 1.0}.items() if period else years.items():
            figures = ["" if isnan(value) else value * factor for value in row]
            rows.writerow([unit.id, year, *figures])
    return out.getvalue()
