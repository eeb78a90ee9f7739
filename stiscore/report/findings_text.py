"""Findings for people: where, what, which unit, how to mend; repeated faults joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from stiscore.finding import Finding, Findings, Severity
from stiscore.report.layout import printable
from stiscore.words import Lang, Words
from stiscore.words.faults import SAYINGS, line, tell
from stiscore.words.report import label

_UNIT = Words("unit", "单位")
_HELP = Words("help", "处理")
_COUNT = Words("({count} cells)", "（{count}个单元格）")


def full(told: Iterable[Finding], lang: Lang) -> str:
    """Every finding in the form of surface.md, then one line that counts them."""
    findings = Findings(told)
    blocks = [_block(finding, lang) for finding in findings.joined()]
    return printable("".join(blocks)) + summary(findings, lang) + "\n"


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


def _block(finding: Finding, lang: Lang) -> str:
    first = line(finding, lang)
    if "count" in finding.fields and finding.group is not None:
        first = f"{first} {_COUNT.say(lang, count=finding.fields['count'])}"
    lines = [first]
    source = finding.fields.get("source_line")
    if isinstance(source, str) and finding.location is not None and finding.location.column:
        lines += [f"    {source}", f"    {' ' * (finding.location.column - 1)}^"]
    if finding.unit:
        lines.append(f"    {_UNIT.say(lang)} {finding.unit}")
    lines.append(f"    {_HELP.say(lang)}: {tell(finding, lang).remedy}")
    # A line break within a cell or a name must not begin what looks like another finding.
    return "".join(" ".join(line.splitlines()) + "\n" for line in lines)


def page(code: str, lang: Lang) -> str:
    """The page of one code: what it means and what to do; places for figures shown as {name}."""
    saying = SAYINGS[code]
    return (
        f"{code} {saying.severity}: {_plain(saying.title, lang)}\n\n"
        f"  {_plain(saying.message, lang)}\n\n  {_HELP.say(lang)}: {_plain(saying.remedy, lang)}\n"
    )


def catalogue(lang: Lang) -> str:
    """All codes, a line each."""
    return "".join(
        f"{code}  {s.severity:8} {_plain(s.title, lang)}\n" for code, s in sorted(SAYINGS.items())
    )


def _plain(words: Words, lang: Lang) -> str:
    if lang == "both":
        return f"{words.en} {words.zh}"
    return words.zh if lang == "zh" else words.en
