"""Names printed over several lines or cells, joined: ``引进技术`` over ``经费支出``.

In a yearbook ``#`` marks a part of the column before it; alone it names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from stiscore.io.grid import CellKind
from stiscore.io.measurement import measure, plain, stated
from stiscore.units.normal import has_han

if TYPE_CHECKING:
    from stiscore.io.grid import Grid
    from stiscore.io.vocabulary import Vocabulary

_CHILD = re.compile(r"\s*[#＃]")
_UNIT_LINE = re.compile(r"\s*[(（\[]?\s*(?:计量)?(?:单位|unit)", re.IGNORECASE)
_TITLE_ROWS = 10
_TITLE_CELLS = 2


def is_child(text: str) -> bool:
    """Whether a header marks a part of the column before it.

    >>> is_child("#出口（万元）"), is_child("出口")
    (True, False)
    """
    return _CHILD.match(text) is not None


def joined(texts: Sequence[str], parent: Sequence[str] | None = None) -> list[str]:
    r"""The Chinese and the Latin name that lines make together; a part is named after its whole.

    >>> joined(["引进技术", "经费支出", "Expenditure for", "Acquisition"])
    ['引进技术经费支出', 'Expenditure for Acquisition']
    >>> joined(["#出口(万元)"], ["销售收入(万元)"]), joined(["#出口"])
    (['销售收入#出口(万元)'], [])
    """
    lines = [line for text in texts for line in re.split(r"_x000D_|[\r\n]+", text) if line.strip()]
    if lines and is_child(lines[0]):
        if parent is None:
            return []
        whole = [stated(name)[0] for name in joined(parent)]
        own = joined([_CHILD.sub("", lines[0], count=1), *lines[1:]])
        return [f"{w}#{o}" for w, o in zip(whole, own, strict=False)]
    return list(_by_script([plain(line) for line in lines]))


def said_above(grid: Grid, before: int) -> tuple[str, ...]:
    """Measurements stated for a whole table in the rows before one: ``单位：万元``, ``(%)``."""
    texts = (text for row in range(before) for _, text in grid.words(row))
    return tuple(given for text in texts for given in measured_whole(text))


def measured_whole(text: str) -> list[str]:
    """The measurements a cell states that holds nothing else."""
    name, given = stated(text)
    if given is None or name:
        return []
    if measure(given):
        return [given]
    return re.split(r"[、,，;；]\s*", given) if _UNIT_LINE.match(text) else []


def _by_script(lines: Sequence[str]) -> Iterator[str]:
    chinese = [line for line in lines if has_han(line)]
    latin = [line for line in lines if not has_han(line)]
    if chinese:
        # A measurement below a Chinese name belongs to it: (%) has no script of its own.
        tail = [line for line in latin if line.startswith("(")]
        yield "".join([*chinese, *tail[:1]])
    if latin:
        yield " ".join(latin)


def title_of(grid: Grid, vocabulary: Vocabulary) -> str:
    """What stands above a table: the rows at the top with hardly a cell in them."""
    told = []
    # Of a part of a sheet the top is where the part begins.
    top = int((grid.kinds != CellKind.EMPTY).any(axis=1).argmax()) if grid.kinds.size else 0
    for row in range(top, min(top + _TITLE_ROWS, grid.shape[0])):
        filled = (grid.kinds[row] != CellKind.EMPTY).nonzero()[0].tolist()
        texts = [grid.text(row, c).strip() for c in filled]
        if len(texts) > _TITLE_CELLS or any(vocabulary.role(t) for t in texts):
            break
        told += texts
    return " ".join(told)
