"""Tables for terminals: columns dropped whole by priority, figures never shortened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rich.cells import cell_len, chop_cells

from stiscore.report.layout import printable, wrapped

GUTTER = 2
# No column of text is folded narrower than this.
NARROWEST = 8


class Field(NamedTuple):
    """A column of a table: head, cells, and how soon it may go (0: never; larger: sooner).

    Columns of one ``family`` go together: they say the same of different units.
    """

    head: str
    cells: Sequence[str]
    align: Literal["left", "right"] = "right"
    drop: int = 0
    family: str = ""

    @property
    def width(self) -> int:
        """Terminal cells the column needs; a Chinese character takes two."""
        return max(cell_len(line) for t in (self.stacked, *self.cells) for line in t.split("\n"))

    @property
    def stacked(self) -> str:
        """The head broken at its spaces where it is wider than the cells under it."""
        widest = max((cell_len(line) for c in self.cells for line in c.split("\n")), default=0)
        words = self.head.split(" ")
        lines = words[:1]
        for word in words[1:]:
            joined = f"{lines[-1]} {word}"
            if cell_len(joined) <= max(widest, *(cell_len(w) for w in words)):
                lines[-1] = joined
            else:
                lines.append(word)
        return "\n".join(lines)

    def folded(self, width: int) -> Field:
        """The same column with its cells in lines of at most ``width``."""
        return self._replace(cells=[_fold(cell, width) for cell in self.cells])


class Laid(NamedTuple):
    """A table as lines that fit, and the heads and families of the columns that had to go."""

    heads: list[str]
    rows: list[str]
    hidden: tuple[str, ...]
    families: frozenset[str] = frozenset()


def lay_out(fields: Sequence[Field], width: int) -> Laid:
    """The columns that fit into ``width``, dropped by priority, the last of equals first.

    Where the columns that must stay are too wide, texts are folded into lines; figures never are.

    >>> lay_out([Field("Unit", ["x"]), Field("Area", ["1.0"], drop=1)], 6).hidden
    ('Area',)
    """
    kept, widths = list(fields), [field.width for field in fields]
    while sum(widths) + GUTTER * (len(kept) - 1) > width and any(f.drop for f in kept):
        soonest = max(f.drop for f in kept)
        gone = max(i for i, f in enumerate(kept) if f.drop == soonest)
        kin = {i for i, f in enumerate(kept) if f.family and f.family == kept[gone].family}
        for place in sorted({gone, *kin}, reverse=True):
            del kept[place], widths[place]
    hidden = tuple(f for f in fields if all(f is not k for k in kept))
    shown = _fitted(kept, width)
    heads = [printable(field.stacked).split("\n") for field in shown]
    high = max(map(len, heads))
    stood = ["\n" * (high - len(head)) + "\n".join(head) for head in heads]
    places = [(field.width, field.align) for field in shown]
    rows = [
        line for row in zip(*(f.cells for f in shown), strict=True) for line in _lines(row, places)
    ]
    return Laid(
        list(_lines(stood, places)),
        rows,
        tuple(dict.fromkeys(f.head for f in hidden)),
        frozenset(f.family for f in hidden if f.family),
    )


def in_blocks(head: Field, groups: Sequence[Sequence[Field]], width: int) -> list[list[Field]]:
    """Columns too many for one table as several, each beginning with ``head``.

    Groups stay whole and in order, and none is left out: only columns that may go are not counted.

    >>> head, one, two = Field("Area", ["Hubs"], "left"), Field("A", ["1.0"]), Field("B", ["2.0"])
    >>> [[f.head for f in block] for block in in_blocks(head, [[one], [two]], 12)]
    [['Area', 'A'], ['Area', 'B']]
    """
    # Texts that name the rows fold, and a third of the width is enough for them.
    room = width - min(head.width, max(2 * NARROWEST, width * 3 // 10))
    blocks: list[list[Field]] = []
    left = 0
    for group in groups:
        needed = sum(f.width + GUTTER for f in group if not f.drop)
        if not blocks or needed > left:
            blocks.append([head])
            left = room
        blocks[-1].extend(group)
        left -= needed
    return blocks


def _lines(cells: Sequence[str], places: Sequence[tuple[int, str]]) -> Iterator[str]:
    """A row as lines, as many as its highest cell has; ``places``: each column's width, side."""
    parts = [printable(cell).split("\n") for cell in cells]
    for line in range(max(map(len, parts))):
        texts = [part[line] if line < len(part) else "" for part in parts]
        padded = (_padded(text, *place) for text, place in zip(texts, places, strict=True))
        yield (" " * GUTTER).join(padded).rstrip()


def _padded(text: str, width: int, align: str) -> str:
    space = " " * (width - cell_len(text))
    return text + space if align == "left" else space + text


def bar(value: float | None, width: int = 20, *, ascii_only: bool = False) -> str:
    """A bar of 0-100 in eighths of a cell.

    >>> bar(50, 4), bar(None, 4), bar(50, 4, ascii_only=True)
    ('██', '', '##')
    """
    if value is None:
        return ""
    eighths = round(max(0.0, min(100.0, value)) / 100 * width * 8)
    whole, rest = divmod(eighths, 8)
    if ascii_only:
        return "#" * (whole + (rest >= 4))
    return "█" * whole + ("" if rest == 0 else chr(0x2590 - rest))


def _needs(fields: Sequence[Field]) -> int:
    return sum(f.width for f in fields) + GUTTER * (len(fields) - 1)


def _fitted(fields: Sequence[Field], width: int) -> list[Field]:
    """Columns of text folded, the widest first, by as much as the table is too wide."""
    told = list(fields)
    texts = [i for i, f in enumerate(told) if f.align == "left" and f.width > NARROWEST]
    for place in sorted(texts, key=lambda i: -told[i].width):
        excess = _needs(told) - width
        if excess > 0:
            told[place] = told[place].folded(max(NARROWEST, told[place].width - excess))
    return told


def _fold(text: str, width: int) -> str:
    return "\n".join(
        piece for line in wrapped(text, width).split("\n") for piece in chop_cells(line, width)
    )
