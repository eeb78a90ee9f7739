"""Faults of a tree that is given as rows with parents."""

from __future__ import annotations

from collections.abc import Sequence

from stiscore.io.elements.element import Element, Ledger, hint

# A framework file may be nested 50 deep, and each step of a tree nests two.
DEEPEST = 20
Branches = dict[str, list[Element]]


def branches(elements: Sequence[Element], ledger: Ledger) -> tuple[Element, Branches]:
    """The top of the tree, and the children of every aggregate by its code, in the rows' order.

    Raises InputRefused with every fault of the tree: parents that do not exist (F145), rows below
    themselves (F146), several tops (F147), indicators without a parent (F148), aggregates of
    nothing (F153), no indicator (F155), more than 20 steps (F157).
    """
    groups = {e.code: e for e in elements if e.kind == "Aggregate"}
    nodes = [e for e in elements if e.kind in ("Indicator", "Aggregate")]
    below: Branches = {code: [] for code in groups}
    for element in nodes:
        if element.parent in groups:
            below[element.parent].append(element)
        elif element.parent:
            near = hint(element.parent, set(groups) - {element.code})
            fields = {"id": element.code, "given": element.parent, "hint": near}
            ledger.note("F145", element.place("parent"), **fields)
        elif element.kind == "Indicator":
            ledger.note("F148", element.place("parent"), id=element.code)
    _childless(nodes, below, ledger)
    _circles(groups, ledger)
    top = _top(groups, ledger)
    ledger.settle()
    _too_deep(top, below, ledger)
    ledger.settle()
    return top, below


def _childless(nodes: Sequence[Element], below: Branches, ledger: Ledger) -> None:
    if not any(e.kind == "Indicator" for e in nodes):
        ledger.note("F155", None)
        return
    for element in nodes:
        if element.kind == "Aggregate" and not below[element.code]:
            ledger.note("F153", element.place("code"), id=element.code)


def _circles(groups: dict[str, Element], ledger: Ledger) -> None:
    """F146, once for each circle: rows that only hang below one are no fault of their own."""
    told: set[str] = set()
    for element in groups.values():
        met: list[str] = []
        at: Element | None = element
        while at is not None and at.code not in met and at.code not in told:
            met.append(at.code)
            at = groups.get(at.parent)
        if at is not None and at.code in met:
            path = " > ".join([*met[met.index(at.code) :], at.code])
            ledger.note("F146", at.place("parent"), id=at.code, path=path)
        told.update(met)


def _top(groups: dict[str, Element], ledger: Ledger) -> Element:
    """The one aggregate without a parent; where there is none, a fault was told already."""
    tops = [e for e in groups.values() if not e.parent]
    for other in tops[1:]:
        ledger.note("F147", other.place("parent"), id=other.code, first=tops[0].code)
    ledger.settle()
    return tops[0]


def _too_deep(top: Element, below: Branches, ledger: Ledger) -> None:
    level, steps = [top], 0
    while level:
        if steps > DEEPEST:
            ledger.note("F157", level[0].place("code"), id=level[0].code, limit=DEEPEST)
            return
        level = [child for e in level for child in below.get(e.code, ())]
        steps += 1
