"""Who a row is about: names, codes and spellings of provinces, economies and aggregates.

Matching is exact once a label is normalised, and never nearer than that: Shanxi (山西) and Shaanxi
(陕西) differ by one letter and are different provinces. ``units.csv`` is read at the first call.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from stiscore.units.normal import is_han, normalise

TABLE = Path(__file__).with_name("units.csv")
# No name is longer, whatever notes follow it: a cell of prose is not worth normalising.
LONGEST = 200
# Regions as the UNESCO Institute for Statistics writes them: the organisation, then its region.
_REGION = re.compile(
    r"(?:aims|alecso|cecc-sica|eca|ece|eclac|escap|escwa|gpe|mdg|sdg|uis|unesco|unicef|wb)(?::|$)"
)


class Entry(NamedTuple):
    """One row: ``id`` (CN-BJ, CHN, WLD), ``registry`` (province, economy, aggregate), two names."""

    id: str
    registry: str
    name_en: str
    name_zh: str


# Economies that ISO 3166-2 also lists beside the provinces: which of the two a row is, the table it
# stands in decides, and nothing else.
_BESIDE = {
    "HKG": Entry("CN-HK", "province", "Hong Kong SAR", "香港"),
    "MAC": Entry("CN-MO", "province", "Macao SAR", "澳门"),
    "TWN": Entry("CN-TW", "province", "Taiwan Province", "台湾"),
}


class Index(NamedTuple):
    """Every normalised spelling and what it names, in the order of the table.

    ``shorts`` are the forms read only where the level is settled: 京, 11.
    """

    spellings: dict[str, Entry]
    shorts: dict[str, Entry]


@lru_cache(maxsize=8192)
def find(text: str, registry: str | None = None) -> Entry | None:
    """The entry a label names, or None: exact over ids, names, codes and known spellings.

    A label in both languages is found when both halves name the same entry. A bare "Congo" names
    two economies, so it is none. Codes of two letters count in capitals only ("no" is a word).
    Aggregates are found too: look at ``registry``.

    Where the level is settled, ``registry`` ("province" or "economy") says so: one-letter names and
    two-digit codes of provinces are then read, and Hong Kong, Macao and Taiwan are what such a
    table has them as.

    >>> find("北 京市")
    Entry(id='CN-BJ', registry='province', name_en='Beijing', name_zh='北京')
    >>> find("Korea, Rep.").id, find("Xizang").id, find("Atlantis")
    ('KOR', 'CN-XZ', None)
    >>> find("香港").id, find("香港", "province").id, find("京"), find("京", "province").id
    ('HKG', 'CN-HK', None, 'CN-BJ')
    """
    if len(text) > LONGEST:
        return None
    key = normalise(text)
    found = _found(key, capitals=_capitals(text))
    if found is None and " -> " in key:  # a path through a table's headings ends in the unit
        found = _found(key.rpartition(" -> ")[2], capitals=True)
    if found is None and registry == "province":
        found = index().shorts.get(key)
    return found and within(found, registry)


def within(entry: Entry, registry: str | None) -> Entry:
    """The entry as a table of ``registry`` has it: Hong Kong, Macao and Taiwan stand in both.

    >>> within(find("Macao"), "province").id, within(find("Chile"), "province").id
    ('CN-MO', 'CHL')
    """
    return _BESIDE.get(entry.id, entry) if registry == "province" else entry


def in_table(text: str, entry: Entry | None, registry: str | None, *, coded: bool) -> Entry | None:
    """What a row of a table of ``registry`` is about, when ``entry`` is what its label names.

    ``coded``: the table names its units by codes of two letters. Elsewhere "NA" says "missing", not
    Namibia.

    >>> in_table("NA", find("NA"), "economy", coded=False)
    >>> in_table("沪", None, "province", coded=False).id
    'CN-SH'
    """
    if text == "NA" and not coded and entry is not None and entry.id == "NAM":
        return None
    return within(entry, registry) if entry else find(text, registry)


def in_two_letters(labels: Iterable[str]) -> bool:
    """Whether most labels are codes of two letters.

    >>> in_two_letters(["NA", "ZA", "CN"]), in_two_letters(["China", "NA", "France"])
    (True, False)
    """
    told = [len(text) == 2 and text.isascii() and text.isupper() for text in labels if text]
    return 2 * sum(told) > len(told)


def counted(named: Iterable[Entry | None]) -> Counter[str]:
    """How many distinct units of each registry stand among what the rows of a table name.

    Hong Kong, Macao and Taiwan stand in tables of either level and count only where nothing else
    does: a provincial table that has them is still one of provinces.

    >>> counted([find("广东"), find("香港"), find("全国")])
    Counter({'province': 1, 'aggregate': 1})
    """
    met = [e for e in dict.fromkeys(named) if e]
    telling = [e for e in met if e.id not in _BESIDE]
    units = any(e.registry != "aggregate" for e in telling)
    return Counter(e.registry for e in (telling if units else met))


def _found(key: str, *, capitals: bool) -> Entry | None:
    spellings = index().spellings
    found = spellings.get(key)
    if found is not None and len(key) == 2 and key.isascii() and not capitals:
        return None
    if found is None and _REGION.match(key):
        return spellings["uis-region"]
    if found is None and len(parts := halves(key)) == 2:
        first, second = (spellings.get(half) for half in parts)
        return first if first == second else None
    return found


def _capitals(text: str) -> bool:
    """Whether a label begins with two capitals."""
    return unicodedata.normalize("NFKC", text).lstrip()[:2].isupper()


def halves(key: str) -> tuple[str, ...]:
    """The Chinese and the other part of a label in two scripts; nothing for a label in one."""
    han = [at for at, character in enumerate(key) if is_han(character)]
    if not han:
        return ()
    start, end = han[0], han[-1] + 1
    end += key[end : end + 1] == ")"  # as in 刚果(金)
    other = key[:start] if end == len(key) else key[end:] if start == 0 else ""
    return (key[start:end], other.strip(" /")) if other else ()


def entries(registry: str, *, beside: bool = False) -> tuple[Entry, ...]:
    """Every entry of ``province``, ``economy`` or ``aggregate``, by id; none for another name.

    Provinces are the 31 that provincial tables have; with ``beside`` also Hong Kong, Macao and
    Taiwan, which few have.

    >>> len(entries("province")), len(entries("province", beside=True))
    (31, 34)
    """
    # Two entries never compare equal, so a dict serves as a set that keeps the order.
    held = dict.fromkeys(e for e in index().spellings.values() if e.registry == registry)
    return (*held, *(_BESIDE.values() if beside and registry == "province" else ()))


@lru_cache(maxsize=1)
def index() -> Index:
    """The table as find uses it, read once."""
    told = Index({}, {})
    with TABLE.open(encoding="utf-8", newline="") as table:
        # Above the rows stand a comment on the sources and the header.
        for row in csv.reader(table.readlines()[2:]):
            unit, registry, name_en, name_zh, _full, codes, shorts, spellings = row
            entry = Entry(unit, registry, name_en, name_zh)
            # The table holds spellings normalised, which is most of the work of loading it.
            told.spellings[unit.casefold()] = entry
            if codes:
                told.spellings.update(dict.fromkeys(codes.casefold().split("|"), entry))
            told.spellings.update(dict.fromkeys(spellings.split("|"), entry))
            if shorts:
                told.shorts.update(dict.fromkeys(shorts.split("|"), entry))
    return told
