"""Faults of a framework that its shape cannot show: ids, references, scales, names of columns.

Every rule is a pure function from a framework to its faults. ``faults`` are errors: a framework
that has one is refused. ``lint.py`` has those that only want a look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from stiscore.framework.collect import Coding
from stiscore.framework.combine import misfits
from stiscore.framework.factors_check import factors_hold
from stiscore.framework.flaw import Flaw, Path, heading, indicators, nodes, unknown
from stiscore.framework.model import Framework, Group, Indicator, OpenRange
from stiscore.words.faults.framework import KINDS
from stiscore.words.faults.scenario import NO_TOTAL
from stiscore.words.template import QUESTIONS

_LISTS = {
    "gaps": "gap",
    "issues": "issue",
    "barriers": "barrier",
    "measures": "measure",
    "quantities": "quantity",
    "peer_groups": "peer_group",
    "groupings": "grouping",
}


def faults(framework: Framework) -> Iterator[Flaw]:
    """Every fault of ``framework``, rule by rule; none: it can be scored with."""
    for rule in RULES:
        yield from rule(framework)


def ids_are_unique(framework: Framework) -> Iterator[Flaw]:
    """One namespace for all that can be asked for by id."""
    seen: dict[str, str] = {}
    for path, kind, id_ in _named(framework):
        if id_ in seen:
            fields = {"id": id_, "first": KINDS[seen[id_]]}
            yield Flaw("F111", (*path, "id"), fields)
        seen.setdefault(id_, kind)


def _named(framework: Framework) -> Iterator[tuple[Path, str, str]]:
    for path, node in nodes(framework):
        yield path, "group" if isinstance(node, Group) else "indicator", node.id
    for key, kind in _LISTS.items():
        for number, item in enumerate(getattr(framework, key)):
            yield (key, number), kind, item.id


def indicators_refer(framework: Framework) -> Iterator[Flaw]:
    """Gaps, stand-ins and quantities that indicators name exist."""
    leaves = {i.id for i in framework.indicators}
    gaps = {g.id for g in framework.gaps}
    quantities = {q.id for q in framework.quantities}
    for path, node in indicators(framework):
        if node.proxy_for is not None:
            others = leaves - {node.id}
            yield from _missing("indicator", [node.proxy_for], others, (*path, "proxy_for"))
        if node.gaps is not None:
            yield from _missing("gap", [node.gaps.primary], gaps, (*path, "gaps", "primary"))
            yield from _missing("gap", node.gaps.related, gaps, (*path, "gaps", "related"))
        if node.derive is not None:
            for key in ("numerators", "denominators"):
                named = getattr(node.derive, key)
                yield from _missing("quantity", named, quantities, (*path, "derive", key))


def parts_belong(framework: Framework) -> Iterator[Flaw]:
    """A quantity is part of another one in the same measurement, and never in a circle."""
    known = {quantity.id: quantity for quantity in framework.quantities}
    above = {id_: quantity.part_of for id_, quantity in known.items()}
    for number, quantity in enumerate(framework.quantities):
        path, total = ("quantities", number, "part_of"), known.get(quantity.part_of or "")
        fields = {"quantity": quantity.id, "total": quantity.part_of}
        if quantity.part_of is None:
            continue
        if total is None:
            yield Flaw("F135", path, {**fields, "why": NO_TOTAL["unknown"]})
        elif total.measured_in != quantity.measured_in:
            why = NO_TOTAL["measured"].filled(part=quantity.measured_in, total=total.measured_in)
            yield Flaw("F135", path, {**fields, "why": why})
        elif quantity.id == min(_circle(quantity.part_of, above), default=None):
            yield Flaw("F136", path, fields)


def _circle(start: str, above: Mapping[str, str | None]) -> list[str]:
    """The totals, each a part of the next, that one comes to in a circle; none: it ends."""
    met: list[str] = []
    at: str | None = start
    while at is not None and at not in met:
        met.append(at)
        at = above.get(at)
    return [] if at is None else met[met.index(at) :]


def links_refer(framework: Framework) -> Iterator[Flaw]:
    """What the gap map, barriers and presets name exists."""
    groups = {g.id for g in framework.groups}
    known = {key: {item.id for item in getattr(framework, key)} for key in _LISTS}
    for gap, link in framework.gap_map.items():
        path: Path = ("gap_map", gap)
        if gap not in known["gaps"]:
            yield unknown("gap", gap, known["gaps"], path, key=True)
        yield from _missing("group", link.weakens, groups, (*path, "weakens"))
        yield from _missing("group", link.untagged, set(link.weakens), (*path, "untagged"))
        for key in ("measures", "issues", "barriers"):
            yield from _missing(_LISTS[key], getattr(link, key), known[key], (*path, key))
    leaves = {i.id for i in framework.indicators}
    for number, barrier in enumerate(framework.barriers):
        named = [] if barrier.diagnostic is None else [barrier.diagnostic]
        yield from _missing("indicator", named, leaves, ("barriers", number, "diagnostic"))
    for preset, weights in framework.weight_presets.items():
        yield from _missing("node", dict(weights), groups | leaves, ("weight_presets", preset))


def _missing(
    kind: str, named: Sequence[str] | Mapping[str, object], known: set[str], path: Path
) -> Iterator[Flaw]:
    """A flaw for each unknown name; ``path`` leads to the name, the list or the mapping."""
    for number, name in enumerate(named):
        if name in known:
            continue
        if isinstance(named, Mapping):
            yield unknown(kind, name, known, (*path, name), key=True)
        else:
            # A path that leads to one name ends there: a step too many is not followed.
            yield unknown(kind, name, known, (*path, number))


def levels_are_declared(framework: Framework) -> Iterator[Flaw]:
    """Levels named anywhere are declared under ``levels``."""
    known = set(framework.levels)
    for path, node in indicators(framework):
        for level in (each for each in node.levels if each not in known):
            yield unknown("level", level, known, (*path, "levels", level), key=True)
        for number, source in enumerate(node.sources):
            if source.level not in known | {"both"}:
                place = (*path, "sources", number, "level")
                yield unknown("level", source.level, known | {"both"}, place)
    for number, gap in enumerate(framework.gaps):
        for level in (each for each in gap.level_names if each not in known):
            place = ("gaps", number, "level_names", level)
            yield unknown("level", level, known, place, key=True)
    for number, peers in enumerate(framework.peer_groups):
        if peers.level not in known:
            yield unknown("level", peers.level, known, ("peer_groups", number, "level"))


def scales_hold(framework: Framework) -> Iterator[Flaw]:
    """Goalposts, plausible ranges and bounds run upwards and lie inside each other."""
    for path, node in indicators(framework):
        yield from _runs_up("bounds", node.bounds, node, (*path, "bounds"))
        for level, scale in node.levels.items():
            place = (*path, "levels", level)
            if scale.bounds is not None:
                yield from _runs_up("bounds", scale.bounds, node, (*place, "bounds"))
            bounds = framework.bounds(node, level)
            for what in ("goalposts", "plausible"):
                span = getattr(scale, what)
                if span is not None:
                    yield from _runs_up(what, span, node, (*place, what))
                    yield from _inside(what, span, bounds, node, (*place, what))


def _runs_up(what: str, span: OpenRange, node: Indicator, path: Path) -> Iterator[Flaw]:
    low, high = span
    if low is not None and high is not None and low >= high:
        code = "F113" if what == "goalposts" else "F115"
        fields = {"indicator": node.id, "what": what, "low": low, "high": high}
        yield Flaw(code, path, fields)


def _inside(
    what: str, span: tuple[float, float], bounds: OpenRange, node: Indicator, path: Path
) -> Iterator[Flaw]:
    low, high = bounds
    if (low is not None and min(span) < low) or (high is not None and max(span) > high):
        shown = f"[{'' if low is None else f'{low:g}'}, {'' if high is None else f'{high:g}'}]"
        fields = {"indicator": node.id, "what": what, "low": span[0], "high": span[1]}
        yield Flaw("F114", path, {**fields, "bounds": shown})


def headers_are_clear(framework: Framework) -> Iterator[Flaw]:
    """A header means one thing at a level: id, names and aliases of indicators and quantities."""
    told: set[Path] = set()
    for level in framework.levels:
        owners: dict[str, str] = {}
        for path, id_, text in _headers(framework, level):
            first = owners.setdefault(heading(text), id_)
            if first != id_ and path not in told:
                told.add(path)
                fields = {"header": text, "first": first, "second": id_, "level": level}
                yield Flaw("F117", path, fields)


def _headers(framework: Framework, level: str) -> Iterator[tuple[Path, str, str]]:
    for path, node in indicators(framework):
        if level in node.levels:
            yield from _headers_of(path, node.id, node.name.en, node.name.zh, node.aliases)
    for number, item in enumerate(framework.quantities):
        place = ("quantities", number)
        yield from _headers_of(place, item.id, item.name.en, item.name.zh, item.aliases)
    for number, each in enumerate(framework.groupings):
        place = ("groupings", number)
        yield from _headers_of(place, each.id, each.name.en, each.name.zh, each.aliases)


def _headers_of(
    path: Path, id_: str, en: str, zh: str, aliases: Iterable[str]
) -> Iterator[tuple[Path, str, str]]:
    yield (*path, "id"), id_, id_
    yield (*path, "name", "en"), id_, en
    yield (*path, "name", "zh"), id_, zh
    for number, alias in enumerate(aliases):
        yield (*path, "aliases", number), id_, alias


def proxies_say_so(framework: Framework) -> Iterator[Flaw]:
    """What stands in for another has the role of a proxy."""
    for path, node in indicators(framework):
        if node.proxy_for is not None and node.role != "proxy":
            yield Flaw("F118", (*path, "role"), {"indicator": node.id, "role": node.role})


def questions_are_asked(framework: Framework) -> Iterator[Flaw]:
    """What indicators are counted from is a question of the coding sheet."""
    for path, node in indicators(framework):
        if isinstance(node.collect, Coding):
            place = (*path, "collect")
            asked = set(QUESTIONS)
            yield from _missing("question", node.collect.questions, asked, (*place, "questions"))
            among = [] if node.collect.among is None else [node.collect.among]
            yield from _missing("question", among, asked, (*place, "among"))


RULES = (
    ids_are_unique,
    indicators_refer,
    parts_belong,
    links_refer,
    levels_are_declared,
    scales_hold,
    headers_are_clear,
    proxies_say_so,
    questions_are_asked,
    misfits,
    factors_hold,
)
