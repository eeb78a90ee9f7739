"""How findings are told: several of a kind as one sentence, long lists of places, set-aside cells."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from stiscore.finding import line_runs, runs
from stiscore.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stiscore.finding import Finding
    from stiscore.words import Lang

# Longer lists of runs of cells are cut here, and the cut is told with its size.
_RUNS = 8
_RUNS_KEPT = 6
_TEXTS = 5

# Sentences of joined findings, with ``count`` and what only many have: ``labels`` (each name and
# its cells), ``texts`` (what stands in the cells, the most frequent first), ``least``, ``most``.
MANY: dict[str, Words] = {
    "D101": Words(
        "{count} cells of {column} are not numbers: {texts}",
        "{column}中有{count}个单元格不是数值：{texts}",
    ),
    "D102": Words(
        "{count} cells of {column} hold errors: {texts}",
        "{column}中有{count}个单元格为错误值：{texts}",
    ),
    "D103": Words(
        "the results of {count} formulas of {column} were never saved: {texts}",
        "{column}中有{count}个公式没有保存计算结果：{texts}",
    ),
    "D104": Words(
        "{count} figures of {column} were read and the flags behind them left aside: {texts}",
        "{column}中有{count}个数值带有标记，数值已读入，标记未使用：{texts}",
    ),
    "D202": Words(
        "{count} values of {column} are below the lower bound {bound:g} ({measured}), the lowest {least:g}",
        "{column}有{count}个数值低于下限{bound:g}（{measured}），最低为{least:g}",
    ),
    "D203": Words(
        "{count} values of {column} are above the upper bound {bound:g} ({measured}), the highest {most:g}",
        "{column}有{count}个数值高于上限{bound:g}（{measured}），最高为{most:g}",
    ),
    "D204": Words(
        "{count} values of {column} are outside the plausible range {low:g} to {high:g} ({measured}); "
        "they run from {least:g} to {most:g}",
        "{column}有{count}个数值超出合理范围{low:g}至{high:g}（{measured}），数值介于{least:g}与{most:g}之间",
    ),
    "D302": Words(
        "{count} rows name no known unit of this level: {labels}",
        "有{count}行的名称不是本层级已知的单位：{labels}",
    ),
    "D303": Words("{count} rows hold figures but name no unit", "有{count}行有数据但没有单位名称"),
    "D304": Words(
        "{count} rows are totals or groups of units and were not scored: {labels}",
        "有{count}行为合计或分组，不参与评分：{labels}",
    ),
    "D305": Words(
        "{count} rows are not of level '{level}' and were not scored: {labels}",
        "有{count}行不属于“{level}”层级，不参与评分：{labels}",
    ),
    "D306": Words(
        "{count} figures are second ones for a unit, year and indicator; the first of them is for {what}, whose other "
        "figure stands in {first}",
        "有{count}个数据与同一单位、年份和指标的另一数据重复，首个为{what}，其另一数据位于{first}",
    ),
    "D310": Words(
        "{column} cannot be computed in {count} rows: its denominator {denominator} is zero",
        "{column}有{count}行无法计算：分母{denominator}为零",
    ),
    "L106": Words(
        "{count} columns are not known and were not read: {labels}",
        "有{count}列未能识别，未读入：{labels}",
    ),
    "L112": Words(
        "{count} columns are not used at level '{level}' and are not scored: {labels}",
        "有{count}列不用于“{level}”层级，不参与评分：{labels}",
    ),
}
# For a code without a sentence of its own.
_FIRST_OF = Words("{what} (the first of {count} like it)", "{what}（同类共{count}处，此为第一处）")

_LABEL = Words("'{text}'", "“{text}”")
_LABEL_MEANT = Words("'{text}' (did you mean {near}?)", "“{text}”（是否指{near}？）")
_MORE_RUNS = Words("{shown} and {more} more runs of cells", "{shown}及另外{more}段单元格")
_MORE_TEXTS = Words("{shown} and {more} other texts", "{shown}及另外{more}种内容")
_TIMES = Words("{text} ({n} times)", "{text}（{n}次）")
_COMMA = Words(", ", "、")

TOLD: dict[str, Words] = {
    "unit": Words("unit", "单位"),
    "help": Words("help", "处理"),
    "lines": Words("lines {lines}", "所在行：{lines}"),
    "every_cell": Words("-F csv lists every cell.", "用 -F csv 可列出每个单元格。"),
    "title": Words("Findings", "检查结果"),
    "severity": Words("Severity", "级别"),
    "code": Words("Code", "代码"),
    "where": Words("Where", "位置"),
    "what": Words("What", "问题"),
    "mend": Words("How to mend it", "处理方法"),
    "error": Words("error", "错误"),
    "warning": Words("warning", "警告"),
    "note": Words("note", "提示"),
    "fractions": Words(
        "Look here first: {columns} is measured in % and lies within 0 and 1 as a whole (D205). "
        "If these are fractions, its scores are far too low.",
        "请首先核对：{columns}以%计量，但全部数值均在0与1之间（D205）。如为小数形式的比率，其得分将严重偏低。",
    ),
    "errors_left": Words(
        "Errors set aside: {n}. `stiscore validate {file}` lists them with their cells.",
        "已搁置的错误{n}项，可用 stiscore validate {file} 查看及定位。",
    ),
}


def tell_many(finding: Finding, sentence: Words, lang: Lang) -> str:
    """A joined finding in one sentence; ``sentence`` is that of a single one."""
    if lang == "both":
        return f"{tell_many(finding, sentence, 'en')} {tell_many(finding, sentence, 'zh')}"
    count, saying = len(finding.parts), MANY.get(finding.code)
    if saying is None:
        return _FIRST_OF.say(lang, what=sentence.say(lang, **finding.fields), count=count)
    numbers = [n for p in finding.parts if isinstance(n := p.fields.get("number"), float)]
    span = {"least": min(numbers), "most": max(numbers)} if numbers else {}
    more = {"labels": _labels(finding.parts, lang), "texts": _texts(finding.parts, lang), **span}
    return saying.say(lang, **{**finding.fields, **more, "count": count})


def shared(finding: Finding) -> Mapping[str, object]:
    """The fields for a joined finding's remedy: a guess holds only where all parts make it."""
    told = dict(finding.fields)
    for key in ("suggestion", "guess"):
        if len({p.fields.get(key) for p in finding.parts}) > 1:
            told[key] = None
    return told


