"""Header texts and what they mean: indicators, quantities, units' columns, years.

A header is looked up whole first ("Trade (% of GDP)" may be a name of its own), then without what
stands in brackets, then line by line and by script, since yearbooks print two languages in a cell.
Case, quotes, full-width forms and the kind of space do not matter (an underscore is one; beside a
Chinese sign a space counts for nothing); nothing is matched by likeness.

A table's title may narrow what its headers mean: under "规上工业企业..." the column 内部支出 is not
all R&D expenditure. A quantity says under which titles it is meant (``scope``); under such a title
no other quantity is.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from stiscore.dataset import Kind
from stiscore.framework.model import Framework
from stiscore.io.cells import plain_number
from stiscore.io.measurement import conversion, measure, plain, stated
from stiscore.units.normal import has_han

Role = Literal["unit", "code", "year", "aside", "indicator", "value", "flag", "measurement", "cell"]

_ROLES: dict[Role, str] = {
    "unit": """
        省份|省市|省|省区市|省（自治区、直辖市）|地区|地区名称|地区名|单位|单位名称|评价单位|名称
        国家|国家（地区）|国家和地区|国家或地区|国家/地区|国别|经济体
        province|provinces|region|economy|economies|country|country name|country or economy
        unit|unit name|unit name (en)|unit name (zh)|uname|name|location|geo|geo unit|geounit
        area|entity|countryname|ref area
    """,
    "code": """
        code|unit code|ucode|unit id|id|country code|ccode|economy code|province code
        iso|iso3|iso3c|iso code|iso 3166|代码|地区代码|国家代码|单位代码|行政区划代码
    """,
    "year": "year|years|period|time|time period|date|survey year|年份|年度|年|时间",
    "aside": "note|notes|remark|remarks|source|sources|source file|备注|注|说明|数据来源|来源|序号",
    "indicator": """
        indicator|indicators|indicator name|indicator code|indicator id|indicatorid|subject
        series|series name|series code|variable|variables|variable name
        column level 1|column level 2|指标|指标名称|指标代码|指标编码|变量|变量名
    """,
    "value": "value|values|obs value|obs_value|figure|estimate|数值|值|指标值|数据值|观测值",
    "flag": "flag|flags|flag codes|qualifier|obs status|observation status|标记|数据标记|状态",
    "cell": "cell|cells|单元格",
    "measurement": "units|measured in|unit of measurement|unit of measure|计量单位",
}
_PROXY = re.compile(r"\s*\((?:替代指标|代理指标|proxy)\)$", re.IGNORECASE)
_CONTEXT = re.compile(r"context_[a-z0-9_]+")
# A shorter name may stand in any file's name by chance.
_TELLING = 6
# An id or a series code (NY.GDP.MKTP.CD, gdp_cny), or a number of something (来华留学生人数).
_MACHINE = re.compile(r"[A-Za-z0-9]+(?:[._][A-Za-z0-9]+)+|[0-9]{3,}|.*(?:数|人年)")
_AMOUNTS = frozenset({"CNY", "USD", "persons", "fte"})
# In two languages a head of units is hardly longer.
_LONGEST_ROLE = 60
_QUOTES = re.compile(r"[\"'“”‘’「」·]+")
_SPACES = re.compile(r"[\s_\-]+")
_BESIDE = re.compile(r"(?<=[^ -~]) | (?=[^ -~])")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The form in which names are compared.

    >>> key("Regulatory  quality (proxy)") == key("regulatory_quality"), key("地　区")
    (True, '地区')
    >>> key("ka_open") == key("kaopen")
    False
    """
    bare = _QUOTES.sub("", _PROXY.sub("", plain(text)).casefold())
    return _BESIDE.sub("", _SPACES.sub(" ", bare).strip())


@lru_cache(maxsize=1)
def _roles() -> dict[str, Role]:
    return {
        key(name): role
        for role, names in _ROLES.items()
        for name in re.split(r"[|\n]", names.strip())
    }


