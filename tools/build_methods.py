"""Makes the pages of docs/methods again: python tools/build_methods.py."""

from __future__ import annotations

from pathlib import Path

from stiscore.report.method_pages import pages

OUT = Path(__file__).resolve().parent.parent / "docs" / "methods"


def main() -> None:
    """Write every page."""
    OUT.mkdir(parents=True, exist_ok=True)
    told = pages()
    for name, text in told.items():
        (OUT / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(told)} pages in {OUT.name}")


if __name__ == "__main__":
    main()
