"""What of a framework has figures of its own: indicators and raw quantities, by any name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stiscore.errors import UsageError
from stiscore.framework.find import with_id
from stiscore.framework.flaw import heading
from stiscore.framework.model import Framework, Gap, Group, Indicator, Quantity
from stiscore.words.faults import found, refusal, unknown

Figure = Indicator | Quantity


def figure(
    framework: Framework, level: str, text: str, headers: Mapping[str, str] | None = None
) -> Figure:
    """The indicator or quantity of a level that goes by ``text``, in either language.

    Ids, names, short names and aliases count, and ``headers``: how a file heads what it holds, by
    id. UsageError for a group or gap (U171), which has no figure, and for anything else (U101).
    """
    known: dict[str, Figure] = dict(_names(framework, level))
    for id_, header in (headers or {}).items():
        held = next((f for f in known.values() if f.id == id_), None)
        if held is not None:
            known.setdefault(heading(header), held)
    wanted = heading(text)
    if wanted in known:
        return known[wanted]
    others: tuple[Group | Gap, ...] = (*framework.groups, *framework.gaps)
    for node in others:
        names = (node.id, node.name.en, node.name.zh, node.name.short_en, node.name.short_zh)
        if wanted in {heading(name) for name in names if name}:
            raise refusal(UsageError, [found("U171", node=with_id(node))])
    told = {name for f in known.values() for name in (f.id, f.name.en, f.name.zh)}
    raise unknown("figure", text, told)


def _names(framework: Framework, level: str) -> Iterator[tuple[str, Figure]]:
    """Every name with what it means; of two meanings the last counts, so indicators come last."""
    told: tuple[Figure, ...] = (*framework.quantities, *framework.at_level(level))
    for each in told:
        scoped = each.scope.aliases if isinstance(each, Quantity) and each.scope else ()
        names = (each.name.en, each.name.zh, each.name.short_en, each.name.short_zh)
        for name in (*scoped, *each.aliases, *names, each.id):
            if name:
                yield heading(name), each


def totals(framework: Framework) -> dict[str, str]:
    """Quantities that are part of another one, each with that one."""
    return {q.id: q.part_of for q in framework.quantities if q.part_of is not None}


def deepest_first(framework: Framework) -> tuple[str, ...]:
    """Ids of the quantities, each before what it is a part of."""
    above = totals(framework)

    def depth(quantity: str) -> int:
        """How many totals a quantity is part of, one inside the other."""
        return 1 + depth(above[quantity]) if quantity in above else 0

    return tuple(sorted((q.id for q in framework.quantities), key=depth, reverse=True))


__all__ = ["Figure", "deepest_first", "figure", "totals"]