@lru_cache(maxsize=8192)
def _role(text: str) -> Role | None:
    if len(text) > _LONGEST_ROLE or plain_number(text):
        return None
    roles = _roles()
    told = next(
        (roles[k] for k in map(key, (text, *_by_script(_lines(text)[0]))) if k in roles), None
    )
    if told is None:
        # "Value (US$ million)": the one role whose column is measured in something.
        name, given = stated(text)
        told = "value" if given and measure(given) and roles.get(key(name)) == "value" else None
    return told


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a header can mean; ``measured_in`` is what its figures are wanted in."""

    id: str
    kind: Kind
    measured_in: str | None
    levels: frozenset[str] = frozenset()

    def rank(self, level: str | None) -> int:
        """Where this meaning stands among several of one name."""
        if self.kind == "raw":
            return 1
        return 0 if level is None or level in self.levels else 2


class Meaning(NamedTuple):
    """What a header was found to mean, and the measurement it states."""

    term: Term
    measured_in: str | None


class Vocabulary:
    """The names of a framework at a level (None: at any), ready to be looked up."""

    def __init__(self, framework: Framework, level: str | None = None) -> None:
        self.level = level
        self.sole: str | None = None
        self._terms: dict[str, list[Term]] = defaultdict(list)
        self.scoped: dict[str, list[Term]] = defaultdict(list)
        self._titles: dict[str, list[str]] = defaultdict(list)
        self.scope: frozenset[str] = frozenset()
        self._shown: dict[str, str] = {}
        for i in framework.indicators:
            kind: Kind = "context" if i.role == "context" else "indicator"
            # A short form names a narrow column of ours; in a file "Papers" is an amount.
            names = (i.id, i.name.en, i.name.zh, *i.aliases)
            self._add(Term(i.id, kind, i.measured_in, frozenset(i.levels)), names)
        for q in framework.quantities:
            term = Term(q.id, "raw", q.measured_in)
            self._add(term, (q.id, q.name.en, q.name.zh, *q.aliases))
            for title in q.scope.titles if q.scope else ():
                self._titles[key(title)].append(q.id)
            for name in q.scope.aliases if q.scope else ():
                self.scoped[key(name)].append(term)
        self._groupings = {
            key(n) for g in framework.groupings for n in (g.id, g.name.en, g.name.zh, *g.aliases)
        }
        ids = (*(i.id for i in framework.indicators), *(q.id for q in framework.quantities))
        self._order = {name: place for place, name in enumerate(ids)}

    def at(self, level: str) -> Vocabulary:
        """The same names as they are meant at ``level``."""
        other = copy(self)
        other.level = level
        return other

    def under(self, title: str) -> Vocabulary:
        """The same names as they are meant in a table of this title."""
        said = key(title)
        return self._within(
            frozenset(q for t, ids in self._titles.items() if t in said for q in ids)
        )

    def narrowed(self, text: str) -> str | None:
        """The quantity a header would mean were the title no narrower, None if there is none."""
        if not self.scope or self.meaning(text) is not None:
            return None
        meant = self._within(frozenset()).meaning(text)
        return meant.term.id if meant else None

    def _within(self, scope: frozenset[str]) -> Vocabulary:
        """The same names where only quantities of ``scope`` are meant; empty: any."""
        other = copy(self)
        other.scope = scope
        return other

    def of(self, sole: str | None) -> Vocabulary:
        """The same names; values that no header names are of ``sole``."""
        other = copy(self)
        other.sole = sole
        return other

    def sole_meaning(self, measured_in: str | None = None) -> Meaning | None:
        """What values that no header names mean, None when that was not told."""
        return self.meaning(self.sole, measured_in) if self.sole else None

    def suggested_by(self, text: str) -> str | None:
        """The id of what a file's name seems to speak of: a name or a series code in it."""
        held = key(text)
        near = [n for n in self._terms if len(n) >= _TELLING and n in held]
        terms = self._meant(self._shown[max(near, key=len)]) if near else []
        return terms[0].id if terms else None

    @property
    def shared(self) -> bool:
        """Whether any name has several meanings, so that the level makes a difference."""
        return any(len(terms) > 1 for terms in self._terms.values())

    def role(self, text: str) -> Role | None:
        """What a column of units, codes, years or remarks is headed with, None for any other.

        A framework may have a grouping of that name: the column then groups the units.
        """
        return None if self._groupings and key(text) in self._groupings else _role(text)

    def meaning(self, text: str, measured_in: str | None = None) -> Meaning | None:
        """What a header means, None when it is not known.

        ``measured_in`` is what a unit row says; otherwise the header's own statement counts. Where
        a name is shared, the first term its measurement can be turned into is meant.
        """
        whole = self._read(text, measured_in)
        if whole is not None:
            return whole
        lines, said = _lines(text)
        met = [self._read(part, measured_in or said) for part in _by_script(lines)]
        meant = [m for m in met if m is not None]
        # In two languages that disagree nothing is named.
        return meant[0] if len({m.term.id for m in meant}) == 1 else None

    def _read(self, text: str, measured_in: str | None) -> Meaning | None:
        """What a text in one language means, with or without what it states at its end."""
        for name, given in _splits(text):
            terms = self._meant(name)
            if terms:
                said = None if self._is_name(given, terms) else given
                return _fitting(terms, measured_in or said)
            if _CONTEXT.fullmatch(plain(name).casefold()):
                return Meaning(Term(plain(name).casefold(), "context", None), measured_in or given)
        return None

    def place(self, term: Term) -> int:
        """Where a term stands in the framework's order; context columns come after all others."""
        return self._order.get(term.id, len(self._order))

    def suggestion(self, text: str) -> str | None:
        """The name most like an unknown header, to ask "did you mean"; never used to read."""
        close = difflib.get_close_matches(
            key(stated(text)[0] or text), self._shown, n=1, cutoff=0.75
        )
        return self._shown[close[0]] if close else None

    def _add(self, term: Term, names: Iterable[str | None]) -> None:
        for name in names:
            if name is None:
                continue
            held = self._terms[key(name)]
            if term not in held:
                held.append(term)
            self._shown.setdefault(key(name), name)

    def _meant(self, name: str) -> list[Term]:
        """What a name may mean: indicators of the level, then quantities, then the rest."""
        terms = self._terms.get(key(name), [])
        if self.scope:
            all_terms = dict.fromkeys((*terms, *self.scoped.get(key(name), ())))
            terms = [t for t in all_terms if t.kind != "raw" or t.id in self.scope]
        return sorted(terms, key=lambda t: t.rank(self.level)) if len(terms) > 1 else terms

    def _is_name(self, text: str | None, terms: list[Term]) -> bool:
        """Whether brackets hold a second name of the same thing, or a year, and no measurement."""
        if text is None or measure(text):
            return False
        return bool(re.fullmatch(r"(?:19|20)\d{2}\s*年?", text)) or any(
            t in terms for t in self._meant(text)
        )


