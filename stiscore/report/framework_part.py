"""What one part of the framework carries, as labels and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stiscore.framework.collect import Coding
from stiscore.framework.find import Part
from stiscore.framework.model import (
    Barrier,
    Framework,
    Gap,
    GapLink,
    Group,
    Indicator,
    Measure,
    Name,
    PeerGroup,
    Quantity,
    Scale,
)
from stiscore.report.phrases import combined, listed, name, prose, words
from stiscore.scores import build_tree
from stiscore.words import Lang, Words
from stiscore.words.framework import LABELS, label
from stiscore.words.measurements import measured
from stiscore.words.sections import section
from stiscore.words.template import QUESTIONS

Told = Iterator[tuple[str, str]]


def called(part: Part, level: str | None) -> Name:
    """A part's name; a gap may have another at a level."""
    if isinstance(part, Gap) and level is not None:
        return part.level_names.get(level, part.name)
    return part.name


def standing(node: Group | Indicator, lang: Lang) -> list[str]:
    """Role and declared weight of an indicator; weight and origin of a group."""
    weight = label("weight", lang, weight=node.weight)
    if isinstance(node, Indicator):
        return [label(node.role, lang), weight]
    return [weight, _origin(node.origin, node.paper, lang)]


def facts(told: Iterable[str], lang: Lang) -> str:
    """Facts in one line."""
    return label("joined", "zh" if lang == "zh" else "en").join(told)


def carried(framework: Framework, part: Part, lang: Lang, level: str | None) -> Told:
    """All that a part carries, a label's key and what it says; empty where it has none.

    ``level``: only what holds there; None for every level.
    """
    if isinstance(part, Indicator):
        yield from _of_indicator(framework, part, lang, level)
    elif isinstance(part, Group):
        yield from _of_group(framework, part, lang, level)
    elif isinstance(part, Gap):
        yield from _of_gap(framework, part, lang)
    elif isinstance(part, Quantity):
        yield from _of_quantity(framework, part, lang)
    elif isinstance(part, PeerGroup):
        yield "level", part.level
        yield "units", ", ".join(part.units)
    else:
        yield "origin", _origin(part.origin, part.paper, lang)
        if isinstance(part, Barrier) and part.diagnostic is not None:
            yield "diagnostic", _named(framework, part.diagnostic, lang)
        if isinstance(part, Measure) and framework.measures_note is not None:
            yield "caveat", name(framework.measures_note, lang)
        for gap in _linked(framework, part.id):
            yield "goes_with", _named(framework, gap, lang)


def _origin(origin: str, paper: str | None, lang: Lang) -> str:
    if origin != "paper":
        return label("ours", lang)
    return label("paper", lang, section=section(paper or ""))


def _named(framework: Framework, id_: str, lang: Lang) -> str:
    """A node or gap by id and name."""
    known = {each.id: each.name for each in (*framework.nodes, *framework.gaps)}
    return f"{id_} {name(known[id_], lang)}" if id_ in known else id_


def _linked(framework: Framework, id_: str) -> list[str]:
    """The gaps a measure, issue or barrier goes with."""
    return [
        gap
        for gap, link in framework.gap_map.items()
        if id_ in (*link.measures, *link.issues, *link.barriers)
    ]


def _of_group(framework: Framework, group: Group, lang: Lang, level: str | None) -> Told:
    yield "group_facts", facts(standing(group, lang), lang)
    yield from _shares(framework, group, lang, level)
    for gap, link in framework.gap_map.items():
        if group.id in link.weakens:
            yield "weakened_by", _named(framework, gap, lang)


def _of_quantity(framework: Framework, part: Quantity, lang: Lang) -> Told:
    yield "measured_in", measured(part.measured_in, lang)
    yield "aliases", "; ".join(part.aliases)
    if part.scope is not None:
        yield "scope", "; ".join(part.scope.titles)
        yield "scope_aliases", "; ".join(part.scope.aliases)
    if part.part_of is not None:
        yield "part_of", _quantity(framework, part.part_of, lang)
    for each in framework.quantities:
        if each.part_of == part.id:
            yield "has_part", _quantity(framework, each.id, lang)
    for indicator in framework.indicators:
        if part.id in _parts(indicator):
            yield "indicators", _named(framework, indicator.id, lang)


def _quantity(framework: Framework, id_: str, lang: Lang) -> str:
    """A quantity by id and name, with its measurement."""
    held = next((q for q in framework.quantities if q.id == id_), None)
    if held is None:
        return _named(framework, id_, lang)
    unit = measured(held.measured_in, lang)
    return label("measured", lang, name=f"{held.id} {name(held.name, lang)}", unit=unit)


def _parts(node: Indicator) -> tuple[str, ...]:
    recipe = node.derive
    return recipe.quantities if recipe else ()


def _of_indicator(framework: Framework, node: Indicator, lang: Lang, level: str | None) -> Told:
    told = [*standing(node, lang), label(node.direction, lang)]
    told += [label("sqrt", lang)] if node.curve == "sqrt" else []
    told += [label("lever", lang)] if node.lever else []
    yield "indicator", facts([*told, _origin(node.origin, None, lang)], lang)
    yield "group", _named(framework, framework.parents[node.id], lang)
    yield "numerator", prose(node.definition.numerator, lang)
    yield "denominator", prose(node.definition.denominator, lang)
    yield "measured_in", measured(node.measured_in, lang)
    yield "role", label(f"role_{node.role}", lang)
    yield "lever_is", label("lever_yes" if node.lever else "lever_no", lang)
    yield "curve", label(f"curve_{node.curve}", lang)
    yield "scaling", node.scaling or ""
    if node.proxy_for is not None:
        yield "proxy_for", _named(framework, node.proxy_for, lang)
    if node.gaps is not None:
        yield "gap_primary", _named(framework, node.gaps.primary, lang)
        for gap in node.gaps.related:
            yield "gap_related", _named(framework, gap, lang)
    for key, scale in node.levels.items():
        if level in (None, key):
            yield "level", name(framework.levels[key].name, lang)
            yield from _of_scale(framework, node, key, scale, lang)
    yield from _of_figures(framework, node, lang)


