"""What evaluate, validate and explain have in common: framework and data, read as asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from stiscore.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stiscore.dataset import Dataset
    from stiscore.framework.model import Framework
    from stiscore.io.grid import Book
    from stiscore.scorecard import Scorecard
    from stiscore.scores import Fitted
    from stiscore.words import Lang

_RULES = ("common", "strict", "tolerate", "draws", "seed")


class Asked(NamedTuple):
    """What the user asked for, as the options gave it."""

    data: Path
    framework: Path | None = None
    level: str | None = None
    sheet: str | None = None
    year: str | None = None
    any_units: bool = False
    weights: str | None = None
    preset: str | None = None
    methods: tuple[str, ...] = ()
    frame: Path | None = None
    allow_large: bool = False
    layout: str | None = None
    indicator: str | None = None
    lang: Lang = "en"
    quiet: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any], **instead: Any) -> Asked:
        """The options of a command, which are named alike in all of them; some may be replaced."""
        told = {**given, **instead}
        told = {name: told[name] for name in cls._fields if name in told}
        told["any_units"] = given["units"] == "any"
        told["methods"] = tuple(given.get("method") or ())
        for name in ("data", "framework", "frame"):
            told[name] = told.get(name) and Path(told[name])
        return cls(**told)


class Opened(NamedTuple):
    """A file as raw grids, the framework as resolved, the saved frame if one was given."""

    framework: Framework
    book: Book
    frame: Fitted | None


class Session(NamedTuple):
    """The framework as resolved, the data of the chosen year, the saved frame if one was given."""

    framework: Framework
    data: Dataset
    frame: Fitted | None


def open_session(asked: Asked) -> Session:
    """Read everything a scoring command needs."""
    return read_opened(open_book(asked), asked)


def open_book(asked: Asked) -> Opened:
    """Parse the file and load the framework; nothing of the table is understood yet."""
    return open_books(asked, [asked.data])[0]


def open_books(asked: Asked, files: Sequence[Path]) -> tuple[Opened, ...]:
    """The same for several files under one framework; ``asked.data`` is one of them."""
    from contextlib import ExitStack

    from stiscore.io.parse import start

    # The parsers' processes start before anything heavy is imported here, so that all overlap.
    with ExitStack() as stack:
        pending = [stack.enter_context(start(f, allow_large=asked.allow_large)) for f in files]
        from stiscore import api

        _refuse_both(asked)
        frame = api.load_frame(asked.frame) if asked.frame else None
        framework = frame.framework if frame else _framework(asked)
        return tuple(Opened(framework, api.finish(each), frame) for each in pending)


def read_opened(opened: Opened, asked: Asked) -> Session:
    """Understand the table of a parsed file, as asked."""
    from stiscore import api

    framework, book, frame = opened
    data = api.interpret(
        book,
        framework,
        level=asked.level,
        sheet=asked.sheet,
        layout=asked.layout,
        indicator=asked.indicator,
        any_units=asked.any_units,
    )
    if asked.year is not None:
        from stiscore.panels import fill_along_years

        # Before the other years are gone.
        data = api.at(fill_along_years(framework, data), asked.year)
    return Session(framework, data, frame)


def scored(session: Session, params: Mapping[str, Any]) -> Scorecard:
    """The scorecard of a session, under those of the rules for scoring that a command has."""
    from stiscore import api

    return api.evaluate(session.data, session.framework, frame=session.frame, **rules_of(params))


def rules_of(params: Mapping[str, Any]) -> dict[str, Any]:
    """The rules for scoring that a command's options have, as the library takes them."""
    return {key: params[key] for key in _RULES if key in params}


def _refuse_both(asked: Asked) -> None:
    """A saved frame brings its own framework, weights and methods."""
    others = (asked.framework, asked.weights, asked.preset, asked.methods)
    if asked.frame and any(others):
        from stiscore.words.faults import found, refusal

        raise refusal(UsageError, [found("U105")])


def _framework(asked: Asked) -> Framework:
    from stiscore.framework.find import id_of
    from stiscore.framework.override import with_methods, with_weights
    from stiscore.io.framework_yaml import load_framework

    framework = load_framework(asked.framework)
    if asked.preset:
        framework = _with_preset(framework, asked.preset, asked)
    if asked.weights is not None:
        wanted = parse_weights(asked.weights).items()
        framework = with_weights(framework, {id_of(framework, n): w for n, w in wanted})
    return with_methods(framework, asked.methods) if asked.methods else framework


def _with_preset(framework: Framework, preset: str, asked: Asked) -> Framework:
    """The framework under one of its own presets, or under weights saved in a file."""
    from stiscore.framework.override import with_preset, with_weights
    from stiscore.io.weight_preset import ENDINGS, load_preset

    if not preset.lower().endswith(ENDINGS):
        return with_preset(framework, preset)
    loaded = load_preset(Path(preset), framework)
    if loaded.findings and not asked.quiet:
        from stiscore.report import findings_text

        typer.echo(findings_text.full(loaded.findings, asked.lang), err=True, nl=False)
    return with_weights(framework, loaded.preset.weights)


def parse_weights(text: str) -> dict[str, float]:
    """``a=2,b=0.5`` as a mapping; UsageError says which part is not of that form.

    >>> parse_weights("foreign_talent=2, green_channels=1.5")
    {'foreign_talent': 2.0, 'green_channels': 1.5}
    """
    weights: dict[str, float] = {}
    for part in text.split(","):
        node, _, value = part.partition("=")
        try:
            # Given twice, the second would silently win.
            weights[node.strip()] = float(value if node.strip() not in weights else "twice")
        except ValueError as fault:
            from stiscore.words.faults import found, refusal
            from stiscore.words.faults.usage import FORMS

            form = FORMS["weights"]
            told = found("U103", option="--weights", form=form, given=part.strip())
            raise refusal(UsageError, [told]) from fault
    return weights
