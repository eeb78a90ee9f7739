"""The registry of units as text, JSON and CSV: all of it, or what one label is read as."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from stiscore.report.csvout import raw_grid
from stiscore.report.jsonout import Json, dumps
from stiscore.report.layout import field, wrapped
from stiscore.report.phrases import listed
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.units.groups import Group
from stiscore.units.labels import LabelSet
from stiscore.units.listing import Listed
from stiscore.words import Lang
from stiscore.words.units import say

HEAD = ("id", "registry", "name_en", "name_zh", "codes", "groups")


def table(units: Sequence[Listed], labels: LabelSet, screen: Screen) -> str:
    """A row a unit: id, names, codes, groups; a label where a set was asked for."""
    lang = screen.lang
    fields = [
        Field(say("id", lang), [u.entry.id for u in units], "left"),
        Field(say("names", lang), [_names(u, lang) for u in units], "left"),
    ]
    if labels.name != "source":
        fields.append(Field(say("label", lang), [_label(u, labels, lang) for u in units], "left"))
    fields += [
        Field(say("codes", lang), [" ".join(u.codes) for u in units], "left", drop=2),
        Field(say("groups", lang), [_ids(u.groups) for u in units], "left", drop=3),
        Field(say("registry", lang), [_kind(u, lang) for u in units], "left", drop=1),
    ]
    screen.table(fields)
    if labels.note:
        screen.line(labels.note.say(lang))
    return screen.text()


def page(units: Sequence[Listed], labels: LabelSet, lang: Lang, width: int) -> str:
    """All there is to say of what one label is read as."""
    lines = []
    for unit in units:
        lines.append(wrapped(f"{unit.entry.id}  {_names(unit, lang)}", width))
        lines += [field(head, text, width) for head, text in _facts(unit, labels, lang) if text]
    return "\n".join(lines) + "\n"


def _facts(unit: Listed, labels: LabelSet, lang: Lang) -> Iterable[tuple[str, str]]:
    yield say("registry", lang), _kind(unit, lang)
    yield say("codes", lang), " ".join(unit.codes)
    yield say("spellings", lang), listed(unit.spellings, lang, "semicolon")
    yield say("short", lang), " ".join(unit.shorts)
    groups = (f"{g.id} {g.name.say(lang)}" for g in unit.groups)
    yield say("groups", lang), listed(groups, lang, "semicolon")
    if labels.name != "source":
        yield say("label", lang), _label(unit, labels, lang)


def as_json(
    units: Sequence[Listed], groups: Sequence[Group], labels: LabelSet, text: str | None
) -> str:
    """``stiscore.units/1``: the units, and the groups any of them is in, each with its source."""
    told: Json = {
        "schema": "stiscore.units/1",
        "text": text,
        "labels": labels.name,
        "units": [_unit(unit, labels) for unit in units],
        "groups": [
            {
                "id": group.id,
                "registry": group.registry,
                "name": group.name._asdict(),
                "source": group.source._asdict(),
                "units": list(group.units),
            }
            for group in groups
        ],
    }
    return dumps(told)


def as_csv(units: Sequence[Listed], labels: LabelSet) -> str:
    """A row a unit; with a set of labels its labels too, so that a list of one's own can start."""
    more = ("label_en", "label_zh") if labels.name != "source" else ()
    rows: list[Sequence[str]] = [(*HEAD, *more)]
    for unit in units:
        told = labels.label(unit.entry.id) or ("", "")
        rows.append((*unit.entry, " ".join(unit.codes), _ids(unit.groups), *(told if more else ())))
    return raw_grid(rows)


def _unit(unit: Listed, labels: LabelSet) -> Json:
    label = labels.label(unit.entry.id)
    return {
        "id": unit.entry.id,
        "registry": unit.entry.registry,
        "name": {"en": unit.entry.name_en, "zh": unit.entry.name_zh},
        "codes": list(unit.codes),
        "short": list(unit.shorts),
        "spellings": list(unit.spellings),
        "groups": [group.id for group in unit.groups],
        "label": label._asdict() if label else None,
    }


def _names(unit: Listed, lang: Lang) -> str:
    names = (unit.entry.name_en, unit.entry.name_zh)
    return " ".join(reversed(names) if lang == "zh" else names)


def _label(unit: Listed, labels: LabelSet, lang: Lang) -> str:
    told = labels.label(unit.entry.id)
    return told.say(lang) if told else say("no_label", lang, set=labels.name)


def _kind(unit: Listed, lang: Lang) -> str:
    return say(f"kind_{unit.entry.registry}", lang)


def _ids(groups: Iterable[Group]) -> str:
    return " ".join(group.id for group in groups)
