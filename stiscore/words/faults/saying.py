"""The shape of one catalogue entry."""

from __future__ import annotations

from typing import NamedTuple

from stiscore.finding import Severity
from stiscore.words import Words


class Saying(NamedTuple):
    """What a code means: ``message`` has places for figures, ``remedy`` says what to do."""

    severity: Severity
    title: Words
    message: Words
    remedy: Words


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
