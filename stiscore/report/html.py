"""The ranked table as HTML for a notebook or a plain page; everything from files is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from stiscore.report import league
from stiscore.report.model import Report
from stiscore.report.phrases import footer, opening
from stiscore.words import Lang


def fragment(report: Report, lang: Lang) -> str:
    """Title, ranked table and notes as one ``<section>`` without script or style sheet."""
    title, *rest = opening(report, lang)
    heads, rows, _ = league.ranks(report, lang)
    notes = [*league.notes(report, lang), *footer(report, lang)]
    return "\n".join(
        [
            '<section class="stiscore">',
            f"<h3>{escape(title)}</h3>",
            f"<p>{'<br>'.join(escape(text) for text in rest)}</p>",
            *_table(heads, rows),
            f"<p><small>{'<br>'.join(escape(text) for text in notes)}</small></p>",
            "</section>",
        ]
    )


def page(body: str, lang: Lang) -> str:
    """A fragment as a whole page that loads nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{"zh" if lang == "zh" else "en"}">\n'
        '<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>stiscore</title>\n'
        f"</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in heads)
    lines = [f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"]
    for first, *rest in rows:
        cells = "".join(f'<td style="text-align:right">{escape(c)}</td>' for c in rest)
        lines.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
    return [*lines, "</tbody></table>"]
