"""The command line: one file a command; app.py maps errors to exit codes."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``stiscore`` script."""
    import os
    import sys

    # No plug-in that happens to be installed may change what a framework means; and looking for
    # them costs a tenth of the start-up.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from stiscore.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        # A console on a legacy code page gets a replacement sign instead of a crash.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    app()