def _of_figures(framework: Framework, node: Indicator, lang: Lang) -> Told:
    """Where the figures come from: recipe, collection, columns, sources."""
    yield "derive", _formula(node)
    for part in _parts(node):
        yield "quantity", _quantity(framework, part, lang)
        held = next((q for q in framework.quantities if q.id == part), None)
        yield "quantity_columns", "; ".join((part, *held.aliases)) if held else ""
    yield "collect", _collected(node, lang)
    yield "aliases", "; ".join(node.aliases)
    if node.min_denominator is not None:
        yield "min_denominator", label("least_base", lang, least=f"{node.min_denominator:g}")
    for source in node.sources:
        told = f"{source.name} {source.code or ''}".strip()
        at = "both_levels" if source.level == "both" else None
        where = LABELS[at] if at else words(framework.levels[source.level].name)
        yield "sources", label("source_at", lang, source=told, level=where)
    yield "standard", node.standard or ""
    yield "real_data", node.real_data or ""
    yield "caveat", name(node.caveat, lang) if node.caveat else ""


def _collected(node: Indicator, lang: Lang) -> str:
    """How a share that nobody publishes is counted."""
    collect = node.collect
    if collect is None:
        return ""
    if not isinstance(collect, Coding):
        return label(f"asked_{collect.of}", lang)
    among = QUESTIONS.get(collect.among, LABELS["all_measures"]) if collect.among else None
    asked = [QUESTIONS.get(q, Words(q, q)) for q in collect.questions]
    questions = Words(
        listed((q.en for q in asked), "en", "semicolon"),
        listed((q.zh for q in asked), "zh", "semicolon"),
    )
    return label("coded", lang, questions=questions, among=among or LABELS["all_measures"])


def _of_scale(framework: Framework, node: Indicator, level: str, scale: Scale, lang: Lang) -> Told:
    yield "goalposts_label", _span(scale.goalposts, lang)
    basis = [label(scale.basis, lang)] if scale.basis else []
    basis += [scale.basis_source] if scale.basis_source else []
    basis += [str(scale.basis_year)] if scale.basis_year else []
    yield "basis", facts(basis, lang)
    yield "target", "" if scale.target is None else f"{scale.target:g}"
    yield "plausible", _span(scale.plausible, lang)
    yield "bounds", _span(framework.bounds(node, level), lang)
    yield from _shares(framework, node, lang, level)


def _shares(framework: Framework, node: Group | Indicator, lang: Lang, level: str | None) -> Told:
    """The declared weight as a share of its group's at each level, where it is scored there."""
    for key in framework.levels if level is None else (level,):
        tree = build_tree(framework, key)
        if node.id not in tree.ids or node.id not in framework.parents:
            continue
        place = tree.ids.index(node.id)
        siblings = [c for c in tree.children(tree.parent[place]) if c not in tree.standins]
        whole = sum(tree.weight[c] for c in {*siblings, place})
        yield (
            "weight_share",
            label(
                "share_of",
                lang,
                weight=node.weight,
                of=whole,
                share=node.weight / whole,
                level=words(framework.levels[key].name),
            ),
        )


def _span(span: tuple[float | None, float | None] | None, lang: Lang) -> str:
    if span is None:
        return ""
    low, high = (label("no_limit", lang) if end is None else f"{end:g}" for end in span)
    return label("span", lang, low=low, high=high)


def _formula(node: Indicator) -> str:
    """The factor times numerators over denominators, in ids of quantities."""
    if node.derive is None:
        return ""
    above = combined(node.derive.numerators, node.derive.combine)
    below = combined(node.derive.denominators, node.derive.combine_denominators)
    return f"{node.derive.factor:g} x {above}" + (f" / {below}" if below else "")


def _of_gap(framework: Framework, gap: Gap, lang: Lang) -> Told:
    yield "gap", label("weight", lang, weight=gap.weight)
    yield "origin", _origin(gap.origin, gap.paper, lang)
    for level, told in gap.level_names.items():
        yield "level", f"{level}: {name(told, lang)}"
    tagged = [(i.id, i.gaps) for i in framework.indicators if i.gaps is not None]
    primary = [id_ for id_, gaps in tagged if gaps.primary == gap.id]
    related = [id_ for id_, gaps in tagged if gap.id in gaps.related]
    for key, ids in (("indicators", primary), ("related", related)):
        yield from ((key, _named(framework, id_, lang)) for id_ in ids)
    if gap.id in framework.gap_map:
        yield from _of_link(framework, framework.gap_map[gap.id], lang)


def _of_link(framework: Framework, link: GapLink, lang: Lang) -> Told:
    """What goes with a gap."""
    headings = {measure.id: measure.name for measure in framework.measures}
    headings |= {issue.id: issue.name for issue in framework.issues}
    headings |= {barrier.id: barrier.name for barrier in framework.barriers}
    for area in link.weakens:
        yield "weakens", _named(framework, area, lang)
    for area, why in link.untagged.items():
        yield "untagged", f"{area}: {why if isinstance(why, str) else prose(why, lang)}"
    for key in ("measures", "issues", "barriers"):
        for id_ in getattr(link, key):
            yield key, f"{id_} {name(headings[id_], lang)}"
    yield "first_action", name(link.first_action, lang)
    yield "link_origin", _origin(link.origin, None, lang)
