"""A bar for whoever waits at a terminal; nobody else is told how far a run is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from stiscore.words import Lang, Words

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# What is done sooner needs no bar.
PATIENCE = 1.0


class Bar:
    """Drawn on stderr once a run has lasted a second; ``words``: with places for done and of."""

    def __init__(self, words: Words, lang: Lang) -> None:
        self._words, self._lang = words, lang
        self._since = time.monotonic()
        self._drawn: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, of: int) -> None:
        """So much is done of so much."""
        if self._drawn is None:
            if time.monotonic() - self._since < PATIENCE:
                return
            self._drawn = _started()
        progress, task = self._drawn
        text = self._words.say(self._lang, done=done, of=of)
        progress.update(task, completed=done, total=of, description=text)

    def close(self) -> None:
        """Take the bar off the terminal."""
        if self._drawn is not None:
            self._drawn[0].stop()


def _started() -> tuple[Progress, TaskID]:
    # Imported here: most runs are over before a bar is needed.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    # markup=False: a sentence is no markup, whatever signs it holds.
    said = TextColumn("{task.description}", markup=False)
    console = Console(file=sys.stderr)
    progress = Progress(BarColumn(), said, TimeRemainingColumn(), console=console, transient=True)
    progress.start()
    return progress, progress.add_task("")


@contextmanager
def bar(words: Words, lang: Lang, *, quiet: bool = False) -> Iterator[Bar | None]:
    """A bar to be told of progress; None where stderr is no terminal, or with ``quiet``."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    drawn = Bar(words, lang)
    try:
        yield drawn
    finally:
        drawn.close()
