"""``stiscore diff``: what moved between two files, years or frameworks, and through what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stiscore.cli import options, shared
from stiscore.cli.output import begun, deliver
from stiscore.errors import UsageError

if TYPE_CHECKING:
    from stiscore.cli.session import Session


@shared.taking(
    shared.READING, shared.METHOD, shared.RULES, shared.VARIANTS, shared.FORM, shared.OUTPUT
)
def diff(
    ctx: typer.Context,
    data: Annotated[
        Path, typer.Argument(help="The old table, or the one that holds both sides.", metavar="OLD")
    ],
    new: Annotated[
        Path | None,
        typer.Argument(help="The new table; default: the same file.", metavar="NEW"),
    ] = None,
    new_framework: Annotated[
        Path | None,
        typer.Option("--new-framework", help="Framework YAML of the new side; default: as -f."),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option(
            "--year",
            help="FROM:TO, the old and the new year; or one for both. Default: each file's latest.",
        ),
    ] = None,
    unit: options.Units = None,
    new_weights: Annotated[
        str | None, typer.Option("--new-weights", help="Declared weights of the new side alone.")
    ] = None,
    new_method: Annotated[
        list[str] | None,
        typer.Option("--new-method", help="Method of the new side alone (repeatable)."),
    ] = None,
) -> None:
    """What moved between two tables, years or frameworks: each change split into its parts."""
    shown, told = begun(ctx)
    old_side, new_side = _sides(ctx.params)
    from stiscore import changing
    from stiscore.cli.session import rules_of

    one = new is None and new_side is old_side
    done = changing.diff(
        old_side.data,
        None if one else new_side.data,
        old_side.framework,
        new_framework=None if new_side.framework is old_side.framework else new_side.framework,
        units=unit or (),
        year=year,
        frame=old_side.frame,
        **rules_of(ctx.params),
    )
    deliver(done, ctx.params, shown, told)


def _sides(params: dict[str, Any]) -> tuple[Session, Session]:
    """Both sides as read: one and the same where nothing of the new side is its own."""
    from stiscore.cli.session import Asked, open_books, read_opened

    # The years are taken later: a year may be in a file beside others.
    asked = Asked.of(params, year=None)
    anew = [params[key] for key in ("new_framework", "new_weights", "new_method")]
    if asked.frame and any(anew):
        from stiscore.words.faults import found, refusal

        raise refusal(UsageError, [found("U166")])
    second = params["new"] or asked.data
    files = [asked.data] if second == asked.data else [asked.data, second]
    opened = [read_opened(each, asked) for each in open_books(asked, files)]
    if not any(anew):
        return opened[0], opened[-1]
    return opened[0], _of_the_new(params, asked._replace(data=second), opened[-1])


def _of_the_new(params: dict[str, Any], asked: Any, session: Session) -> Session:
    """The new side under its own framework, weights and methods, on top of what both sides have."""
    from stiscore.cli.session import open_session, parse_weights
    from stiscore.framework.find import id_of
    from stiscore.framework.override import with_methods, with_weights

    if params["new_framework"]:
        session = open_session(asked._replace(framework=params["new_framework"]))
    framework = session.framework
    if params["new_weights"] is not None:
        wanted = parse_weights(params["new_weights"]).items()
        framework = with_weights(framework, {id_of(framework, n): w for n, w in wanted})
    return session._replace(framework=with_methods(framework, params["new_method"] or ()))
