"""The pages of docs/rules: one a code, in both languages, and their index."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stiscore.finding import Severity
from stiscore.report.findings_text import plain
from stiscore.report.markdown import escape
from stiscore.words import Lang, Words
from stiscore.words.faults import SAYINGS
from stiscore.words.faults.why import WHY
from stiscore.words.findings import MANY, TOLD
from stiscore.words.report import label
from stiscore.words.rules import FAMILIES, FIRST, PAGE, SINCE, exit_code

_LANGS: tuple[Lang, ...] = ("en", "zh")


def page(code: str, example: str | None = None) -> str:
    """The page of one code as markdown; ``example``: what a faulty sample makes the program say."""
    title = SAYINGS[code].title
    lines = [f"# {code} {escape(title.en)} {escape(title.zh)}", ""]
    for lang in _LANGS:
        lines += [*_facts(code, lang), "", *_texts(code, lang)]
    if example:
        lines += [f"## {PAGE['example'].say('both')}", "", "```", example.rstrip(), "```", ""]
    lines.append(f"[{PAGE['title'].say('both')}](README.md)")
    return "\n".join(lines) + "\n"


def entry(code: str) -> dict[str, object]:
    """One code for programs: its sentences in both languages, places for figures left open."""
    saying, why, many = SAYINGS[code], WHY.get(code), MANY.get(code)
    return {
        "code": code,
        "severity": str(saying.severity),
        "exit": int(exit_code(code, saying)),
        "since": SINCE.get(code, FIRST),
        "title": saying.title._asdict(),
        "message": saying.message._asdict(),
        "many": many._asdict() if many else None,
        "why": why._asdict() if why else None,
        "help": saying.remedy._asdict(),
    }


def index() -> str:
    """All codes by family, each with its page."""
    lines = [f"# {PAGE['title'].say('both')}", ""]
    lines += [line for lang in _LANGS for line in (plain(PAGE["intro"], lang), "")]
    for letter, family in FAMILIES.items():
        codes = [code for code in sorted(SAYINGS) if code.startswith(letter)]
        lines += [f"## {letter}: {family.say('both')}", "", *_table(codes), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(codes: list[str]) -> Iterator[str]:
    yield "| | | | |"
    yield "| --- | --- | --- | --- |"
    for code in codes:
        saying = SAYINGS[code]
        title = saying.title
        cells = (f"[{code}]({code}.md)", str(saying.severity), escape(title.en), escape(title.zh))
        yield f"| {' | '.join(cells)} |"


def _facts(code: str, lang: Lang) -> list[str]:
    saying = SAYINGS[code]
    ends = (
        PAGE["strict"].say(lang)
        if saying.severity is Severity.WARNING
        else str(int(exit_code(code, saying)))
    )
    facts = (
        ("severity", TOLD[str(saying.severity)].say(lang)),
        ("exit", ends),
        ("since", SINCE.get(code, FIRST)),
    )
    told = (label("told", lang, head=PAGE[key].say(lang), text=value) for key, value in facts)
    return [" | ".join(told)]


def _texts(code: str, lang: Lang) -> Iterator[str]:
    saying = SAYINGS[code]
    parts: tuple[tuple[str, Words | None], ...] = (
        ("says", saying.message),
        ("many", MANY.get(code)),
        ("why", WHY.get(code)),
        ("mend", saying.remedy),
    )
    for key, words in parts:
        if words is not None:
            head = f"**{PAGE[key].say(lang)}**"
            yield label("told", lang, head=head, text=_shown(plain(words, lang)))
            yield ""


def _shown(text: str) -> str:
    """A sentence of the catalogue, its places for figures as code."""
    return re.sub(r"\{(\w+)[^}]*\}", r"`\1`", text)
