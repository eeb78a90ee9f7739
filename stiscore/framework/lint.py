"""What a framework may have but its author should look at; ``stiscore framework check`` says it."""

from __future__ import annotations

from collections.abc import Iterator

from stiscore.framework.factors_check import flat_weights_say_little
from stiscore.framework.flaw import Flaw, indicators
from stiscore.framework.model import Framework, Group, Indicator


def doubts(framework: Framework) -> Iterator[Flaw]:
    """Every doubt about ``framework``, rule by rule."""
    for rule in RULES:
        yield from rule(framework)


def weakened_areas_are_tagged(framework: Framework) -> Iterator[Flaw]:
    """Each area a gap weakens has an indicator with its tag, or a reason."""
    groups = {group.id: group for group in framework.groups}
    for gap, link in framework.gap_map.items():
        for number, area in enumerate(link.weakens):
            if area in groups and area not in link.untagged and not _tagged(groups[area], gap):
                fields = {"gap": gap, "area": area}
                yield Flaw("F121", ("gap_map", gap, "weakens", number), fields)


def _tagged(node: Group | Indicator, gap: str) -> bool:
    if isinstance(node, Group):
        return any(_tagged(child, gap) for child in node.children)
    return node.gaps is not None and gap in (node.gaps.primary, *node.gaps.related)


def percentiles_name_their_table(framework: Framework) -> Iterator[Flaw]:
    """Goalposts that are percentiles say of what table and year."""
    for path, node in indicators(framework):
        for level, scale in node.levels.items():
            named = scale.basis_source and scale.basis_year
            if scale.basis == "percentile" and not named:
                fields = {"indicator": node.id, "level": level}
                yield Flaw("F122", (*path, "levels", level), fields, key=True)


def goalposts_are_plausible(framework: Framework) -> Iterator[Flaw]:
    """A value at a goalpost is not one that would be questioned."""
    for path, node in indicators(framework):
        for level, scale in node.levels.items():
            if scale.goalposts is None or scale.plausible is None:
                continue
            (low, high), (least, most) = scale.goalposts, scale.plausible
            if low < least or high > most:
                fields = {
                    "indicator": node.id,
                    "goalposts": f"{low:g} - {high:g}",
                    "plausible": f"{least:g} - {most:g}",
                }
                yield Flaw("F123", (*path, "levels", level, "goalposts"), fields)


def gaps_can_be_measured(framework: Framework) -> Iterator[Flaw]:
    """Each gap has a scored indicator at each level, and a row in the map where there is one."""
    for number, gap in enumerate(framework.gaps):
        for level in framework.levels:
            if not any(_speaks_of(node, gap.id) for node in framework.at_level(level)):
                yield Flaw("F124", ("gaps", number, "id"), {"gap": gap.id, "level": level})
        if framework.gap_map and gap.id not in framework.gap_map:
            yield Flaw("F127", ("gaps", number, "id"), {"gap": gap.id})


def _speaks_of(node: Indicator, gap: str) -> bool:
    return node.role != "context" and node.gaps is not None and node.gaps.primary == gap


def indicators_have_sources(framework: Framework) -> Iterator[Flaw]:
    """Someone publishes, or will have to collect, every figure."""
    for path, node in indicators(framework):
        if not node.sources:
            yield Flaw("F125", (*path, "id"), {"indicator": node.id})


def shares_divide_like_by_like(framework: Framework) -> Iterator[Flaw]:
    """A percentage is derived from quantities in one measurement, so no factor is hidden."""
    measured = {quantity.id: quantity.measured_in for quantity in framework.quantities}
    for path, node in indicators(framework):
        if node.derive is None or node.measured_in != "%" or not node.derive.denominators:
            continue
        units = sorted({measured[q] for q in node.derive.quantities if q in measured})
        if len(units) > 1:
            fields = {"indicator": node.id, "units": ", ".join(units)}
            yield Flaw("F126", (*path, "derive"), fields, key=True)


RULES = (
    weakened_areas_are_tagged,
    percentiles_name_their_table,
    goalposts_are_plausible,
    gaps_can_be_measured,
    indicators_have_sources,
    shares_divide_like_by_like,
    flat_weights_say_little,
)
