"""The command line: one file a command; app.py maps errors to exit codes."""

from __future__ import annotations


def main() -> None:
    """Entry point of the ``stiscore`` script."""
    import os
    import sys

    # No plug-in that happens to be installed may change what a framework means, and a search for
    # them through all installed packages takes its time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # No run multiplies matrices so far: the threads BLAS starts on import would wait for nothing.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from stiscore.cli.app import app
    from stiscore.cli.signs import register

    errors = register()
    for stream in (sys.stdout, sys.stderr):
        # A console on a legacy code page gets a sign that it has instead of a crash.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=errors)
    app()
