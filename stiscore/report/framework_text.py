"""The framework for reading in a terminal: the tree, and all that one of its parts carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stiscore.framework.find import Part
from stiscore.framework.model import (
    Barrier,
    Framework,
    Gap,
    Group,
    Indicator,
    Measure,
    Name,
    PeerGroup,
    Quantity,
    Scale,
)
from stiscore.report.layout import field, wrapped
from stiscore.report.phrases import name, prose
from stiscore.words import Lang
from stiscore.words.framework import label
from stiscore.words.measurements import measured
from stiscore.words.sections import section


def counts(framework: Framework, lang: Lang) -> str:
    """How much there is, in one line."""
    scored = [
        label("scored_at", lang, level=level, n=_scored(framework, level))
        for level in framework.levels
    ]
    return label(
        "counts",
        lang,
        groups=len(framework.groups) - 1,
        indicators=len(framework.indicators),
        levels=label("joined", lang).join(scored),
        gaps=len(framework.gaps),
    )


def _scored(framework: Framework, level: str) -> int:
    return sum(node.role != "context" for node in framework.at_level(level))


def shown(
    framework: Framework,
    part: Framework | Part,
    lang: Lang,
    *,
    level: str | None = None,
    width: int = 80,
) -> str:
    """The whole tree, or all that one part carries, in at most ``width`` columns."""
    if isinstance(part, Framework):
        return overview(framework, lang, level=level, width=width)
    return detail(framework, part, lang, level=level, width=width)


def overview(framework: Framework, lang: Lang, *, level: str | None = None, width: int = 80) -> str:
    """The whole tree: groups, indicators with role, weight, direction, goalposts and gaps."""
    head = f"{name(framework.title, lang)}  {framework.id} {framework.version}"
    opening = [head, counts(framework, lang), name(framework.origin_note, lang)]
    lines = [wrapped(line, width) for line in opening]
    for child in framework.index.children:
        lines += ["", *_branch(child, lang, level, width, 0)]
    lines += ["", label("gaps", lang)]
    for gap in framework.gaps:
        lines += [
            wrapped(f"{gap.id}  {label('weight', lang, weight=gap.weight)}", width, 2),
            wrapped(name(_called(gap, level), lang), width, 4),
        ]
    return "\n".join(lines) + "\n"


def _branch(
    node: Group | Indicator, lang: Lang, level: str | None, width: int, indent: int
) -> Iterator[str]:
    if isinstance(node, Indicator):
        if level is None or level in node.levels:
            yield from _leaf(node, lang, level, width, indent)
        return
    yield wrapped(f"{name(node.name, lang)}  {node.id}", width, indent)
    yield wrapped(_facts(_standing(node, lang), lang), width, indent)
    for child in node.children:
        yield from _branch(child, lang, level, width, indent + 2)


def _leaf(node: Indicator, lang: Lang, level: str | None, width: int, indent: int) -> Iterator[str]:
    unit = measured(node.measured_in, lang)
    named = label("measured", lang, name=name(node.name, lang), unit=unit)
    yield wrapped(named, width, indent)
    facts = [node.id, *_standing(node, lang), label(node.direction, lang)]
    yield wrapped(_facts(facts, lang), width, indent + 2)
    posts = [
        label("goalposts", lang, level=key, low=scale.goalposts[0], high=scale.goalposts[1])
        for key, scale in node.levels.items()
        if scale.goalposts is not None and level in (None, key)
    ]
    tags = [f"{label('gap', lang)} {node.gaps.primary}"] if node.gaps else []
    related = [f"{label('related', lang)} {gap}" for gap in node.gaps.related] if node.gaps else []
    if posts or tags:
        yield wrapped(_facts([*posts, *tags, *related], lang), width, indent + 2)


def _standing(node: Group | Indicator, lang: Lang) -> list[str]:
    weight = label("weight", lang, weight=node.weight)
    if isinstance(node, Indicator):
        return [label(node.role, lang), weight]
    return [weight, _origin(node.origin, node.paper, lang)]


def _facts(facts: Iterable[str], lang: Lang) -> str:
    return label("joined", "zh" if lang == "zh" else "en").join(facts)


def _origin(origin: str, paper: str | None, lang: Lang) -> str:
    if origin != "paper":
        return label("ours", lang)
    return label("paper", lang, section=section(paper or ""))


def detail(
    framework: Framework, part: Part, lang: Lang, *, level: str | None = None, width: int = 80
) -> str:
    """All that one part carries."""
    if isinstance(part, Group):
        return "\n".join(_branch(part, lang, level, width, 0)) + "\n"
    lines = [wrapped(f"{part.id}  {name(_called(part, level), lang)}", width)]
    lines += [
        field(label(key, lang), value, width)
        for key, value in _carried(framework, part, lang, level)
        if value
    ]
    return "\n".join(lines) + "\n"


def _called(part: Part, level: str | None) -> Name:
    """A part's name; a gap may have another at a level."""
    if isinstance(part, Gap) and level is not None:
        return part.level_names.get(level, part.name)
    return part.name


