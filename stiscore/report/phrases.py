"""How figures and names are written for people: rounding happens here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING, Any

from stiscore.errors import Location
from stiscore.framework.model import Bilingual, Name
from stiscore.words import Lang, Words
from stiscore.words.faults import tell
from stiscore.words.report import LABELS, STAGES, label

if TYPE_CHECKING:
    from stiscore.report.model import Report

# Digits of a value as measured, and the share of it that is but the noise of sums.
_DIGITS = 6
_NOISE = 1e-12


def name(told: Name, lang: Lang, *, short: bool = False) -> str:
    """A name in ``lang``; ``short`` prefers the form for narrow heads."""
    en = (told.short_en if short else None) or told.en
    zh = (told.short_zh if short else None) or told.zh
    if lang == "both":
        return f"{en} {zh}"
    return zh if lang == "zh" else en


def prose(told: Bilingual | None, lang: Lang) -> str:
    """Text of a framework in ``lang``; empty where there is none."""
    if told is None:
        return ""
    if lang == "both":
        return f"{told.en} {told.zh}"
    return told.zh if lang == "zh" else told.en


def words(told: Name) -> Words:
    """A name to be put into a sentence: each language's sentence takes its own."""
    return Words(told.en, told.zh)


def figure(value: float | None, digits: int = 1) -> str:
    """A score as people read it; a missing one is a dash, never 0.

    >>> figure(82.349), figure(None), figure(-0.0)
    ('82.3', '-', '0.0')
    """
    return "-" if value is None else f"{round(value, digits) + 0.0:.{digits}f}"


def raw(value: float | None) -> str:
    """A value as measured, to six significant digits, without an exponent where one can read it.

    >>> raw(0.0003), raw(38350000.0), raw(None)
    ('0.0003', '38350000', '-')
    """
    if value is None:
        return "-"
    text = f"{value:.{_DIGITS}g}"
    return f"{Decimal(text):f}" if "e" in text and 1e-9 < abs(value) < 1e15 else text


def reaching(value: float | None, *, benefit: bool) -> str:
    """A value as ``raw`` writes it, rounded to the better side, so that it reaches what it should.

    What is but the noise of sums is rounded as always.

    >>> reaching(49.6436037, benefit=True), reaching(49.6436037, benefit=False)
    ('49.6437', '49.6436')
    >>> reaching(50.000000000000007, benefit=True), reaching(None, benefit=True)
    ('50', '-')
    """
    if value is None:
        return "-"
    told, exact = Decimal(raw(value)), Decimal(value)
    if abs(float(told) - value) <= _NOISE * abs(value) or (told > exact) == benefit:
        return raw(value)
    towards = ROUND_CEILING if benefit else ROUND_FLOOR
    return raw(float(Context(prec=_DIGITS, rounding=towards).create_decimal(exact)))


def combined(ids: Sequence[str], how: str) -> str:
    """Quantities as a recipe joins them; empty where there are none.

    >>> combined(["gdp"], "sum"), combined(["sold", "bought"], "mean")
    ('gdp', 'mean(sold, bought)')
    """
    return f"{how}({', '.join(ids)})" if len(ids) > 1 else "".join(ids)


def spots(places: Iterable[Location]) -> str:
    """Where figures stand, without the file and sheet they share.

    >>> spots([Location("a.xlsx", "Data", "C14"), Location("a.csv", line=3, column=7)])
    'C14 3:7'
    """
    return " ".join(filter(None, (place.spot for place in places)))


def flags(keys: tuple[str, ...], lang: Lang) -> str:
    """Flags in words; those without words are for programs only."""
    return listed([label(k, lang) for k in keys if k in LABELS], lang)


def listed(items: Iterable[str], lang: Lang, mark: str = "comma") -> str:
    """Items in one line, parted as the language parts them."""
    return label(mark, "zh" if lang == "zh" else "en").join(items)


def told(head: str, text: str, lang: Lang) -> str:
    """A head and what it says."""
    return label("told", "zh" if lang == "zh" else "en", head=head, text=text)


