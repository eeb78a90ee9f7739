"""``stiscore template``: the blank workbook of a framework, to be filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import speak

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stiscore.framework.model import Framework
    from stiscore.report.template import Plan
    from stiscore.units.registry import Entry

ALL = "all"


def template(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("-o", "--output", help="Workbook to write (.xlsx).")],
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    units: Annotated[
        str | None,
        typer.Option(
            "--units", help="all, a peer group (east), or a file with one unit a row; default: all."
        ),
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option("-u", "--unit", help="A unit: id, English or Chinese name (repeatable)."),
    ] = None,
    indicators: Annotated[
        str, typer.Option("--indicators", help="all, missing (no figures known), or ids: A,B.")
    ] = ALL,
    year: Annotated[
        int | None, typer.Option("--year", min=1900, max=2100, help="Adds a column of this year.")
    ] = None,
    made_on: Annotated[
        str | None, typer.Option("--date", help="Date to note in the workbook: 2025-03-31.")
    ] = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    debug: options.Debug = False,
) -> None:
    """Write a blank workbook to fill in: drop-downs, hints, definitions, coding, questionnaire."""
    told = speak(ctx, lang)
    from stiscore.io.framework_yaml import load_framework
    from stiscore.io.write import write_whole
    from stiscore.report.template import Plan, blank_workbook, chosen

    _expect(output, made_on)
    loaded = load_framework(framework)
    named = _named(loaded, units, unit or [])
    at = _level(loaded, level, named, output)
    rows = named or _every(loaded, at)
    plan = Plan(loaded, at, rows, chosen(loaded, at, indicators), told, year, made_on)
    inputs = [p for p in (framework, Path(units) if units else None) if p is not None]
    write_whole(output, blank_workbook(plan), force=force, inputs=inputs)
    typer.echo(_made(plan, output))


def _expect(output: Path, made_on: str | None) -> None:
    """Refuse an output that is no workbook, and a date that is none, before anything is read."""
    if output.suffix.lower() != ".xlsx":
        raise _misunderstood("-o", "NAME.xlsx", str(output))
    if made_on is not None:
        try:
            date.fromisoformat(made_on if re.fullmatch(r"\d{4}-\d\d-\d\d", made_on) else "")
        except ValueError as fault:
            raise _misunderstood("--date", "YYYY-MM-DD", made_on) from fault


def _misunderstood(option: str, form: str, given: str) -> Exception:
    from stiscore.errors import UsageError
    from stiscore.words.faults import found, refusal

    return refusal(UsageError, [found("U103", option=option, form=form, given=given)])


def _named(framework: Framework, group: str | None, units: list[str]) -> tuple[Entry, ...]:
    """The units asked for, each once; none when none was: then the level decides."""
    from stiscore.framework.peers import all_groups
    from stiscore.units.groups import goes_by
    from stiscore.units.registry import find

    names: list[str] = []
    if group is not None and group != ALL:
        known = all_groups(framework)
        held = [g for g in known if goes_by(group, g.id, g.name.en, g.name.zh)]
        names.extend(held[0].units if held else _listed(Path(group), (g.id for g in known)))
    names.extend(units)
    return tuple(dict.fromkeys(find(name) or _own(framework, name) for name in names))


def _listed(file: Path, groups: Iterable[str]) -> list[str]:
    """The units a file names in its first column, its head left out where it has one."""
    from stiscore.io.parse import read_book
    from stiscore.units.registry import find
    from stiscore.words.faults import unknown

    if not file.is_file():
        raise unknown("group", str(file), [ALL, *groups])
    grid = read_book(file).grids[0]
    names = [text for r in range(grid.shape[0]) if (text := grid.text(r, 0).strip())]
    return names[1:] if len(names) > 1 and find(names[0]) is None else names


def _own(framework: Framework, name: str) -> Entry:
    """A unit of the user's own, where a level of the framework takes any; else it is unknown."""
    from stiscore.units.registry import Entry, entries
    from stiscore.words.faults import unknown

    if any(level.registry is None for level in framework.levels.values()):
        return Entry(name, "", name, name)
    known = [e for kind in ("province", "economy") for e in entries(kind)]
    raise unknown("unit", name, (text for e in known for text in (e.id, e.name_en, e.name_zh)))


def _level(framework: Framework, level: str | None, units: tuple[Entry, ...], output: Path) -> str:
    """The level asked for, the one the units are of, or that of the first sample there is.

    Units of another level than that are unknown there.
    """
    from stiscore.io.rows import known_level
    from stiscore.words.faults import unknown

    if level is None:
        registry = units[0].registry if units else "province"
        fitting = [k for k, v in framework.levels.items() if v.registry in {registry, None}]
        level = (fitting or list(framework.levels))[0]
    at = known_level(framework, level, str(output))
    registry = framework.levels[at].registry or ""
    for each in units:
        if registry and each.registry != registry:
            others = (e.name_en for e in _every(framework, at))
            raise unknown("unit", each.name_en, others)
    return at


def _every(framework: Framework, level: str) -> tuple[Entry, ...]:
    """All units of a level; a level that takes any has none of its own."""
    from stiscore.units.registry import entries

    registry = framework.levels[level].registry
    if registry is None:
        raise _misunderstood("--units", "FILE", ALL)
    return entries(registry)


def _made(plan: Plan, output: Path) -> str:
    """One line on what was written."""
    from stiscore.report.phrases import words
    from stiscore.words.template import MADE

    at = plan.framework.levels[plan.level]
    return MADE.say(
        plan.lang,
        file=output,
        indicators=len(plan.indicators),
        units=len(plan.units),
        unit_word=words(at.units),
        level=words(at.name),
    )
