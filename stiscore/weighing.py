"""Weights by another method: the methods asked for, the opinions they need, what comes of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from stiscore.analysis.declared import reproducing
from stiscore.analysis.weighted import weighted
from stiscore.dataset import Dataset
from stiscore.errors import UsageError
from stiscore.framework.method import MethodSettings
from stiscore.framework.model import Framework
from stiscore.framework.override import applied, fitting
from stiscore.framework.preset import WeightPreset
from stiscore.methods.weight import Declared
from stiscore.report.weights_model import WeightsReport
from stiscore.scorecard import appraise
from stiscore.scores import Fitted, build_tree
from stiscore.words.faults import found, refusal
from stiscore.words.weights import SHEETS

# The method that reads a kind of sheet, and its parameter.
_READERS = {"ahp": "judgements", "budget": "points"}
_OPTIONS = {"ahp": "--pairwise", "budget": "--points"}


class Opinions(NamedTuple):
    """What experts said: ``{"a/b": 3.0}``, and points by expert and node."""

    judgements: Mapping[str, float] = MappingProxyType({})
    points: Mapping[str, Mapping[str, float]] = MappingProxyType({})

    def of(self, method: str) -> Mapping[str, Any]:
        """What a method is told."""
        told: Mapping[str, Any] = getattr(self, _READERS[method])
        return told

    def nodes(self, method: str) -> set[str]:
        """The nodes that opinions are on."""
        if method == "ahp":
            return {node for pair in self.judgements for node in pair.split("/")}
        return {node for given in self.points.values() for node in given}


def opinions_in(
    pairwise: Sequence[str | Path], points: str | Path | None, framework: Framework
) -> Opinions:
    """What experts' files say; InputRefused with every fault of the sheets (F181 to F186)."""
    from stiscore.io.judgements import read_judgements, read_points
    from stiscore.io.parse import read_book

    books = [read_book(Path(each)) for each in pairwise]
    return Opinions(
        read_judgements(books, framework) if books else {},
        read_points(read_book(Path(points)), framework) if points is not None else {},
    )


def save_weights(told: WeightsReport, path: str | Path, *, force: bool = False) -> None:
    """Write weights as a file for ``--preset``; an existing file only with ``force``.

    Under them the framework gives each measured node the same share of its group. Raises UsageError
    where the file stands already, EnvironmentFault where it cannot be written.
    """
    from stiscore.io.weight_preset import preset_text
    from stiscore.io.write import write_whole

    write_whole(Path(path), preset_text(told.preset), force=force)


def weighed(
    data: Dataset,
    framework: Framework,
    methods: Sequence[str],
    opinions: Opinions,
    *,
    strict: bool = False,
    tolerate: bool = False,
) -> WeightsReport:
    """The weights of ``data`` under ``methods``; see ``stiscore.api.weights``."""
    wanted = settings(methods, opinions, framework, data.level)
    chosen = fitting(with_opinions(applied(framework, wanted), opinions))
    card = appraise(data, chosen, strict=strict, tolerate=tolerate)
    report = card.report_of(indicators=False)
    told = weighted(card.evaluated.scores, framework.method)
    preset = WeightPreset(
        schema="stiscore.preset/1",
        framework=framework.id,
        method=tuple(f"weight.{step}={id_}" for step, id_ in told.methods.items()),
        data=report.provenance.data_sha256,
        weights=reproducing(card.fitted, framework.method),
    )
    names = {node.id: node.name for node in framework.nodes}
    return WeightsReport(report, told, names, preset, _undeclared(card.fitted, framework.method))


def settings(
    methods: Sequence[str], opinions: Opinions, framework: Framework, level: str
) -> list[str]:
    """Settings as ``--method`` has them; a bare id is a weight method.

    A bare ``ahp`` or ``budget`` is meant for the steps that its sheets speak of, and for all where
    there are none. Sheets alone ask for the method that reads them, unless the framework uses it.
    """
    used = {method.id for method in _weighings(framework.method)}
    bare = list(methods) or [m for m in _READERS if opinions.of(m) and m not in used]
    told: list[str] = []
    for each in bare:
        if "=" in each:
            told.append(each)
        elif each in _READERS and opinions.of(each):
            steps = _steps(opinions.nodes(each), framework, level)
            told += [f"weight.{step}={each}" for step in steps] or [f"weight={each}"]
        else:
            told.append(f"weight={each}")
    return told


def _steps(nodes: Iterable[str], framework: Framework, level: str) -> list[str]:
    """The steps in which these nodes are weighed, from the indicators up."""
    tree = build_tree(framework, level)
    places = [tree.ids.index(node) for node in nodes if node in tree.ids]
    return [f"level{h}" for h in sorted({tree.height(tree.parent[place]) for place in places})]


def with_opinions(framework: Framework, opinions: Opinions) -> Framework:
    """The framework whose ``ahp`` and ``budget`` steps know the opinions.

    Raises UsageError (U103) where there are opinions and no step that asks for them.
    """
    tree = framework.model_dump(mode="json", by_alias=True)
    method = tree["method"]
    for id_, key in _READERS.items():
        given = opinions.of(id_)
        readers = [
            m for m in (method["weight"], *method["weight_levels"].values()) if m["id"] == id_
        ]
        if given and not readers:
            ids = ", ".join(sorted({m.id for m in _weighings(framework.method)}))
            option = _OPTIONS[id_]
            told = found("U103", option=option, form=SHEETS[option], given=ids)
            raise refusal(UsageError, [told])
        for reader in readers if given else ():
            reader[key] = {**_without(reader[key], given), **given}
    return Framework.model_validate_json(json.dumps(tree))


def _without(known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What the framework knew of other pairs, or of other experts."""
    told = {frozenset(key.split("/")) for key in given}
    return {key: value for key, value in known.items() if frozenset(key.split("/")) not in told}


def _weighings(method: MethodSettings) -> list[Any]:
    return [method.weight, *method.weight_levels.values()]


def _undeclared(fitted: Fitted, method: MethodSettings) -> tuple[str, ...]:
    """The settings without which declared weights would not be used by the framework."""
    heights = sorted({fitted.tree.height(bough.group) for bough in fitted.boughs})
    other = [h for h in heights if not isinstance(method.at("weight", h), Declared)]
    return tuple(f"weight.level{h}=declared" for h in other)
