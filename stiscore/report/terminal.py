"""The report on a terminal: what is measured, ranks, gaps; or one unit's card."""

from __future__ import annotations

import io

from rich.console import Console
from rich.markup import escape

from stiscore.report import league
from stiscore.report.model import GroupScore, Report, UnitReport
from stiscore.report.phrases import figure, flags, footer, name, opening, raw, unit_name
from stiscore.report.table import Field, bar, lay_out
from stiscore.words import Lang
from stiscore.words.report import label


class TerminalReport:
    """Writes one Report as lines of at most ``width`` cells."""

    def __init__(
        self,
        report: Report,
        lang: Lang,
        width: int,
        *,
        color: bool = False,
        ascii_only: bool = False,
    ) -> None:
        self.report, self.lang, self.width, self.ascii = report, lang, width, ascii_only
        self.out = io.StringIO()
        self.console = Console(
            file=self.out,
            width=width,
            force_terminal=color,
            no_color=not color,
            highlight=False,
            legacy_windows=False,
            color_system="standard" if color else None,
        )

    def league(self) -> str:
        """The first screen: ranks of all shown units, largest gaps, what is not measured."""
        self._opening()
        self._ranks()
        self._largest_gaps()
        self._not_measured()
        self._footer()
        return self.text()

    def cards(self) -> str:
        """A card for every shown unit."""
        self._opening()
        for unit in self.report.units:
            self._card(unit)
        self._not_measured()
        self._footer()
        return self.text()

    def text(self) -> str:
        """What was written so far, without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.out.getvalue().splitlines()) + "\n"

    def say(self, key: str, **fields: object) -> str:
        """A label in the report's language."""
        return label(key, self.lang, **fields)

    def line(self, text: str = "", style: str = "") -> None:
        """One paragraph, wrapped at the width; text from files is escaped."""
        self.console.print(escape(text), style=style or None)

    def _opening(self) -> None:
        first, *rest = opening(self.report, self.lang)
        self.line(first, "bold")
        for text in rest:
            self.line(text)
        ranked, of = self.report.ranked, len(self.report.units)
        if of > 1:
            self.line(
                self.say(
                    "ranked", ranked=ranked, of=of, units=name(self.report.unit_word, self.lang)
                )
            )

    def _table(self, fields: list[Field]) -> None:
        safe = [
            Field(escape(f.head), [escape(c) for c in f.cells], f.align, f.drop, f.style)
            for f in fields
        ]
        laid = lay_out(safe, self.width)
        self.console.print(laid.table)
        if laid.hidden:
            self.line(self.say("hidden", columns=", ".join(laid.hidden)), "dim")

    def _ranks(self) -> None:
        units = self.report.units
        self.line()
        fields = [
            Field(self.say("rank"), [str(u.rank or "-") for u in units]),
            Field(self.say("unit"), [unit_name(u, self.lang) for u in units], "left", style="bold"),
            Field(self.say("score"), [league.score(u) for u in units]),
            Field(self.say("gap_index"), [figure(u.gap_index) for u in units], drop=1),
        ]
        if any(u.adjusted is not None for u in units):
            fields.append(Field(self.say("adjusted"), [figure(u.adjusted) for u in units], drop=1))
        if any(u.band for u in units):
            fields.append(
                Field(self.say("band"), [self._band(u.band) for u in units], "left", drop=4)
            )
        for area in self.report.shown_areas:
            cells = [self._area(u.group(area.id)) for u in units]
            fields.append(Field(name(area.name, self.lang, short=True), cells, drop=2))
        fields.append(
            Field(
                self.say("bar"),
                [bar(u.score, 12, ascii_only=self.ascii) for u in units],
                "left",
                drop=3,
            )
        )
        self._table(fields)
        for text in league.notes(self.report, self.lang):
            self.line(text)
        if any("low_confidence" in g.flags for u in units for g in u.groups if g.parent):
            self.line(self.say("one_indicator"))

    def _area(self, group: GroupScore) -> str:
        mark = "*" if "low_confidence" in group.flags else ""
        return f"{figure(group.score)}{mark}"

    def _band(self, band: str | None) -> str:
        return name(self.report.band_words[band], self.lang) if band else "-"

    def _largest_gaps(self) -> None:
        summaries = self.report.largest_gaps
        if not summaries:
            return
        self.line()
        self.line(self.say("largest_gaps"), "bold")
        gaps = {g.id: g for g in self.report.gaps}
        widest = [
            f"{unit_name(s.widest, self.lang)} {figure(s.widest_severity, 0)}" for s in summaries
        ]
        counts = [self.say("n_of_m", n=gaps[s.id].measured, m=gaps[s.id].of) for s in summaries]
        self._table(
            [
                Field(
                    self.say("gap"),
                    [name(s.name, self.lang, short=True) for s in summaries],
                    "left",
                ),
                Field(self.say("median"), [figure(s.median) for s in summaries]),
                Field(self.say("widest"), widest, "left", drop=1),
                Field(self.say("behind"), counts, "left", drop=2),
            ]
        )

    def _card(self, unit: UnitReport) -> None:
        self.line()
        self.line(league.card_head(unit, self.report, self.lang), "bold")
        self._card_areas(unit)
        self._card_gaps(unit)
        self._card_indicators(unit)
        for text in league.standing_out(unit, self.report, self.lang):
            self.line(text)

    def _card_areas(self, unit: UnitReport) -> None:
        groups = [unit.group(a.id) for a in self.report.shown_areas]
        self._table(
            [
                Field(
                    self.say("area"), [name(g.name, self.lang, short=True) for g in groups], "left"
                ),
                Field(self.say("score"), [figure(g.score) for g in groups]),
                Field(self.say("rank"), [str(g.rank or "-") for g in groups]),
                Field(self.say("weight"), [f"{g.effective:.1%}" for g in groups], drop=1),
                Field(self.say("points"), [figure(g.points) for g in groups], drop=1),
                Field(
                    self.say("flags"), [flags(g.flags, self.lang) for g in groups], "left", drop=2
                ),
                Field(
                    self.say("bar"),
                    [bar(g.score, 12, ascii_only=self.ascii) for g in groups],
                    "left",
                    drop=3,
                ),
            ]
        )

    def _card_gaps(self, unit: UnitReport) -> None:
        gaps = [g for g in unit.gaps if g.severity is not None]
        if not gaps:
            return
        self.line()
        self._table(
            [
                Field(self.say("gap"), [name(g.name, self.lang, short=True) for g in gaps], "left"),
                Field(self.say("severity"), [figure(g.severity) for g in gaps]),
                Field(self.say("rank"), [str(g.rank or "-") for g in gaps]),
                Field(
                    self.say("behind"),
                    [self.say("n_of_m", n=g.measured, m=g.of) for g in gaps],
                    "left",
                    drop=1,
                ),
                Field(self.say("band"), [self._band(g.band) for g in gaps], "left", drop=2),
            ]
        )

    def _card_indicators(self, unit: UnitReport) -> None:
        rows = unit.indicators
        self.line()
        self._table(
            [
                Field(self.say("indicator"), [i.id for i in rows], "left"),
                Field(self.say("value"), [raw(i.raw) for i in rows]),
                Field(self.say("score"), [figure(i.normalised) for i in rows]),
                Field(self.say("rank"), [str(i.rank or "-") for i in rows], drop=1),
                Field(self.say("points"), [figure(i.points) for i in rows], drop=3),
                Field(
                    self.say("cells"),
                    [" ".join(c.cell or str(c) for c in i.cells) for i in rows],
                    "left",
                    drop=4,
                ),
                Field(self.say("flags"), [flags(i.flags, self.lang) for i in rows], "left", drop=2),
            ]
        )

    def _not_measured(self) -> None:
        report = self.report
        areas = [name(a.name, self.lang) for a in report.areas if not a.measured]
        gaps = [name(g.name, self.lang) for g in report.gaps if not g.measured]
        if areas or gaps:
            self.line()
            self.line(self.say("not_measured"), "bold")
        for key, names in (("areas", areas), ("gaps", gaps)):
            if names:
                self.line(f"{self.say(key)}: {'; '.join(names)}")

    def _footer(self) -> None:
        self.line()
        for text in footer(self.report, self.lang):
            self.line(text, "dim")
