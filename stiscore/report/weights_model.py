"""Weights by a method with what their renderers need around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from stiscore.analysis.weighted import NodeWeight, Weighted
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.framework.preset import WeightPreset
from stiscore.report.model import Report
from stiscore.report.printed import Tabled


@dataclass(frozen=True, slots=True, eq=False)
class WeightsReport(Tabled):
    """The weights of one table by a method. Frozen; text is made on demand.

    ``preset``: the declared weights that give the same. ``switches``: method settings without which
    the framework would not use declared weights, for its own method is another.
    """

    renderers: ClassVar[str] = "weights"
    report: Report
    told: Weighted
    names: Mapping[str, Name]
    preset: WeightPreset
    switches: tuple[str, ...] = ()

    @property
    def nodes(self) -> tuple[NodeWeight, ...]:
        """Every measured node, parents first; shares are 0-1."""
        return self.told.nodes

    @property
    def weights(self) -> dict[str, float]:
        """Share of its group by node, 0-1; those of a group sum to 1."""
        return {node.node: node.local for node in self.nodes}

    @property
    def findings(self) -> Findings:
        """Warnings and notes on the data, the scores and the judgements."""
        return self.report.findings
