"""``stiscore sample``: the sample workbooks, from the installed package."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stiscore.cli import options


class Which(StrEnum):
    """The samples there are; full is invented."""

    provinces = "provinces"
    economies = "economies"
    full = "full"


def sample(
    which: Annotated[
        Which, typer.Argument(help="provinces, economies (real figures) or full (invented).")
    ] = Which.provinces,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write into.")] = Path(),
    force: options.Force = False,
) -> None:
    """Write a sample workbook to start from."""
    from stiscore import api
    from stiscore.io.write import write_whole

    source = api.sample(which)
    target = output / source.name
    write_whole(target, source.read_bytes(), force=force, inputs=[source])
    typer.echo(str(target))