def unstated(header: str, meaning: Meaning) -> bool:
    """Whether a header names an amount and says nothing of its measurement.

    Money, persons and years of work come in thousands, 万 and millions, so none is assumed. An id,
    a series code or a name that ends in "number of" says what it is.
    """
    term = meaning.term
    if term.kind != "raw" or term.measured_in is None or meaning.measured_in is not None:
        return False
    wanted = measure(term.measured_in)
    if wanted is None or wanted.dimension not in _AMOUNTS:
        return False
    parts = [part.strip() for part in header.split(" / ")]
    return not any(_MACHINE.fullmatch(p) or p == term.id for p in parts)


def _fitting(terms: list[Term], given: str | None) -> Meaning:
    if given is not None:
        for term in terms:
            if term.measured_in is not None and conversion(given, term.measured_in) is not None:
                return Meaning(term, given)
    return Meaning(terms[0], given)


def _lines(text: str) -> tuple[list[str], str | None]:
    r"""The lines of a text, and the measurement that stands at its end for all of them.

    >>> _lines("占比\nShare\n(‰)"), _lines("进出口\nTrade (US$)")
    ((['占比', 'Share'], '‰'), (['进出口', 'Trade (US$)'], 'US$'))
    """
    lines = [line for line in re.split(r"_x000D_|[\r\n]+", text) if line.strip()]
    if len(lines) < 2:
        return lines, None
    name, given = stated(lines[-1])
    alone = (given or "") if not name else plain(lines[-1])
    if measure(alone):
        return lines[:-1], alone
    return lines, given if given and measure(given) else None


def _by_script(lines: list[str]) -> Iterator[str]:
    """The Chinese and the Latin lines joined: two names of one thing in two languages."""
    if len(lines) > 1:
        yield "".join(line for line in lines if has_han(line))
        yield " ".join(line for line in lines if not has_han(line))
    else:
        yield from lines


def _splits(text: str) -> Iterator[tuple[str, str | None]]:
    """Name and measurement: the text as it is, then without what is stated at its end."""
    yield text, None
    name, given = stated(text)
    if given is not None and name:
        yield name, given
        inner, other = stated(name)
        if other is not None and inner:
            yield inner, given
