"""Who a row is about: names, codes and spellings of provinces, economies and aggregates.

Matching is exact once a label is normalised, and never nearer than that: Shanxi (山西) and Shaanxi
(陕西) differ by one letter and are different provinces. ``units.csv`` is read at the first call.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_TABLE = Path(__file__).with_name("units.csv")
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
# Names one letter or one stroke apart: where one is near, so is the other.
_LOOKALIKES = frozenset({"CN-SX", "CN-SN"})
# No name is longer, whatever notes follow it: a cell of prose is not worth normalising.
_LONGEST = 200
_NEAR = 0.75
_TIE = 0.1


class Entry(NamedTuple):
    """One row: ``id`` (CN-BJ, CHN, WLD), ``registry`` (province, economy, aggregate), two names."""

    id: str
    registry: str
    name_en: str
    name_zh: str


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
        beside = not joined or _is_han(joined[-1]) or _is_han(word[0])
        joined += word if beside else f" {word}"
    return joined


def _is_han(character: str) -> bool:
    # A comparison: a pattern with so wide a set takes milliseconds to compile.
    return "\u3400" <= character <= "\u9fff"


def find(text: str) -> Entry | None:
    """The entry a label names, or None: exact over ids, names, codes and known spellings.

    A label in both languages is found when both halves name the same entry. A bare "Congo" names
    two economies, so it is none. Aggregates are found too: look at ``registry``.

    >>> find("北 京市")
    Entry(id='CN-BJ', registry='province', name_en='Beijing', name_zh='北京')
    >>> find("Korea, Rep.").id, find("Xizang").id, find("Atlantis")
    ('KOR', 'CN-XZ', None)
    """
    if len(text) > _LONGEST:
        return None
    key, index = normalise(text), _index()
    found = index.get(key)
    if found is None and len(halves := _halves(key)) == 2:
        first, second = (index.get(half) for half in halves)
        return first if first == second else None
    return found


def _halves(key: str) -> tuple[str, ...]:
    """The Chinese and the other part of a label in two scripts; nothing for a label in one."""
    han = [at for at, character in enumerate(key) if _is_han(character)]
    if not han:
        return ()
    start, end = han[0], han[-1] + 1
    end += key[end : end + 1] == ")"  # as in 刚果(金)
    other = key[:start] if end == len(key) else key[end:] if start == 0 else ""
    return (key[start:end], other.strip(" /")) if other else ()


def entries(registry: str) -> tuple[Entry, ...]:
    """Every entry of ``province``, ``economy`` or ``aggregate``, by id; none for another name.

    >>> len(entries("province")), entries("economy")[0].name_zh
    (31, '阿鲁巴')
    """
    # Two entries never compare equal, so a dict serves as a set that keeps the order.
    return tuple(dict.fromkeys(e for e in _index().values() if e.registry == registry))


@lru_cache(maxsize=1024)
def suggest(text: str) -> str | None:
    """What a label that names nothing may have meant, None when nothing is near; never a match.

    Units about equally near are all named (at most three), so that no guess is made between them.

    >>> suggest("Guangdnog"), suggest("Shanxii"), suggest("Qwertyuiop")
    ('广东 Guangdong', '陕西 Shaanxi / 山西 Shanxi', None)
    """
    key, index = normalise(text[:_LONGEST]), _index()
    # Halves that name two units are a slip between names that are each right.
    named = dict.fromkeys(index[half] for half in _halves(key) if half in index)
    meant = [e for e in named if e.registry != "aggregate"] or _nearest(key)
    if _LOOKALIKES & {e.id for e in meant}:
        pair = [e for e in entries("province") if e.id in _LOOKALIKES]
        meant = pair + [e for e in meant if e not in pair]
    if not 1 <= len(meant) <= 3:
        return None
    return " / ".join(f"{e.name_zh} {e.name_en}" for e in meant)


def _nearest(key: str) -> list[Entry]:
    """The units with a spelling about as near to ``key`` as any, the nearest first."""
    # Only here: a run without a misspelt label never pays for it.
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=key, autojunk=False)
    near: dict[Entry, float] = {}
    for spelling, entry in _index().items():
        matcher.set_seq1(spelling)
        if entry.registry == "aggregate" or matcher.real_quick_ratio() < _NEAR:
            continue
        if matcher.quick_ratio() >= _NEAR and (ratio := matcher.ratio()) >= _NEAR:
            near[entry] = max(ratio, near.get(entry, 0.0))
    floor = max(near.values(), default=0.0) - _TIE
    return sorted((e for e in near if near[e] >= floor), key=lambda e: (-near[e], e.id))


@lru_cache(maxsize=1)
def _index() -> dict[str, Entry]:
    """Every normalised spelling and the entry it names, in the order of the table."""
    index: dict[str, Entry] = {}
    with _TABLE.open(encoding="utf-8", newline="") as table:
        # Above the rows stand a comment on the sources and the header.
        for row in csv.reader(table.readlines()[2:]):
            unit, registry, name_en, name_zh, _full, codes, spellings = row
            entry = Entry(unit, registry, name_en, name_zh)
            # The table holds spellings normalised, which is most of the work of loading it.
            index[unit.casefold()] = entry
            if codes:
                index.update(dict.fromkeys(codes.casefold().split("|"), entry))
            index.update(dict.fromkeys(spellings.split("|"), entry))
    return index
