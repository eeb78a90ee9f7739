"""Weights by a method with what their renderers need around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stiscore.analysis.weighted import NodeWeight, Weighted
from stiscore.finding import Findings
from stiscore.framework.model import Name
from stiscore.framework.preset import WeightPreset
from stiscore.report.model import Report

if TYPE_CHECKING:
    from stiscore.words import Lang


@dataclass(frozen=True, slots=True, eq=False)
class WeightsReport:
    """The weights of one table by a method. Frozen; text is made on demand.

    ``preset``: the declared weights that give the same. ``switches``: method settings without which
    the framework would not use declared weights, for its own method is another.
    """

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

    def to_text(self, lang: Lang = "en", width: int = 80) -> str:
        """What the command line prints, at most ``width`` columns wide."""
        from stiscore.report import weights_text
        from stiscore.report.screen import Screen

        return weights_text.text(self, Screen(lang, width))

    def to_markdown(self, lang: Lang = "en") -> str:
        """The same as markdown."""
        from stiscore.report import weights_text

        return weights_text.markdown(self, lang)

    def to_json(self) -> str:
        """Everything in full precision as ``stiscore.weights/1``."""
        from stiscore.report import weights_json

        return weights_json.as_json(self)

    def to_csv(self) -> str:
        """Tidy rows: unit (blank: the table as a whole), node, figures."""
        from stiscore.report import weights_json

        return weights_json.as_csv(self)
