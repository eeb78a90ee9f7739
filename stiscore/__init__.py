"""How open is an innovation system, where does it fall short, and which cell says so."""

from __future__ import annotations

__version__ = "0.1.0"
