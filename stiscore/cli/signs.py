"""What stands in for signs that the stream's encoding does not have: a console never crashes."""

from __future__ import annotations

import codecs
from unicodedata import east_asian_width, normalize

ERRORS = "stiscore.plain"
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("█▉▊▋▌", "#"),
        # Less than half a cell, as --ascii has it.
        **dict.fromkeys("▍▎▏", " "),
        **dict.fromkeys("−–—‑", "-"),
        **dict.fromkeys("→⇒", ">"),
        "←": "<",
        "×": "x",
        "·": ".",
        "•": "*",
        "…": ".",
        "‰": "%",
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("“”", '"'),
    }
)


def plain(text: str) -> str:
    """Text in ASCII signs of the same width: what they look like, else ``?``; tables stay aligned.

    >>> plain("é − ▌ “福建”，50％")
    'e - # "????", 50% '
    """
    return "".join(map(_plain, text))


def _plain(sign: str) -> str:
    width = 2 if east_asian_width(sign) in "WF" else 1
    look = sign.translate(_PLAIN)
    if not look.isascii():
        look = "".join(part for part in normalize("NFKD", sign) if part.isascii())
    return look.ljust(width) if len(look) in range(1, width + 1) else "?" * width


def _replaced(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return plain(fault.object[fault.start : fault.end]), fault.end


def register() -> str:
    """Make the substitution known to all streams; the name they know it by."""
    codecs.register_error(ERRORS, _replaced)
    return ERRORS
