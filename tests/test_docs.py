"""What the documents say against what the program does, and what no tracked file may name."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from stiscore.cli.app import app
from stiscore.errors import ExitCode

REPO = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Spelt apart, so that this file passes its own test.
FOLDERS = ("work", "tmp", "root", "home/[a-z]+", "Users/[a-z]+")
MACHINE = re.compile("|".join(rf"(?<![\w.~])/{folder}/" for folder in FOLDERS))
REGISTRIES = re.compile(
    "|".join(rf"{host}\.{end}" for host, end in (
        (r"files\.pythonhosted", "org"), ("pypi", "org"), ("pypi", "python"), ("npmjs", "org"),
        ("npmjs", "com"), ("crates", "io"), ("rubygems", "org"), ("anaconda", "org"),
        (r"proxy\.golang", "org"), ("huggingface", "co"),
    ))
)  # fmt: skip


def tracked() -> list[Path]:
    """Files under version control; in an unpacked archive every file there is."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("not a checkout")
    names = [n for n in done.stdout.decode().split("\0") if n]
    return [REPO / n for n in names if (REPO / n).is_file()]


def texts() -> list[tuple[Path, str]]:
    """Tracked files that are text; broken samples are whatever they are."""
    found = []
    for file in tracked():
        data = file.read_bytes()
        if b"\0" not in data and file.parent.name != "broken":
            found.append((file, data.decode("utf-8")))
    return found


def commands() -> set[str]:
    """Names of all commands, those of groups included."""
    groups = {
        f"{group.name} {c.name or (c.callback.__name__ if c.callback else '')}"
        for group in app.registered_groups
        if group.typer_instance
        for c in group.typer_instance.registered_commands
    }
    return groups | {str(c.name) for c in app.registered_commands}


def readme() -> str:
    return (REPO / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_command() -> None:
    assert {"evaluate", "framework check"} <= commands()
    absent = [c for c in sorted(commands()) if not re.search(rf"(stiscore |`){c}\b", readme())]
    assert absent == []


def test_commands_and_options_in_the_readme_exist() -> None:
    known = {c.split()[0] for c in commands()}
    told = re.findall(r"^(?:\$ )?stiscore ([a-z]+)", readme(), re.MULTILINE)
    told += re.findall(r"`stiscore ([a-z]+)", readme())
    assert told
    assert set(told) - known == set()


def test_the_readme_lists_the_exit_codes() -> None:
    rows = re.findall(r"^\| *`?(\d+)`? *\|", readme(), re.MULTILINE)
    assert sorted(int(row) for row in rows) == sorted(ExitCode)


def test_every_decision_has_a_number_and_a_status() -> None:
    files = sorted((REPO / "docs" / "adr").glob("*.md"))
    assert len(files) >= 8
    for number, file in enumerate(files, 1):
        assert file.name.startswith(f"{number:04}-")
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. ")
        assert re.search(r"^Status: (accepted|superseded|proposed)", text, re.MULTILINE), file.name


def test_links_lead_somewhere() -> None:
    broken = []
    for file, text in texts():
        if file.suffix != ".md":
            continue
        for target in LINK.findall(text):
            if re.match(r"[a-z]+:", target):
                continue
            place, _, anchor = target.partition("#")
            aim = file.parent / place if place else file
            if not aim.exists() or (anchor and aim.suffix == ".md" and anchor not in anchors(aim)):
                broken.append((file.name, target))
    assert broken == []


def anchors(file: Path) -> set[str]:
    """Headings of a page as links name them."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in heads}


def test_decisions_and_files_named_in_code_exist() -> None:
    named = {
        (file.name, path)
        for file, text in texts()
        for path in re.findall(r"docs/adr/\d{4}[\w-]*(?:\.md)?", text)
    }
    assert named
    for file, path in named:
        assert list(REPO.glob(f"{path}*")), (file, path)


def test_no_file_names_a_machine_or_a_registry() -> None:
    assert len(texts()) > 100
    found = [
        (str(file.relative_to(REPO)), told[0])
        for file, text in texts()
        for told in [*MACHINE.finditer(text), *REGISTRIES.finditer(text)]
    ]
    assert found == []


def test_the_patterns_would_notice() -> None:
    assert MACHINE.search("see /" + "tmp/x")
    assert REGISTRIES.search("https://pypi" + ".org/simple")
    assert not MACHINE.search("https://example.org/work/")


def test_text_files_end_in_a_newline_and_hold_no_carriage_returns() -> None:
    odd = [
        str(file.relative_to(REPO))
        for file, text in texts()
        if text and (not text.endswith("\n") or "\r" in text)
    ]
    assert odd == []
