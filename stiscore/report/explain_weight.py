"""What an explanation says of weights and sums: how a weight came about, a score written out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from stiscore.analysis.explain import Branch
from stiscore.analysis.weight_way import Way
from stiscore.analysis.written import Written
from stiscore.report.explain_phrases import say
from stiscore.report.phrases import figure, listed
from stiscore.words import Lang, Words
from stiscore.words.explain import EXPLAIN


def way_lines(way: Way, lang: Lang) -> Iterator[str]:
    """How a weight came about, where the unit's is another than the declared one."""
    if way.differs(way.share, way.table):
        declared, of = f"{way.declared:g}", f"{way.of:g}"
        why = _why(way, way.table_why)
        told = {"declared": declared, "of": of, "share": way.share, "table": way.table}
        yield say("way_table", lang, **told, why=why)
    if way.unit_why is not None:
        why = _why(way, [way.unit_why])
        yield say("way_unit", lang, table=way.table, unit=way.unit, why=why)


def _why(way: Way, keys: Sequence[str]) -> Words:
    """The reasons for a weight, joined as each language joins them."""
    fields = way._asdict()
    told = [EXPLAIN[f"why_{key}"].filled(**fields) for key in keys]
    return Words("; ".join(w.say("en") for w in told), "；".join(w.say("zh") for w in told))


def sum_lines(branch: Branch, lang: Lang) -> Iterator[str]:
    """A group's score written out, and what of it has no value or no column."""
    if branch.written is not None:
        yield from written_lines(branch.written, lang)
    if branch.missing and branch.score is not None:
        yield missing_line(branch, lang)
    if branch.absent:
        yield say("absent", lang, names=listed(branch.absent, lang))


def missing_line(branch: Branch, lang: Lang) -> str:
    """How many of a group's children have no score, and what becomes of the weights."""
    return say("missing", lang, missing=branch.missing, n=len(branch.children))


def written_lines(told: Written, lang: Lang) -> Iterator[str]:
    """The lines of a sum, what a floor lifted, and what the parts' points are."""
    yield from (say(f"written_{line.what}", lang, formula=line.formula) for line in told.lines)
    for each in told.lifted:
        score, to = figure(each.score, 2), figure(each.to, 2)
        yield say("lifted", lang, node=each.id, score=score, to=to)
    if told.shapley:
        yield say("shapley", lang)
