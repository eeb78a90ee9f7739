"""Rows -> a Framework: the tree, its scales, the columns beside it, and the method."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from stiscore.errors import FrameworkInvalid, Location
from stiscore.io.elements.element import Element, Imported, Ledger, hint
from stiscore.io.elements.ids import as_id, ids, names
from stiscore.io.elements.tree import Branches, branches
from stiscore.words.coinr import BASIS, LEVEL, ORIGIN, UNITS, UNSTATED
from stiscore.words.faults import found, refusal

if TYPE_CHECKING:
    from stiscore.framework.model import Framework

LEVEL_ID = "all"
# COINr scores and ranks whatever has any value.
COVERAGE = {
    "min_unit_coverage": 0.0,
    "max_areas_missing": 1000,
    "min_area_coverage": 0.0,
    "min_column_coverage": 0.0,
}
Json = dict[str, Any]


class About(NamedTuple):
    """What rows do not say: the file and its program, id and title, choices of method."""

    file: str
    program: str
    id: str | None = None
    title: str | None = None
    method: Mapping[str, Any] = MappingProxyType({})


def assembled(elements: Sequence[Element], about: About, ledger: Ledger) -> Imported:
    """The framework of the rows, in their order.

    One level, ``all``, whose units may be any. Weights are those given, aggregation arithmetic,
    normalisation min-max 0-100 (COINr's defaults) unless ``about.method`` says otherwise. Raises
    InputRefused with every fault of the rows, FrameworkInvalid for what only shows when all stands
    together.
    """
    given = ids(elements, ledger)
    _denominators_exist(elements, ledger)
    top, below = branches(elements, ledger)
    called = names(elements, given, ledger)
    maker = _Maker(given, called, below)
    stem = about.id or about.file.rpartition(".")[0] or about.file
    own = as_id(stem)
    if about.id and own != about.id:
        ledger.note("F173", None, given=about.id, id=own)
    whole = {
        "schema": "stiscore.framework/1",
        "id": own,
        "version": "1",
        "title": _both(about.title or called[top.code]),
        "basis": BASIS[about.program].format(file=about.file),
        "origin_note": ORIGIN.filled(file=about.file)._asdict(),
        "levels": {LEVEL_ID: {"name": LEVEL._asdict(), "units": UNITS._asdict()}},
        "method": {**_method(elements, given), **about.method},
        "bands": {"scores": [], "severities": []},
        "index": maker.node(top),
        "quantities": [maker.quantity(e) for e in elements if e.kind == "Denominator"],
        "groupings": [maker.column(e) for e in elements if e.kind == "Group"],
    }
    return Imported(_checked(whole, about.file), ledger.notes)


def _checked(whole: Json, file: str) -> Framework:
    from stiscore.framework.check import faults
    from stiscore.framework.model import Framework

    framework = Framework.model_validate_json(json.dumps(whole))
    place = Location(file)
    flaws = [
        found(f.code, place, unit=None, group=None, at=None, **f.fields) for f in faults(framework)
    ]
    if flaws:
        raise refusal(FrameworkInvalid, flaws)
    return framework


def _denominators_exist(elements: Sequence[Element], ledger: Ledger) -> None:
    known = {e.code for e in elements if e.kind == "Denominator"}
    for element in elements:
        if element.denominator and element.denominator not in known:
            near = hint(element.denominator, known)
            fields = {"id": element.code, "given": element.denominator, "hint": near}
            ledger.note("F151", element.place("denominator"), **fields)


def _method(elements: Sequence[Element], given: Mapping[str, str]) -> Json:
    divided = {
        given[e.code]: {"denominate": {"id": "column", "denominator": given[e.denominator]}}
        for e in elements
        if e.denominator
    }
    return {
        "normalise": {"id": "min-max"},
        "weight": {"id": "declared", "area_weight": "equal"},
        "aggregate": {"id": "arithmetic"},
        "by_indicator": divided,
        "coverage": COVERAGE,
    }


def _both(text: str) -> Json:
    """A text that was given in one language stands in both."""
    return {"en": text, "zh": text}


class _Maker(NamedTuple):
    """Rows as parts of a framework file."""

    ids: Mapping[str, str]
    names: Mapping[str, str]
    below: Branches

    def node(self, element: Element) -> Json:
        """A branch with all below it, or a leaf."""
        own = {**self._named(element), "weight": element.weight}
        if element.kind == "Aggregate":
            return {**own, "children": [self.node(e) for e in self.below[element.code]]}
        scale: Json = {"target": element.target}
        if element.goalposts is not None:
            scale |= {"goalposts": element.goalposts, "basis": "judgement"}
        return {
            **own,
            "definition": {"numerator": _both(element.name or element.code)},
            "measured_in": element.unit or UNSTATED,
            "direction": "benefit" if element.direction > 0 else "cost",
            "levels": {LEVEL_ID: scale},
            "aliases": self._aliases(element),
        }

    def quantity(self, element: Element) -> Json:
        """A denominator."""
        return {**self.column(element), "measured_in": element.unit or UNSTATED}

    def column(self, element: Element) -> Json:
        """A column of the data beside the indicators."""
        return {**self._named(element), "aliases": self._aliases(element)}

    def _named(self, element: Element) -> Json:
        return {"id": self.ids[element.code], "name": _both(self.names[element.code])}

    def _aliases(self, element: Element) -> list[str]:
        """A code that could not stay: columns of data may still be headed with it."""
        changed = self.ids[element.code] != element.code != self.names[element.code]
        return [element.code] if changed and len(element.code) <= 200 else []
