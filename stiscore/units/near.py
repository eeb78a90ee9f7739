"""What a label that names no unit may have meant: an offer to the reader, never a match."""

from __future__ import annotations

from functools import lru_cache

from stiscore.units.normal import is_han, normalise
from stiscore.units.registry import LONGEST, Entry, entries, halves, index

# Names one letter or one stroke apart: where one is near, so is the other.
_LOOKALIKES = frozenset({"CN-SX", "CN-SN"})
_NEAR = 0.75
_TIE = 0.1
_OFFERED = 4


@lru_cache(maxsize=1024)
def suggest(text: str) -> str | None:
    """What a label that names nothing may have meant, None when nothing is near; never a match.

    Units about equally near are all named (at most four), so that no guess is made between them.

    >>> suggest("Guangdnog"), suggest("福健"), suggest("Qwertyuiop")
    ('广东 Guangdong', '福建 Fujian', None)
    >>> suggest("Shanxii")
    '陕西 Shaanxi / 山西 Shanxi'
    >>> suggest("龙江")
    '黑龙江 Heilongjiang'
    """
    meant = near(text)
    return " / ".join(f"{e.name_zh} {e.name_en}" for e in meant) or None


def near(text: str) -> tuple[Entry, ...]:
    """The units ``suggest`` names, the nearest first; none when too many are as near."""
    key, spellings = normalise(text[:LONGEST]), index().spellings
    # Halves that name two units are a slip between names that are each right.
    named = dict.fromkeys(spellings[half] for half in halves(key) if half in spellings)
    meant = _units(named) or _cut_short(key) or _slips(key) or _nearest(key)
    if _LOOKALIKES & {e.id for e in meant}:
        pair = [e for e in entries("province") if e.id in _LOOKALIKES]
        meant = pair + [e for e in meant if e not in pair]
    return tuple(meant) if len(meant) <= _OFFERED else ()


def _units(found: dict[Entry, None]) -> list[Entry]:
    return [e for e in found if e.registry != "aggregate"]


def _cut_short(key: str) -> list[Entry]:
    """Units whose Chinese name holds all of ``key``: a character was left out at an end."""
    if len(key) < 2 or not all(map(is_han, key)):
        return []
    holding = (e for s, e in index().spellings.items() if key in s and len(s) == len(key) + 1)
    return _units(dict.fromkeys(holding))


def _slips(key: str) -> list[Entry]:
    """Units one slip away: two neighbours changed places, or one Chinese character is another."""
    spellings = index().spellings
    swapped = {key[:i] + key[i + 1] + key[i] + key[i + 2 :] for i in range(len(key) - 1)}
    met = _units(dict.fromkeys(spellings[s] for s in sorted(swapped) if s in spellings))
    if met or not (2 <= len(key) <= 4 and all(map(is_han, key))):
        return met
    beside = (e for s, e in spellings.items() if len(s) == len(key) and _apart(s, key) == 1)
    met = _units(dict.fromkeys(beside))
    # 法围 is nearer to 法国 than to all that ends in 围: what begins alike is likelier meant.
    alike = [e for e in met if e.name_zh[0] == key[0]]
    return alike if 0 < len(alike) < len(met) and len(met) > _OFFERED else met


def _apart(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _nearest(key: str) -> list[Entry]:
    """The units with a spelling about as near to ``key`` as any, the nearest first."""
    # Only here: a run without a misspelt label never pays for it.
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, b=key, autojunk=False)
    near: dict[Entry, float] = {}
    for spelling, entry in index().spellings.items():
        matcher.set_seq1(spelling)
        if entry.registry == "aggregate" or matcher.real_quick_ratio() < _NEAR:
            continue
        if matcher.quick_ratio() >= _NEAR and (ratio := matcher.ratio()) >= _NEAR:
            near[entry] = max(ratio, near.get(entry, 0.0))
    floor = max(near.values(), default=0.0) - _TIE
    return sorted((e for e in near if near[e] >= floor), key=lambda e: (-near[e], e.id))
