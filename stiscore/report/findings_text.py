"""Findings for people: where, what, which unit, how to mend; repeated faults joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.cells import cell_len

from stiscore.finding import Finding, Findings, Severity
from stiscore.report.layout import printable
from stiscore.words import Lang, Words
from stiscore.words.faults import SAYINGS, line, tell
from stiscore.words.faults.why import WHY
from stiscore.words.findings import TOLD, cut, lines
from stiscore.words.report import label


def full(told: Iterable[Finding], lang: Lang) -> str:
    """Every finding in the form of surface.md, then what to look at first and how many there are.

    Repeated faults of a column are one finding with ranges; where those are very many, the text
    says how many are not named and which format names them.
    """
    findings = Findings(told)
    blocks = "".join(_block(finding, lang) for finding in findings.joined())
    first = first_look(findings, lang)
    return printable(blocks + (f"{first}\n" if first else "")) + summary(findings, lang) + "\n"


def summary(findings: Findings, lang: Lang) -> str:
    """How many of each severity."""
    count = Counter(f.severity for f in findings)
    return label(
        "findings",
        lang,
        errors=count[Severity.ERROR],
        warnings=count[Severity.WARNING],
        notes=count[Severity.NOTE],
    )


def sentences(findings: Iterable[Finding], lang: Lang) -> str:
    """What findings say, in one line and without their places and codes."""
    return printable(one_line("; ".join(tell(finding, lang).what for finding in findings)))


def first_look(findings: Iterable[Finding], lang: Lang) -> str | None:
    """The warning that spoils whole columns in silence: per cent columns of fractions (D205)."""
    columns = [str(f.fields["column"]) for f in findings if f.code == "D205"]
    return TOLD["fractions"].say(lang, columns=", ".join(columns)) if columns else None


def one_line(text: str) -> str:
    r"""Text on one line: a break within a cell or a name must not begin what looks like a finding.

    >>> one_line("a\nother.csv:9:9 error[D203]")
    'a other.csv:9:9 error[D203]'
    """
    return " ".join(text.splitlines())


def _block(finding: Finding, lang: Lang) -> str:
    told = [line(finding, lang), *_indented(_about(finding, lang))]
    return "".join(f"{one_line(text)}\n" for text in told)


def _about(finding: Finding, lang: Lang) -> Iterable[str]:
    source, place = finding.fields.get("source_line"), finding.location
    if isinstance(source, str) and place is not None and place.column:
        yield source
        # A Chinese sign takes two columns of the screen.
        yield f"{' ' * cell_len(source[: place.column - 1])}^"
    at = lines(finding, lang)
    if at is not None:
        yield TOLD["lines"].say(lang, lines=at)
    if cut(finding):
        yield TOLD["every_cell"].say(lang)
    if finding.unit:
        yield f"{TOLD['unit'].say(lang)} {finding.unit}"
    yield help_line(tell(finding, lang).remedy, lang)


def help_line(remedy: str, lang: Lang) -> str:
    """What to do, after the word for it.

    >>> help_line("按提示修改。", "zh")
    '处理：按提示修改。'
    """
    return label("told", "zh" if lang == "zh" else "en", head=TOLD["help"].say(lang), text=remedy)


def _indented(texts: Iterable[str]) -> Sequence[str]:
    return [f"    {text}" for text in texts]


def page(code: str, lang: Lang) -> str:
    """The page of one code: what it means and what to do; places for figures shown as {name}."""
    saying, why = SAYINGS[code], WHY.get(code)
    parts = [
        plain(saying.message, lang),
        *([plain(why, lang)] if why else []),
        help_line(plain(saying.remedy, lang), lang),
    ]
    head = f"{code} {saying.severity}: {plain(saying.title, lang)}\n"
    return head + "".join(f"\n  {part}\n" for part in parts)


def catalogue(lang: Lang) -> str:
    """All codes, a line each."""
    return "".join(
        f"{code}  {s.severity:8} {plain(s.title, lang)}\n" for code, s in sorted(SAYINGS.items())
    )


def plain(words: Words, lang: Lang) -> str:
    """A sentence with its places left open."""
    if lang == "both":
        return f"{words.en} {words.zh}"
    return words.zh if lang == "zh" else words.en