def where(finding: Finding, lang: Lang) -> str:
    """The place of a finding; of a joined one its runs of cells, cut where they are very many."""
    place = finding.location
    if place is None or not finding.parts or place.cell is None:
        return str(place or "")
    sheet = f" [{place.sheet}]" if place.sheet else ""
    return f"{place.file}{sheet} {_listed(_runs(finding.parts), lang)}"


def lines(finding: Finding, lang: Lang) -> str | None:
    """The lines of a joined finding in a text file; None where there are none."""
    told = [p.location.line for p in finding.parts if p.location and p.location.line is not None]
    return _listed(line_runs(told), lang) if told else None


def cut(finding: Finding) -> bool:
    """Whether not all cells of a joined finding are named in its sentence or place."""
    told = [p.location.line for p in finding.parts if p.location and p.location.line is not None]
    return len(line_runs(told) if told else _runs(finding.parts)) > _RUNS


def _runs(parts: Sequence[Finding]) -> list[str]:
    return runs(p.location.cell for p in parts if p.location and p.location.cell)


def _listed(told: Sequence[str], lang: Lang) -> str:
    if len(told) <= _RUNS:
        return ", ".join(told)
    # A place stands before both languages once.
    one: Lang = "zh" if lang == "zh" else "en"
    return _MORE_RUNS.say(
        one, shown=", ".join(told[:_RUNS_KEPT]), more=f"{len(told) - _RUNS_KEPT:,}"
    )


def _labels(parts: Sequence[Finding], lang: Lang) -> str:
    """Every distinct name with its cells, and the name that may have been meant."""
    cells: dict[tuple[str, object], list[str]] = {}
    for part in parts:
        name = str(part.fields.get("label", part.fields.get("column", "")))
        place = part.location
        told = cells.setdefault((name, part.fields.get("suggestion")), [])
        if place is not None and place.spot:
            told.append(place.spot)
    return _COMMA.say(lang).join(
        " ".join([_label(name, near, lang), *([_listed(runs(at), lang)] if at else [])])
        for (name, near), at in cells.items()
    )


def _label(name: str, near: object, lang: Lang) -> str:
    return _LABEL_MEANT.say(lang, text=name, near=near) if near else _LABEL.say(lang, text=name)


def _texts(parts: Sequence[Finding], lang: Lang) -> str:
    """What stands in the cells, the most frequent first, and how many texts are not named."""
    count = Counter(str(part.fields.get("value", "")) for part in parts)
    told = [
        _TIMES.say(lang, text=_LABEL.say(lang, text=text), n=n)
        if n > 1
        else _LABEL.say(lang, text=text)
        for text, n in count.most_common(_TEXTS)
    ]
    shown = _COMMA.say(lang).join(told)
    more = len(count) - len(told)
    return _MORE_TEXTS.say(lang, shown=shown, more=more) if more else shown
