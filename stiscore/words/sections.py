"""Sections of the source, as people read them."""

from __future__ import annotations

import re

from stiscore.words import Words

_ORDINALS = {
    "first": "第一",
    "second": "第二",
    "third": "第三",
    "fourth": "第四",
    "fifth": "第五",
    "sixth": "第六",
    "seventh": "第七",
    "eighth": "第八",
}
_NUMBERED = re.compile(rf"([\d.]+) ({'|'.join(_ORDINALS)})")


def section(text: str) -> Words | str:
    """A section with the place of an item in it; any other text stays as it is written.

    >>> section("1.1 first"), section("3.2(1)")
    (Words(en='1.1 first', zh='1.1第一'), '3.2(1)')
    """
    told = _NUMBERED.fullmatch(text)
    return text if told is None else Words(text, told[1] + _ORDINALS[told[2]])
