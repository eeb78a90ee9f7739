"""The command line: one file a command; app.py maps errors to exit codes."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``stiscore`` script."""
    import sys

    from stiscore.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        # A console on a legacy code page gets a replacement sign instead of a crash.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    app()
