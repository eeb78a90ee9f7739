"""What every section of the coherence audit returns: one table, its guards and its verdict.

A table is data: headings, cells in full precision, notes that say what was left out and why, and
one sentence with what it means. Rounding, languages and layout belong to report/.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, TypeAlias

from stiscore.dataset import Dataset, titled
from stiscore.framework.model import Group, Indicator
from stiscore.scores import Scores
from stiscore.words import Words

Kind = Literal["text", "number", "percent", "count"]

# None: not defined for this row. A percent cell holds a share, 0-1, or -1 to 1 for a difference.
Cell: TypeAlias = str | Words | float | int | None


class Head(NamedTuple):
    """A column: ``id`` is its key in JSON and CSV, ``digits`` the decimals shown to people.

    Without ``digits`` figures are shown as measured, to six significant digits.
    """

    id: str
    name: Words
    kind: Kind = "text"
    digits: int | None = 0


class AuditTable(NamedTuple):
    """One section of the audit.

    ``notes``: thresholds with their n, and what was not computed and why. ``verdict``: one
    sentence, what it means and what to do. ``skipped``: nothing could be computed, the notes say
    why and there are no rows.
    """

    id: str
    title: Words
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Words, ...]
    verdict: Words
    skipped: bool = False

    def column(self, head: str) -> tuple[Cell, ...]:
        """The cells under one heading; KeyError for a heading the table has not.

        >>> told = Words("Units", "单位")
        >>> table = AuditTable("t", told, (Head("n", told, "count"),), ((3,), (4,)), (), told)
        >>> table.column("n")
        (3, 4)
        """
        places = {h.id: i for i, h in enumerate(self.heads)}
        return tuple(row[places[head]] for row in self.rows)


# Over fewer common units a correlation is not computed.
LEAST_UNITS = 5
# Of more names than this only the number is told.
_SHOWN = 5


def listed(names: Sequence[Words | str]) -> Words:
    """The first few names, and how many more there are.

    >>> listed([Words("talent", "人才"), "hubs"])
    Words(en='talent, hubs', zh='人才、hubs')
    """
    more = len(names) - _SHOWN
    en, zh = (
        [each.say(lang) if isinstance(each, Words) else each for each in names[:_SHOWN]]
        for lang in ("en", "zh")
    )
    tail = (f" (+{more})", f"（另{more}个）") if more > 0 else ("", "")
    return _plain(", ".join(en) + tail[0], "、".join(zh) + tail[1])


def _plain(en: str, zh: str) -> Words:
    """Finished texts as Words: a brace in a label is no place for a figure."""
    en, zh = (text.replace("{", "{{").replace("}", "}}") for text in (en, zh))
    return Words(en, zh)


def named(node: Group | Indicator) -> Words:
    """What a row calls a node: its short name, or its name, with the id."""
    en, zh = node.name.short_en or node.name.en, node.name.short_zh or node.name.zh
    return _plain(f"{en} ({node.id})", f"{zh}（{node.id}）")


def row_name(data: Dataset, row: int) -> str:
    """What a table calls a row of data: the unit, and the period where there are several."""
    unit = titled(data.units[row], "both")
    return f"{unit} {data.periods[row]}" if len(set(data.periods)) > 1 else unit


def figure(value: float) -> float | None:
    """A figure as a cell: None where it is not defined."""
    return None if value != value else float(value)  # noqa: PLR0124 - NaN alone differs from itself


def area_of(scores: Scores) -> dict[int, Words]:
    """The name of the area every leaf lies in, by the leaf's place."""
    tree = scores.fitted.tree
    return {
        leaf: node_name(scores, area)
        for area in scores.fitted.areas
        for leaf in tree.leaves_under(area)
    }


def group_of(scores: Scores) -> dict[int, int]:
    """The group every leaf stands in, by the leaf's place; one beside the areas is its own.

    In a tree of two levels that is its area.
    """
    tree = scores.fitted.tree
    parents = enumerate(tree.parent[: tree.leaves])
    return {leaf: leaf if parent == tree.root else parent for leaf, parent in parents}


def deep(scores: Scores) -> bool:
    """Whether groups lie within groups below the index, so that an area is not one group."""
    tree = scores.fitted.tree
    return any(tree.parent[group] not in {tree.root, -1} for group in tree.groups)


def node_name(scores: Scores, place: int) -> Words:
    """What tables call a node of the scored tree."""
    id_ = scores.fitted.tree.ids[place]
    return named(next(n for n in scores.fitted.framework.nodes if n.id == id_))