def opening(report: Report, lang: Lang) -> list[str]:
    """The lines every report begins with: title, warning, what is measured."""
    provenance, coverage = report.provenance, report.coverage
    year = LABELS["in_year"]
    period = (
        Words(*(side.format(year=provenance.period) for side in year)) if provenance.period else ""
    )
    lines = [
        label(
            "title",
            lang,
            title=words(report.title),
            units=words(report.unit_word),
            level=words(report.level),
            period=period,
        )
    ]
    if provenance.invented:
        lines.append(label("invented", lang))
    lines.append(
        label(
            "measured",
            lang,
            indicators=coverage.indicators,
            of_indicators=coverage.of_indicators,
            share=coverage.weight_share,
            areas=coverage.areas,
            of_areas=coverage.of_areas,
        )
    )
    if coverage.partial:
        lines.append(label("partial", lang))
    return [*lines, *set_aside(report, lang)]


def set_aside(report: Report, lang: Lang) -> list[str]:
    """What was left out so that the table could be scored (--tolerate), a line each."""
    texts = [tell(finding, lang).what for finding in report.set_aside]
    one: Lang = "zh" if lang == "zh" else "en"
    return [label("sentence", one, text=text[:1].upper() + text[1:]) for text in texts]


def method_line(report: Report, lang: Lang) -> str:
    """The method in one line, as resolved: stage, id and parameters, unequal area weights."""
    provenance = report.provenance
    method = provenance.method
    stages = [
        f"{words.say(lang)} {_settings(method[stage])}"
        for stage, words in STAGES.items()
        if method[stage]["id"] != "none"
    ]
    stages += [
        f"{STAGES[stage].say(lang)} {level} {_settings(settings)}"
        for stage in ("weight", "aggregate")
        for level, settings in method[f"{stage}_levels"].items()
    ]
    stages += _own_methods(method["by_indicator"], lang)
    declared = {area.id: area.declared for area in report.areas}
    if len(set(declared.values())) > 1:
        told = ", ".join(f"{area}={weight:g}" for area, weight in declared.items())
        stages.append(label("area_weights", lang, told=told))
    return label("method", lang, method=listed(stages, lang, "semicolon"))


def _own_methods(by_indicator: Mapping[str, Mapping[str, Any]], lang: Lang) -> list[str]:
    """Methods of single indicators, those that share one together."""
    shared: dict[tuple[str, str], list[str]] = {}
    for indicator, own in by_indicator.items():
        for stage, settings in own.items():
            shared.setdefault((stage, _settings(settings)), []).append(indicator)
    return [
        told(f"{STAGES[stage].say(lang)} {settings}", listed(names, lang), lang)
        for (stage, settings), names in shared.items()
    ]


def _settings(settings: Mapping[str, object]) -> str:
    """A method's id, and its parameters as the command line takes them; of tables how many rows."""
    shown = ", ".join(
        f"{key}: {len(value)}"
        if isinstance(value, Mapping)
        else f"{key}={json.dumps(value)}".replace('"', "")
        for key, value in settings.items()
        if key != "id"
    )
    return f"{settings['id']} ({shown})" if shown else str(settings["id"])


def footer(report: Report, lang: Lang, *, caveats: bool = True) -> list[str]:
    """The lines every report ends with: notes, method, origin, hashes."""
    provenance = report.provenance
    noted = report.caveats if caveats else ()
    lines = [told(name(about, lang), name(caveat, lang), lang) for about, caveat in noted]
    lines += [
        label(
            "proxy_area",
            lang,
            area=name(report.names[a], lang),
            proxies=listed((name(report.names[p], lang) for p in ps), lang),
        )
        for a, ps in report.proxy_areas.items()
    ]
    if report.superseded:
        lines.append(label("superseded", lang, proxies=listed(report.superseded, lang)))
    if report.level_note is not None:
        lines.append(name(report.level_note, lang))
    if len(report.levels) > 1:
        lines.append(
            label("levels_apart", lang, levels=" / ".join(name(n, lang) for n in report.levels))
        )
    lines.append(name(report.origin_note, lang))
    if provenance.frame:
        lines.append(label("on_frame", lang, frame=provenance.frame))
    lines.append(method_line(report, lang))
    lines.append(
        label(
            "footer",
            lang,
            version=provenance.version,
            framework=provenance.framework,
            framework_version=provenance.framework_version,
            framework_sha=provenance.framework_sha256[:12],
            file=provenance.file,
            data_sha=provenance.data_sha256[:12],
        )
    )
    return lines
