"""A plan's outputs on a terminal and as markdown: how far each is, and what failed and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from stiscore.report.batch_model import BatchReport, Entry, State
from stiscore.report.parts import Page, Part
from stiscore.report.phrases import listed
from stiscore.report.screen import Screen
from stiscore.report.table import Field
from stiscore.version import __version__
from stiscore.words import Lang, Words
from stiscore.words.batch import BATCH, COUNTS, STATES, said
from stiscore.words.faults import tell
from stiscore.words.findings import where

# Findings of one output that are told; the manifest has all.
_TOLD = 3
_SIDES = ("en", "zh")


def text(told: BatchReport, screen: Screen) -> str:
    """The table at the screen's width, then what failed; paths and messages are whole."""
    return _page(told, screen.lang).printed(screen)


def markdown(told: BatchReport, lang: Lang) -> str:
    """The same as a pipe table and lists."""
    return _page(told, lang).as_markdown()


def _page(told: BatchReport, lang: Lang) -> Page:
    return Page(_beginning(told, lang), _parts(told, lang), [_footer(told, lang)])


def _beginning(told: BatchReport, lang: Lang) -> Iterator[str]:
    states = told.states
    key = "title_check" if told.checked else "title"
    yield said(key, lang, plan=told.plan[0], n=len(told.entries))
    yield listed([COUNTS[s].say(lang, n=states[s]) for s in State if states[s]], lang)
    if told.interrupted:
        yield said("interrupted", lang)


def _parts(told: BatchReport, lang: Lang) -> Iterator[Part]:
    codes = sorted({e.made.exit for e in told.entries if e.made.exit and not e.made.failed})
    beneath = [said("about_exit", lang, code=code) for code in codes]
    yield Part(said("outputs", lang), _fields(told.entries, lang), beneath=beneath)
    failures = [line for entry in told.entries for line in _failures(entry, lang)]
    if failures:
        yield Part(said("failures", lang), items=failures)
    notes = [f"{where(f, lang)} {tell(f, lang).what}".strip() for f in told.findings]
    if told.pruned:
        notes.append(said("pruned", lang, files=", ".join(told.pruned)))
    if notes:
        yield Part(said("notes", lang), items=notes)


def _fields(entries: Sequence[Entry], lang: Lang) -> list[Field]:
    """One row an output; a column of names goes before the state and what it is of."""
    wanted = [entry.wanted for entry in entries]
    columns = (
        ("file", [w.path.partition("/")[0] for w in wanted], 0),
        ("framework", [w.framework for w in wanted], 3),
        ("method", [w.method for w in wanted], 2),
        ("output", [w.path.rpartition("/")[2] for w in wanted], 0),
        ("state", [STATES[e.state].say(lang) for e in entries], 0),
        ("why", [_why(e, lang) for e in entries], 1),
    )
    return [Field(said(key, lang), cells, "left", drop) for key, cells, drop in columns]


def _why(entry: Entry, lang: Lang) -> str:
    """Codes of what failed; the exit code of a command that tells errors."""
    made = entry.made
    if made.bug is not None:
        return made.bug
    if made.failures:
        return ", ".join(dict.fromkeys(str(each["code"]) for each in made.failures))
    return said("found", lang, code=made.exit) if made.exit else ""


def _failures(entry: Entry, lang: Lang) -> Iterator[str]:
    """The first findings of an output that failed, and how many more there are."""
    path, made = entry.wanted.path, entry.made
    if made.bug is not None:
        what = BATCH["bug"].filled(bug=made.bug)
        yield said("failure", lang, path=path, what=what)
    for told in made.failures[:_TOLD]:
        yield said("failure", lang, path=path, what=_sentence(told))
    if len(made.failures) > _TOLD:
        yield said("more", lang, path=path, n=len(made.failures) - _TOLD)


def _sentence(told: Any) -> Words:
    """Code, place and sentence of a finding as JSON has it."""
    place = told["location"] or {}
    lines = [str(place[key]) for key in ("file", "line", "column") if key in place]
    cell = [f"[{place['sheet']}]"] if "sheet" in place else []
    cell += [place["cell"]] if "cell" in place else []
    head = " ".join([told["code"], *([":".join(lines)] if lines else []), *cell])
    what = Words(*(told["message"][lang].replace("{", "{{").replace("}", "}}") for lang in _SIDES))
    return Words("{head} {what}", "{head} {what}").filled(head=head, what=what)


def _footer(told: BatchReport, lang: Lang) -> str:
    name, sha256 = told.plan
    return said("footer", lang, version=__version__, plan=name, sha=sha256[:12])
