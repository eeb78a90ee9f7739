"""The tables of a target: what moves, how far it may, each lever alone, what is left out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from stiscore.analysis.named import title
from stiscore.analysis.targets.aim import Alone
from stiscore.analysis.targets.goal import State
from stiscore.analysis.targets.levers import Lever
from stiscore.analysis.targets.pace import Pace
from stiscore.report.parts import Part
from stiscore.report.phrases import figure, listed, name, raw, reaching, spots, words
from stiscore.report.table import Field
from stiscore.report.target_model import TargetReport
from stiscore.report.variation import joined
from stiscore.words import Lang, Words
from stiscore.words.measurements import measured
from stiscore.words.peers import PEERS
from stiscore.words.target import LIMITS, TARGET, WHY, said

# What a shell does not take as it stands; letters of any script it does.
_SPECIAL = re.compile(r"[^\w./:=,%+-]")


def parts(told: TargetReport, lang: Lang) -> Iterator[Part]:
    """The page part by part."""
    yield _changes(told, lang)
    yield _alone(told, lang)
    yield _bounds(told, lang)
    yield _asides(told, lang)


def standing(state: State) -> Words:
    """Where the unit stands: severity of the goal's gap, rank and score, as far as it has them."""
    held = None
    if state.rank is not None:
        held = TARGET["state_rank"].filled(rank=state.rank, score=figure(state.score))
    elif state.score is not None:
        held = TARGET["state_score"].filled(score=figure(state.score))
    if state.severity is None:
        return held or Words("-", "-")
    severity = figure(state.severity)
    if held is None:
        return TARGET["state_severity"].filled(severity=severity)
    return TARGET["state_gap"].filled(severity=severity, state=held)


def _changes(told: TargetReport, lang: Lang) -> Part:
    """What moves from where to where, what it adds, what it is of the effort, what holds it."""
    aim, costed = told.aim, told.aim.terms.costs is not None
    if not told.reached:
        title = said("changes_missed", lang)
    else:
        title = said("changes_cost" if costed else "changes", lang)
    if not aim.changes:
        return Part(title, above=[said("no_changes", lang)])
    levers, changes = [change.lever for change in aim.changes], aim.changes
    fields = [
        Field(said("lever", lang), _names(levers, lang), "left"),
        Field(said("from", lang), [raw(lever.value) for lever in levers]),
        Field(said("to", lang), [_reaching(c.lever, c.to) for c in changes]),
        Field(said("measured_in", lang), _units(levers, lang), "left", drop=3),
        Field(said("moved", lang), [figure(c.moved) for c in changes], drop=4),
        Field(said("points", lang), [figure(c.points, 2) for c in changes], drop=1),
        # With every lever at its bound nobody has chosen how effort is spread.
        *([_effort(told, lang)] if told.reached else []),
        Field(said("bound", lang), [_limit(c.limit, lang) for c in changes], "left"),
        Field(said("cell", lang), [spots(lever.cells) or "-" for lever in levers], "left", drop=5),
    ]
    return Part(title, fields, beneath=list(_on_changes(told, lang)))


def _effort(told: TargetReport, lang: Lang) -> Field:
    key = "effort" if told.aim.terms.costs is None else "cost_share"
    return Field(said(key, lang), [f"{c.share:.0%}" for c in told.aim.changes], drop=2)


def _on_changes(told: TargetReport, lang: Lang) -> Iterator[str]:
    low, high = told.ends
    before, after = told.aim.before.score, told.aim.after.score
    if before is not None and after is not None:
        yield said("total", lang, points=figure(after - before, 2))
    yield said("about_moved", lang, low=low, high=high)
    yield from _multiples(told, lang)
    if told.reached:
        key = "about_spread" if told.aim.terms.costs is None else "about_cost"
        yield said(key, lang, total=told.aim.effort)
    if any(lever.start > lever.score for lever in told.aim.levers):
        yield said("about_floor", lang)
    if told.reached:
        yield said("check", lang, command=_command(told))


def _multiples(told: TargetReport, lang: Lang) -> Iterator[str]:
    """The values that would be at least twice the present: a share of a scale does not show it."""
    far = [
        TARGET["multiple"].filled(name=words(c.lever.indicator.name), times=c.to / c.lever.value)
        for c in told.aim.changes
        if 0 < 2 * c.lever.value <= c.to
    ]
    if far:
        yield said("multiples", lang, names=joined(far))


