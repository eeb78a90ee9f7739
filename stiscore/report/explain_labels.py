"""An explanation under other labels: the units next above are called as the unit itself is."""

from __future__ import annotations

from stiscore.analysis.explain import Branch, Leaf
from stiscore.analysis.explanation import Explanation
from stiscore.analysis.next_rank import Above
from stiscore.report.labels import renamed
from stiscore.units.labels import LabelSet
from stiscore.words import Lang


def relabelled(told: Explanation, labels: LabelSet, lang: Lang | None = None) -> Explanation:
    """The explanation with every other unit it names called as ``labels`` has it.

    ``lang``: as in ``labels.relabelled``.
    """

    def called(above: Above | None) -> Above | None:
        """The unit next above under its new label."""
        return above and above._replace(unit=renamed(above.unit, labels, lang))

    def part(held: Branch | Leaf) -> Branch | Leaf:
        """A node and all under it."""
        if isinstance(held, Leaf):
            return held._replace(above=called(held.above))
        children = tuple(part(child) for child in held.children)
        return held._replace(above=called(held.above), children=children)

    ahead, gap = told.ahead, told.gap
    return told._replace(
        parts=tuple(part(each) for each in told.parts),
        ahead=ahead and ahead._replace(above=called(ahead.above)),
        gap=gap and gap._replace(above=called(gap.above)),
    )
