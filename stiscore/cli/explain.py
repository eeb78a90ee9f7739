"""``stiscore explain``: from a unit's score down to the cells."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from stiscore.cli import labels as labelling
from stiscore.cli import options
from stiscore.cli.output import chosen_format, emit, leave, speak, width_of
from stiscore.errors import UsageError

if TYPE_CHECKING:
    from stiscore.analysis.explain import Branch, Leaf
    from stiscore.framework.model import Framework


class Form(StrEnum):
    """Formats of an explanation."""

    text = "text"
    json = "json"
    markdown = "markdown"


def explain(
    ctx: typer.Context,
    data: options.Data,
    unit: Annotated[str, typer.Argument(help="Unit: id, English or Chinese name.")],
    node: Annotated[
        str | None, typer.Argument(help="Area, gap or indicator, by id or name; default: all.")
    ] = None,
    framework: options.FrameworkFile = None,
    level: options.Level = None,
    sheet: options.Sheet = None,
    layout: options.Layout = None,
    indicator: options.Indicator = None,
    year: options.Year = None,
    units: options.WhichUnits = options.AnyUnits.known,
    weights: options.Weights = None,
    preset: options.Preset = None,
    method: options.Methods = None,
    frame: options.Frame = None,
    draws: options.Draws = None,
    seed: options.Seed = 1,
    labels: options.Labels = "source",
    form: Annotated[
        Form | None, typer.Option("-F", "--format", help="text, json or markdown.")
    ] = None,
    output: options.Output = None,
    force: options.Force = False,
    lang: options.Language = options.Lang.en,
    tolerate: options.Tolerate = False,
    width: options.Width = None,
    allow_large: options.AllowLarge = False,
    debug: options.Debug = False,
) -> None:
    """Explain a unit's score: weights, points, formula with the figures put in, cells."""
    shown = chosen_format(form, output)
    told = speak(ctx, lang, form or "text")
    wanted = labelling.asked(labels)
    from stiscore.cli.session import Asked, open_session

    session = open_session(Asked.of(ctx.params))
    from stiscore import api
    from stiscore.framework.find import id_of
    from stiscore.report import explain_text

    card = api.evaluate(
        session.data,
        session.framework,
        frame=session.frame,
        tolerate=tolerate,
        draws=draws,
        seed=seed,
    )
    report = labelling.applied(card.report_of(unit), wanted, told, shown)
    node = None if node is None else id_of(session.framework, node)
    gap = node if node in {g.id for g in session.framework.gaps} else None
    parts = _parts(card.explain(unit), node, gap, session.framework)
    text = explain_text.render(parts, report, shown, told, width_of(width), gap)
    emit(text, output, force=force, inputs=[data])
    leave(card.findings)


def _parts(
    whole: Branch, node: str | None, gap: str | None, framework: Framework
) -> tuple[Branch | Leaf, ...]:
    """What of the explanation was asked for; UsageError when there is nothing of that name."""
    from stiscore.analysis.explain import find, under_gap

    if gap is not None:
        return under_gap(whole, gap)
    part = whole if node is None else find(whole, node)
    if part is not None:
        return (part,)
    from stiscore.words.faults import found, refusal, unknown

    known = [n.id for n in (*framework.nodes, *framework.gaps)]
    if node in known:
        raise refusal(UsageError, [found("U106", node=node)])
    raise unknown("place", str(node), known)
