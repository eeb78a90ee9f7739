"""Plain text that fits a terminal: widths of Chinese and English, wrapping, hanging indents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

# A piece is a run of letters that belongs together, or one wide sign that may end a line.
_PIECES = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef]|\s+")
# A space by which a Chinese head breaks into lines; in one line none belongs there.
_BREAK = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef]) (?=[\u2e80-\u9fff\uff00-\uffef])")
# Signs that may not begin a line, and signs that may not end one.
_CLOSING = "，。、；：？！）》”’"
_OPENING = "（《“‘"


def printable(text: str) -> str:
    r"""Text from a file without what would steer the terminal: escapes, controls, odd spaces.

    >>> printable("a\x1b[31m\u3000b")
    'a\ufffd[31m b'
    """
    return "".join(
        sign if sign.isprintable() or sign == "\n" else " " if sign.isspace() else "\ufffd"
        for sign in text
    )


def in_one(head: str) -> str:
    """A head in one line, without the spaces that only break it.

    >>> in_one("排名 区间"), in_one("Rank range"), in_one("Rank 排名")
    ('排名区间', 'Rank range', 'Rank 排名')
    """
    return _BREAK.sub("", head)


def wrapped(text: str, width: int, indent: int = 0, hanging: int = 0) -> str:
    """``text`` in lines of at most ``width`` columns; lines after the first hang further in.

    A word longer than a line is not cut.

    >>> print(wrapped("one two three", 8, indent=1, hanging=2))
     one two
       three
    """
    lines, line = [], " " * indent
    start = len(line)
    for piece in _pieces(text):
        if cell_len(line) + cell_len(piece.rstrip()) > width and len(line) > start:
            lines.append(line.rstrip())
            line = " " * (indent + hanging)
            start = len(line)
            line += piece.lstrip()
        else:
            line += piece
    return "\n".join([*lines, line.rstrip()])


def _pieces(text: str) -> Iterator[str]:
    """Words and wide signs with the space before them; brackets stay with what they hold."""
    held = ""
    for piece in _PIECES.findall(text):
        if piece in _CLOSING or not held.strip() or held[-1] in _OPENING:
            held += piece
            continue
        yield held
        held = piece
    if held:
        yield held


def field(name: str, value: str, width: int, indent: int = 2, column: int = 16) -> str:
    """A name and its value, the value hanging under itself."""
    head = name + " " * max(1, column - cell_len(name))
    return wrapped(head + value, width, indent, max(column, cell_len(head)))
