"""``stiscore units``: the registry of scored units, or what one label is read as."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import options
from stiscore.cli.output import emit, speak, width_of

if TYPE_CHECKING:
    from stiscore.units.groups import Group
    from stiscore.units.labels import LabelSet
    from stiscore.units.listing import Listed
    from stiscore.words import Lang


class Form(StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"
    csv = "csv"


class Kind(StrEnum):
    """Levels of the registry; aggregates are known and never scored."""

    national = "national"
    regional = "regional"
    aggregate = "aggregate"


REGISTRIES = {Kind.national: "economy", Kind.regional: "province", Kind.aggregate: "aggregate"}


def units(
    ctx: typer.Context,
    text: Annotated[
        str | None, typer.Argument(help="A label as a file has it; default: the whole registry.")
    ] = None,
    level: Annotated[
        Kind | None, typer.Option("--level", help="national, regional or aggregate.")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Only units of this group, by id or name.")
    ] = None,
    labels: options.Labels = "source",
    form: Annotated[Form, typer.Option("-F", "--format", help="text, json or csv.")] = Form.text,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    width: options.Width = None,
) -> None:
    """List the units the registry knows, or say what a label is read as (exit 2: as none)."""
    told = speak(ctx, lang, form)
    from stiscore.units.labels import label_set

    wanted = label_set(labels)
    chosen, groups = _chosen(text, level, group)
    _tell_strangers(wanted, told)
    shown = _render(chosen, groups, wanted, form, told, width_of(width), text)
    emit(shown, output, force=force)


def _chosen(
    text: str | None, level: Kind | None, group: str | None
) -> tuple[list[Listed], list[Group]]:
    """The units asked for, and the groups they are in; UsageError when there is nothing."""
    from stiscore.units.groups import groups_of, named
    from stiscore.units.listing import listing, readings

    registry = REGISTRIES[level] if level else None
    met = list(listing(registry) if text is None else readings(text))
    if registry is not None:
        met = [u for u in met if u.entry.registry == registry]
    if text is not None and not met:
        _refuse(text)
    groups = list(named(group)) if group else []
    if group:
        met = [u for u in met if any(g in u.groups for g in groups)]
    else:
        held = {g.id for u in met for g in u.groups}
        groups = [g for kind in ("province", "economy") for g in groups_of(kind) if g.id in held]
    return met, groups


def _refuse(text: str) -> None:
    from stiscore.errors import UsageError
    from stiscore.units.near import suggest
    from stiscore.words import Words
    from stiscore.words.faults import found, refusal
    from stiscore.words.faults.units import NEAR, NONE_NEAR

    near = suggest(text)
    hint = Words(*(side.format(units=near) for side in NEAR)) if near else NONE_NEAR
    raise refusal(UsageError, [found("U123", given=text, near=hint)])


def _tell_strangers(labels: LabelSet, lang: Lang) -> None:
    """On stderr, the ids of a user's labels that the registry does not know."""
    from stiscore.units.registry import entries
    from stiscore.words.units import say

    known = {e.id for kind in ("province", "economy") for e in entries(kind, beside=True)}
    if strange := [key for key in labels.labels if key not in known]:
        typer.echo(say("strangers", lang, ids=", ".join(strange)), err=True)


def _render(
    chosen: list[Listed],
    groups: list[Group],
    labels: LabelSet,
    form: Form,
    lang: Lang,
    width: int,
    text: str | None,
) -> str:
    from stiscore.report import units_text

    if form is Form.json:
        return units_text.as_json(chosen, groups, labels, text)
    if form is Form.csv:
        return units_text.as_csv(chosen, labels)
    if text is not None:
        return units_text.page(chosen, labels, lang, width)
    from stiscore.report.screen import Screen

    return units_text.table(chosen, labels, Screen(lang, width))
