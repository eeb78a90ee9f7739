"""Plain text that fits a terminal: widths of Chinese and English, wrapping, hanging indents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len

# A piece is a run of letters that belongs together, or one wide sign that may end a line.
_PIECES = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+|[\u2e80-\u9fff\uff00-\uffef]|\s+")
# Signs that may not begin a line.
_CLOSING = "，。、；：？！）》”"


def printable(text: str) -> str:
    r"""Text from a file without what would steer the terminal: escapes, controls, odd spaces.

    >>> printable("a\x1b[31m\u3000b")
    'a\ufffd[31m b'
    """
    return "".join(
        sign if sign.isprintable() or sign == "\n" else " " if sign.isspace() else "\ufffd"
        for sign in text
    )


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
    """Words and wide signs with the space before them; closing signs stay with what they end."""
    held = ""
    for piece in _PIECES.findall(text):
        if piece in _CLOSING or not held.strip():
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
