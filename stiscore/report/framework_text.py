"""The framework for reading: the tree, and all that one of its parts carries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from stiscore.framework.find import Part
from stiscore.framework.model import Framework, Group, Indicator
from stiscore.report.framework_part import called, carried, facts, standing
from stiscore.report.layout import field, printable, wrapped
from stiscore.report.markdown import escape
from stiscore.report.phrases import name, told
from stiscore.words import Lang
from stiscore.words.framework import label
from stiscore.words.measurements import measured


class _Row(NamedTuple):
    """A node of the tree: what it is called, and lines of facts on it."""

    depth: int
    head: str
    facts: tuple[str, ...]
    leaf: bool


def counts(framework: Framework, lang: Lang) -> str:
    """How much there is, in one line."""
    scored = [
        label("scored_at", lang, level=level, n=len(framework.scored_at(level)))
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


def markdown(
    framework: Framework, part: Framework | Part, lang: Lang, *, level: str | None = None
) -> str:
    """The same as markdown: a heading, then nested lists."""
    if isinstance(part, Framework):
        head, *opening = _opening(framework, lang)
        lines = [f"# {escape(head)}", "", *(f"{escape(text)}  " for text in opening), ""]
        lines += [line for c in framework.index.children for line in _listed(c, lang, level)]
        lines += ["", f"## {escape(label('gaps', lang))}", ""]
        lines += [
            f"- {escape(gap.id)}: {escape(name(called(gap, level), lang))}"
            for gap in framework.gaps
        ]
        return "\n".join(lines) + "\n"
    lines = [f"# {escape(part.id)} {escape(name(called(part, level), lang))}", ""]
    lines += [
        f"- **{escape(label(key, lang))}**: {escape(value)}"
        for key, value in carried(framework, part, lang, level)
        if value
    ]
    if isinstance(part, Group):
        lines += ["", *(line for c in part.children for line in _listed(c, lang, level))]
    return "\n".join(lines) + "\n"


def _listed(node: Group | Indicator, lang: Lang, level: str | None) -> Iterator[str]:
    """A node and all below it as a nested list."""
    for row in _branch(node, lang, level, 0):
        text = told(row.head, facts(row.facts, lang), lang)
        yield f"{'  ' * row.depth}- {escape(text)}"


def _opening(framework: Framework, lang: Lang) -> list[str]:
    head = f"{name(framework.title, lang)}  {framework.id} {framework.version}"
    return [head, counts(framework, lang), name(framework.origin_note, lang)]


def overview(framework: Framework, lang: Lang, *, level: str | None = None, width: int = 80) -> str:
    """The whole tree: groups, indicators with role, weight, direction, goalposts and gaps."""
    lines = [wrapped(line, width) for line in _opening(framework, lang)]
    for child in framework.index.children:
        lines += ["", *_on_screen(child, lang, level, width)]
    lines += ["", label("gaps", lang)]
    for gap in framework.gaps:
        lines += [
            wrapped(f"{gap.id}  {label('weight', lang, weight=gap.weight)}", width, 2),
            wrapped(name(called(gap, level), lang), width, 4),
        ]
    return "\n".join(lines) + "\n"


def detail(
    framework: Framework, part: Part, lang: Lang, *, level: str | None = None, width: int = 80
) -> str:
    """All that one part carries; of a group also the tree below it."""
    lines = [wrapped(printable(f"{part.id}  {name(called(part, level), lang)}"), width)]
    lines += [
        _field(label(key, lang), printable(value), width)
        for key, value in carried(framework, part, lang, level)
        if value
    ]
    if isinstance(part, Group):
        lines += [""]
        for child in part.children:
            lines += _on_screen(child, lang, level, width)
    return "\n".join(lines) + "\n"


def _field(head: str, value: str, width: int) -> str:
    """A label and its value, one under the other where an id would stand out on the right."""
    told = field(head, value, width)
    if max(map(cell_len, told.splitlines())) <= width:
        return told
    return f"{wrapped(head, width, 2)}\n{wrapped(value, width, 4)}"


def _on_screen(node: Group | Indicator, lang: Lang, level: str | None, width: int) -> Iterator[str]:
    for row in _branch(node, lang, level, 0):
        yield wrapped(row.head, width, 2 * row.depth)
        yield from (wrapped(text, width, 2 * (row.depth + row.leaf)) for text in row.facts)


def _branch(node: Group | Indicator, lang: Lang, level: str | None, depth: int) -> Iterator[_Row]:
    if isinstance(node, Indicator):
        if level is None or level in node.levels:
            yield _leaf(node, lang, level, depth)
        return
    weight = (facts(standing(node, lang), lang),)
    yield _Row(depth, f"{name(node.name, lang)}  {node.id}", weight, leaf=False)
    for child in node.children:
        yield from _branch(child, lang, level, depth + 1)


def _leaf(node: Indicator, lang: Lang, level: str | None, depth: int) -> _Row:
    unit = measured(node.measured_in, lang)
    head = label("measured", lang, name=name(node.name, lang), unit=unit)
    first = facts([node.id, *standing(node, lang), label(node.direction, lang)], lang)
    posts = [
        label("goalposts", lang, level=key, low=scale.goalposts[0], high=scale.goalposts[1])
        for key, scale in node.levels.items()
        if scale.goalposts is not None and level in (None, key)
    ]
    tags = [f"{label('gap', lang)} {node.gaps.primary}"] if node.gaps else []
    related = [f"{label('related', lang)} {gap}" for gap in node.gaps.related] if node.gaps else []
    second = facts([*posts, *tags, *related], lang)
    return _Row(depth, head, tuple(filter(None, (first, second))), leaf=True)
