"""Weights on a terminal, and as markdown: the table, consistency, shares of units, what to mind."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.analysis.weighted import INCONSISTENT, NodeWeight, OwnWeights
from stiscore.methods.base import members
from stiscore.methods.weight import Weighting
from stiscore.report.markdown import escape
from stiscore.report.parts import Part, as_markdown, on_screen
from stiscore.report.phrases import figure, footer, listed, name, opening, words
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.report.weights_model import WeightsReport
from stiscore.words import Lang, Words
from stiscore.words.weights import ABOUT, WEIGHTS, say

_COLUMNS = ("declared", "local", "declared_effective", "effective", "difference")
# Inside the group first: what a node counts in the index stays at any width.
_IN_GROUP = ("declared", "local")
_DROPS = {**dict.fromkeys(_IN_GROUP, 2), "declared_effective": 1}
_READ_FROM_DATA = {
    m.model_fields["id"].default for m in members(Weighting) if getattr(m, "uses_data", False)
}


def text(told: WeightsReport, screen: Screen) -> str:
    """All tables at the screen's width; columns that do not fit go whole, and a line says so."""
    title, *rest = _beginning(told, screen.lang)
    screen.line(title, "bold")
    screen.lines(rest)
    on_screen(_tables(told, screen.lang), screen)
    screen.line()
    screen.lines([note.say(screen.lang) for note in notes(told)])
    screen.line()
    screen.lines(footer(told.report, screen.lang, caveats=False), "dim")
    return screen.text()


def markdown(told: WeightsReport, lang: Lang) -> str:
    """All tables as pipe tables, labels escaped."""
    title, *rest = _beginning(told, lang)
    lines = [f"# {escape(title)}", "", *(f"{escape(each)}  " for each in rest), ""]
    lines += as_markdown(_tables(told, lang))
    lines += [f"{escape(note.say(lang))}  " for note in notes(told)]
    ending = footer(told.report, lang, caveats=False)
    return "\n".join([*lines, "", *(f"{escape(each)}  " for each in ending)]) + "\n"


def notes(told: WeightsReport) -> list[Words]:
    """What a reader should know of the methods in use, one line each."""
    used = dict.fromkeys(told.told.methods.values())
    lines = [ABOUT["data"]] if _READ_FROM_DATA & used.keys() else []
    return [*lines, *(ABOUT[id_].filled(limit=INCONSISTENT) for id_ in used if id_ in ABOUT)]


def _beginning(told: WeightsReport, lang: Lang) -> Iterator[str]:
    methods = told.told.methods
    if len(set(methods.values())) == 1:
        named = next(iter(methods.values()))
    else:
        steps = (say("step", lang, method=m, step=step) for step, m in methods.items())
        named = listed(steps, lang)
    yield say("head", lang, method=named)
    yield from opening(told.report, lang)


def _tables(told: WeightsReport, lang: Lang) -> Iterator[Part]:
    yield Part(fields=_nodes(told, lang), beneath=(say("columns", lang),))
    if told.told.consistency:
        yield Part(say("judged", lang), _judged(told, lang))
    if told.told.own:
        *inside, top = told.told.own
        groups = listed((name(told.names[own.group], lang) for own in inside), lang)
        beneath = (say("elsewhere", lang, groups=groups),) if inside else ()
        group = words(told.names[top.group])
        yield Part(say("own", lang, group=group), _shares(told, top, lang), beneath=beneath)


def _nodes(told: WeightsReport, lang: Lang) -> list[Field]:
    nodes = [node for node in told.nodes if node.parent is not None]
    called = [f"{'  ' * (n.depth - 1)}{_called(told, n.node, lang)}" for n in nodes]
    columns = [
        Field(
            say(key, lang),
            [_percent(n, key) for n in nodes],
            drop=_DROPS.get(key, 0),
            family="group" if key in _IN_GROUP else "",
        )
        for key in _COLUMNS
    ]
    return [Field(say("node", lang), called, "left"), *columns]


def _called(told: WeightsReport, node: str, lang: Lang) -> str:
    return name(told.names[node], lang, short=True)


def _percent(node: NodeWeight, key: str) -> str:
    value = 100 * float(getattr(node, key))
    return f"{round(value, 1) + 0.0:+.1f}" if key == "difference" else figure(value)


def _judged(told: WeightsReport, lang: Lang) -> list[Field]:
    held = told.told.consistency
    return [
        Field(say("group", lang), [name(told.names[c.group], lang) for c in held], "left"),
        Field(say("things", lang), [str(c.things) for c in held]),
        Field(say("lambda_max", lang), [figure(c.lambda_max, 3) for c in held], drop=1),
        Field(say("ratio", lang), [figure(c.ratio, 3) for c in held]),
    ]


def _shares(told: WeightsReport, own: OwnWeights, lang: Lang) -> list[Field]:
    """Units by score, those without one last."""
    units = sorted(own.units, key=lambda u: (u.score is None, -(u.score or 0.0)))
    several = len({u.period for u in units}) > 1
    called = [f"{u.unit.label} {u.period}" if several else u.unit.label for u in units]
    columns = [
        Field(_called(told, child, lang), [_share(u.shares[i]) for u in units], drop=i + 1)
        for i, child in enumerate(own.children)
    ]
    scores = Field(WEIGHTS["score"].say(lang), [figure(u.score) for u in units])
    return [Field(say("unit", lang), called, "left"), scores, *columns]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.0%}"
