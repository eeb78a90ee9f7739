"""Columns of words in lines, so that more columns stand beside each other on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len

from stiscore.report.table import GUTTER, Field

# Words are not folded narrower while a column of figures could go instead.
_NARROW = 15
# What no line breaks in: Chinese may break after any sign but a bracket, and before any but the
# marks that end something.
_RUN = re.compile(r"[（《]?[^\s\u2e80-\u9fff\uff00-\uffef]+[，。、；：？！）》]*")
# Where a long id or word may be cut: after a sign that joins.
_PARTS = re.compile(r"[^_/-]*[_/-]+|[^_/-]+")


def folded(fields: Sequence[Field], width: int) -> list[Field]:
    """Words in lines, so that as many columns as can stand beside each other do.

    Columns of words share the room that figures leave; the column that may go soonest goes when it
    would leave less than 15 signs to any of them.
    """
    kept = list(fields)
    while True:
        texts = [f for f in kept if f.align == "left"]
        room = width - GUTTER * (len(kept) - 1)
        room -= sum(f.width for f in kept if f.align == "right")
        soonest = max(f.drop for f in kept)
        if room >= sum(min(f.width, _NARROW) for f in texts) or not soonest:
            break
        del kept[max(i for i, f in enumerate(kept) if f.drop == soonest)]
    wide = _fair([f.width for f in texts], room)
    return [_lined(f, wide) if f.align == "left" and f.width > wide else f for f in fields]


def _lined(field: Field, width: int) -> Field:
    """A column of words in lines; what is too long for one is cut after _, - or /."""
    cells = [_RUN.sub(lambda run: _cut(run[0], width), cell) for cell in field.cells]
    return field._replace(cells=cells).folded(width)


def _cut(word: str, width: int) -> str:
    """A word too long for a line, parted by spaces into pieces that fill one each.

    >>> _cut("hightech_newproduct_export", 20)
    'hightech_newproduct_ export'
    """
    if cell_len(word) <= width:
        return word
    pieces = [""]
    for part in _PARTS.findall(word):
        if cell_len(pieces[-1] + part) > width:
            pieces.append("")
        pieces[-1] += part
    return " ".join(filter(None, pieces))


def _fair(widths: list[int], room: int) -> int:
    """The width at which columns wider than it fill the room with the narrower ones.

    >>> _fair([10, 40, 50], 70)
    30
    """
    left, many = max(room, _NARROW), len(widths)
    for width in sorted(widths):
        if width * many > left:
            break
        left, many = left - width, many - 1
    return max(_NARROW, left // many) if many else max(widths, default=_NARROW)
