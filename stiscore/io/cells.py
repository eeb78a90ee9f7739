"""One cell's text -> a number or missing, strictly.

What is not plainly a number is not guessed at: a figure read wrongly does more harm than a cell
that is asked about. Digits are ASCII after one declared normalisation (full-width forms, kinds of
space and minus); superscripts, circled digits and other scripts are not digits here, since
``12.3²`` is a figure with a footnote and not 12.32.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from stiscore.dataset import Flag


class Parsed(NamedTuple):
    """A number or None, what is to be said of it, and whether a per cent sign stood behind it."""

    value: float | None
    flag: Flag
    percent: bool


_FULL_WIDTH = {
    ord(full): plain
    for full, plain in zip(
        "０１２３４５６７８９．，％＋－／：＊", "0123456789.,%+-/:*", strict=True
    )
}
# A thin or no-break space groups digits; an ordinary one does not, "12 345" may be two figures.
_GROUPING = {ord(space): "\u00a0" for space in "\u2007\u2009\u202f"}
_PLAIN_FORM = {
    **_FULL_WIDTH,
    **_GROUPING,
    ord("\u2212"): "-",
    ord("\u200b"): None,
    ord("\ufeff"): None,
}

MISSING_MARKS = frozenset(
    {"..", "...", "....", "…", "……", "⋯", "na", "n/a", "n.a.", "-", "--", "—", "——", "–", "/", ":"}
)

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
# Whether a text is a plain number: what most cells are, and what needs no closer look.
plain_number = _PLAIN.fullmatch
# "0,123" is no group of thousands, and "1,5" is never taken for a European decimal.
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?:\u00a0[0-9]{3})+)(?:\.[0-9]+)?")
# Provisional, estimated, imputed, revised: the flags statistical offices put behind a figure. More
# letters would let "5 m" or "1.2 b" lose a million or a billion.
_LONE_COMMA = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}(?![0-9,.])")
_FLAGGED = re.compile(r"(?P<number>.*?[0-9.%])(?:\s+[pire]{1,2}|\s*\*{1,3})", re.DOTALL)
_ERROR = re.compile(
    r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE
)

_NONE = Flag(0)
_BLANK = Parsed(None, Flag.BLANK, False)
_MARK = Parsed(None, Flag.MISSING_MARK, False)
_NOT_A_NUMBER = Parsed(None, Flag.NOT_A_NUMBER, False)
_ERROR_CELL = Parsed(None, Flag.ERROR_CELL, False)


def parse_cell(text: str) -> Parsed:
    """The number a cell's text shows, or why there is none.

    Blank and missing marks give None; blank is never zero, a lone 0 is 0. A per cent sign is told,
    not applied: 12.3% gives 12.3. Never raises; never gives NaN or infinity.

    >>> parse_cell("1,234.5").value, parse_cell("12.3%").percent, parse_cell("１２．３").value
    (1234.5, True, 12.3)
    >>> parse_cell("1,5").flag.name, parse_cell("…").flag.name, parse_cell("12.3 p").flag.name
    ('NOT_A_NUMBER', 'MISSING_MARK', 'NUMBER_AS_TEXT')
    """
    if plain_number(text):
        return _finite(text, _NONE, percent=False)
    plain = text.translate(_PLAIN_FORM).strip()
    if not plain:
        return _BLANK
    if plain.casefold() in MISSING_MARKS:
        return _MARK
    if _ERROR.fullmatch(plain):
        return _ERROR_CELL
    flagged = _FLAGGED.fullmatch(plain)
    if flagged:
        return _number(flagged["number"].rstrip(), Flag.NUMBER_AS_TEXT)
    return _number(plain, _NONE)


def lone_comma(text: str) -> bool:
    """Whether a figure's one comma could as well be a decimal sign: ``12,345``, not ``1,234.5``.

    >>> lone_comma("12,345"), lone_comma("1,234.5"), lone_comma("1,234,567")
    (True, False, False)
    """
    return _LONE_COMMA.match(text.translate(_PLAIN_FORM).strip()) is not None


def _number(text: str, flag: Flag) -> Parsed:
    percent = text.endswith("%")
    digits = text[:-1].rstrip() if percent else text
    if _PLAIN.fullmatch(digits):
        return _finite(digits, flag, percent=percent)
    if _GROUPED.fullmatch(digits):
        return _finite(digits.replace(",", "").replace("\u00a0", ""), flag, percent=percent)
    return _NOT_A_NUMBER


def _finite(digits: str, flag: Flag, *, percent: bool) -> Parsed:
    value = float(digits)
    return Parsed(value, flag, percent) if math.isfinite(value) else _NOT_A_NUMBER