def _command(told: TargetReport) -> str:
    """The what-if that scores the answer; a value below 0 takes a second equals sign."""
    values = [(c.lever.indicator.id, _reaching(c.lever, c.to)) for c in told.aim.changes]
    pairs = [f"{node}={'=' if value.startswith('-') else ''}{value}" for node, value in values]
    asked = [told.report.provenance.file, told.unit.label, *pairs]
    quoted = (shlex.quote(text) if _SPECIAL.search(text) else text for text in asked)
    return " ".join(["stiscore whatif", *quoted])


def _alone(told: TargetReport, lang: Lang) -> Part:
    """Each lever by itself."""
    held = told.aim.alone
    needed = [_reaching(each.lever, each.to) if each.reached else "-" for each in held]
    fields = [Field(said("lever", lang), _names([each.lever for each in held], lang), "left")]
    # Values that would do stand only where any does.
    if any(each.reached for each in held):
        fields += [
            Field(said("alone_to", lang), needed),
            Field(said("measured_in", lang), _units([e.lever for e in held], lang), "left", drop=1),
        ]
    fields.append(Field(said("alone_then", lang), [_then(each, lang) for each in held], "left"))
    return Part(said("alone", lang), fields)


def _then(each: Alone, lang: Lang) -> str:
    if each.reached:
        return said("alone_reached", lang)
    if each.lever.room == 0:
        return said("alone_no_room", lang, bound=LIMITS[each.lever.limit])
    return said("alone_missed", lang, state=standing(each.at))


def _bounds(told: TargetReport, lang: Lang) -> Part:
    """How far each lever may go, and where its pace was taken from."""
    levers = told.aim.levers
    fields = [
        Field(said("lever", lang), _names(levers, lang), "left"),
        Field(said("most", lang), [_reaching(lever, _most(lever)) for lever in levers]),
        Field(said("measured_in", lang), _units(levers, lang), "left", drop=3),
        Field(said("room", lang), [figure(lever.room) for lever in levers], drop=2),
        Field(said("bound", lang), [_limit(lever.limit, lang) for lever in levers], "left"),
        Field(said("pace", lang), [figure(lever.pace.points) for lever in levers], drop=4),
        Field(said("pace_from", lang), [_pace(e.pace, lang) for e in levers], "left", drop=5),
    ]
    beneath = [said("about_bounds", lang, years=told.aim.terms.years)]
    if any(lever.pace.unit is not None for lever in levers):
        beneath.append(said("about_pace_seen", lang, peers=told.peers))
    if any(lever.pace.unit is None for lever in levers):
        beneath.append(said("about_pace_declared", lang, share=told.pace))
    if told.peers != PEERS["everyone"] and all(lever.pace.unit is None for lever in levers):
        beneath.append(said("peers_idle", lang, peers=told.peers))
    return Part(said("bounds", lang), fields, beneath=beneath)


def _reaching(lever: Lever, value: float) -> str:
    return reaching(value, benefit=lever.indicator.direction == "benefit")


def _most(lever: Lever) -> float:
    """The value at the nearest bound; the present one where there is no room."""
    return lever.value if lever.room == 0 else lever.value_at(lever.top)


def _pace(pace: Pace, lang: Lang) -> str:
    if pace.unit is None:
        return said("pace_declared", lang)
    return said("pace_seen", lang, unit=title(pace.unit), first=pace.first, last=pace.last)


def _asides(told: TargetReport, lang: Lang) -> Part:
    """Every other indicator, by why it is not considered."""
    items = []
    for why, reason in WHY.items():
        held = [aside.indicator for aside in told.aim.asides if aside.why == why]
        if held:
            names = listed((name(each.name, lang) for each in held), lang, "semicolon")
            items.append(said("aside", lang, why=reason, names=names))
    return Part(said("asides", lang), items=items)


def _names(levers: Sequence[Lever], lang: Lang) -> list[str]:
    return [name(lever.indicator.name, lang) for lever in levers]


def _units(levers: Sequence[Lever], lang: Lang) -> list[str]:
    return [measured(lever.indicator.measured_in, lang) for lever in levers]


def _limit(limit: str | None, lang: Lang) -> str:
    return "-" if limit is None else LIMITS[limit].say(lang)
