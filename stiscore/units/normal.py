"""A label as it is compared: what differs in writing only is made the same."""

from __future__ import annotations

import re
import unicodedata

_TAG = re.compile(r"<sup\b[^<>]*>[^<>]*</sup>", re.IGNORECASE)
# What stands after a name and is no part of it: a year in brackets, footnote marks.
_MARKS = "*†‡⁰¹²³⁴⁵⁶⁷⁸⁹ \t\n\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_YEAR = re.compile(r"[(（]\s*(?:19|20|１９|２０)\d\d\s*年?\s*[)）]$")
# One mark for the many that look alike; marks without width vanish.
_UNIFIED = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("•‧・∙⋅", "·"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "İ": "i",  # whose lower case would keep the dot as a mark of its own
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    }
)


def normalise(text: str) -> str:
    """A label as it is compared: width, case, spaces, quotes and dots unified, notes dropped.

    Notes are ``<sup>`` tags, and after the name a year in brackets, ``*``, ``†``, ``‡`` and
    superscript digits. Spaces beside Chinese characters go; others collapse. Accents stay.
    Normalising twice changes nothing.

    >>> normalise("  内　蒙 古 "), normalise("Israel<sup>c</sup>"), normalise("Chile （2020）")
    ('内蒙古', 'israel', 'chile')
    """
    once = _unify(text)
    # Unifying may bring out what the step before it would have changed: a full-width star, say.
    while (again := _unify(once)) != once:
        once = again
    return once


def _unify(text: str) -> str:
    tags = 1
    while tags:  # one tag may stand inside another
        text, tags = _TAG.subn("", text)
    bare = text.rstrip(_MARKS)
    # Only the end is looked at, so that a long cell costs no more than its length.
    while year := _YEAR.search(bare, max(0, len(bare) - 12)):
        bare = bare[: year.start()].rstrip(_MARKS)
    folded = unicodedata.normalize("NFKC", bare).translate(_UNIFIED).casefold()
    joined = ""
    for word in folded.split():
        beside = not joined or is_han(joined[-1]) or is_han(word[0])
        joined += word if beside else f" {word}"
    return joined


def has_han(text: str) -> bool:
    """Whether any character of a text is Chinese.

    >>> has_han("R&D经费"), has_han("GDP")
    (True, False)
    """
    return any(map(is_han, text))


def unpadded(text: str) -> str:
    """A label without the spaces that pad Chinese names in print; other spaces become single.

    >>> unpadded("北 京"), unpadded("Korea, Rep."), unpadded("北京 Beijing")
    ('北京', 'Korea, Rep.', '北京 Beijing')
    """
    if not has_han(text):
        return text
    joined = ""
    for word in text.split():
        beside = not joined or (is_han(joined[-1]) and is_han(word[0]))
        joined += word if beside else f" {word}"
    return joined


def is_han(character: str) -> bool:
    """Whether a character is Chinese."""
    # A comparison: a pattern with so wide a set takes milliseconds to compile.
    return "\u3400" <= character <= "\u9fff"