def _carried(
    framework: Framework, part: Part, lang: Lang, level: str | None
) -> Iterator[tuple[str, str]]:
    if isinstance(part, Indicator):
        yield from _of_indicator(framework, part, lang, level)
    elif isinstance(part, Gap):
        yield from _of_gap(framework, part, lang)
    elif isinstance(part, Quantity):
        yield "measured_in", measured(part.measured_in, lang)
        yield "aliases", "; ".join(part.aliases)
        users = [i.id for i in framework.indicators if i.derive and part.id in _parts(i)]
        yield "indicators", ", ".join(users)
    elif isinstance(part, PeerGroup):
        yield "level", part.level
        yield "units", ", ".join(part.units)
    elif not isinstance(part, Group):
        yield "origin", _origin(part.origin, part.paper, lang)
        if isinstance(part, Barrier):
            yield "diagnostic", part.diagnostic or ""
        if isinstance(part, Measure) and framework.measures_note is not None:
            yield "caveat", name(framework.measures_note, lang)
        yield "gaps", ", ".join(_linked(framework, part.id))


def _parts(node: Indicator) -> tuple[str, ...]:
    return (*node.derive.numerators, *node.derive.denominators) if node.derive else ()


def _linked(framework: Framework, id_: str) -> list[str]:
    return [
        gap
        for gap, link in framework.gap_map.items()
        if id_ in (*link.measures, *link.issues, *link.barriers)
    ]


def _of_indicator(
    framework: Framework, node: Indicator, lang: Lang, level: str | None
) -> Iterator[tuple[str, str]]:
    facts = [*_standing(node, lang), label(node.direction, lang)]
    facts += [label("sqrt", lang)] if node.curve == "sqrt" else []
    facts += [label("lever", lang)] if node.lever else []
    yield "indicator", _facts([*facts, _origin(node.origin, None, lang)], lang)
    yield "group", framework.parents[node.id]
    yield "numerator", prose(node.definition.numerator, lang)
    yield "denominator", prose(node.definition.denominator, lang)
    yield "measured_in", measured(node.measured_in, lang)
    yield "scaling", node.scaling or ""
    yield "proxy_for", node.proxy_for or ""
    if node.gaps:
        related = [f"{label('related', lang)} {gap}" for gap in node.gaps.related]
        yield "gaps", _facts([node.gaps.primary, *related], lang)
    for key, scale in node.levels.items():
        if level in (None, key):
            yield "level", name(framework.levels[key].name, lang)
            yield from _of_scale(framework, node, key, scale, lang)
    yield "derive", _formula(node)
    yield "aliases", "; ".join(node.aliases)
    for source in node.sources:
        yield "sources", f"{source.name} {source.code or ''}".strip()
    yield "standard", node.standard or ""
    yield "real_data", node.real_data or ""
    yield "caveat", name(node.caveat, lang) if node.caveat else ""


def _of_scale(
    framework: Framework, node: Indicator, level: str, scale: Scale, lang: Lang
) -> Iterator[tuple[str, str]]:
    yield "goalposts_label", _span(scale.goalposts, lang)
    basis = [label(scale.basis, lang)] if scale.basis else []
    basis += [scale.basis_source] if scale.basis_source else []
    basis += [str(scale.basis_year)] if scale.basis_year else []
    yield "basis", _facts(basis, lang)
    yield "plausible", _span(scale.plausible, lang)
    yield "bounds", _span(framework.bounds(node, level), lang)


def _span(span: tuple[float | None, float | None] | None, lang: Lang) -> str:
    if span is None:
        return ""
    low, high = (label("no_limit", lang) if end is None else f"{end:g}" for end in span)
    return label("span", lang, low=low, high=high)


def _formula(node: Indicator) -> str:
    """The factor times numerators over denominators, in ids of quantities."""
    if node.derive is None:
        return ""
    above = _joined(node.derive.numerators, node.derive.combine)
    below = _joined(node.derive.denominators, node.derive.combine_denominators)
    return f"{node.derive.factor:g} x {above}" + (f" / {below}" if below else "")


def _joined(ids: tuple[str, ...], how: str) -> str:
    return ids[0] if len(ids) == 1 else f"{how}({', '.join(ids)})" if ids else ""


def _of_gap(framework: Framework, gap: Gap, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "gap", label("weight", lang, weight=gap.weight)
    yield "origin", _origin(gap.origin, gap.paper, lang)
    for level, told in gap.level_names.items():
        yield "level", f"{level}: {name(told, lang)}"
    tagged = [i for i in framework.indicators if i.gaps]
    yield "indicators", ", ".join(i.id for i in tagged if i.gaps and i.gaps.primary == gap.id)
    yield "related", ", ".join(i.id for i in tagged if i.gaps and gap.id in i.gaps.related)
    link = framework.gap_map.get(gap.id)
    if link is None:
        return
    headings = {measure.id: measure.name for measure in framework.measures}
    headings |= {issue.id: issue.name for issue in framework.issues}
    headings |= {barrier.id: barrier.name for barrier in framework.barriers}
    yield "weakens", ", ".join(link.weakens)
    for area, why in link.untagged.items():
        yield "untagged", f"{area}: {why}"
    for key in ("measures", "issues", "barriers"):
        for id_ in getattr(link, key):
            yield key, f"{id_} {name(headings[id_], lang)}"
    yield "first_action", name(link.first_action, lang)
