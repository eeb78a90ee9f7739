"""The same bytes anywhere, whatever the console, the path or the clock; invented data say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import stiscore as sti
from tests.cli.conftest import Process, Run, Samples


@pytest.mark.parametrize(
    "arguments",
    [["-F", form] for form in ("text", "markdown")]
    + [["-u", "江苏", "-F", form] for form in ("text", "markdown")],
    ids=" ".join,
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_invented_data_say_so_first(
    arguments: list[str], lang: str, run: Run, samples: Samples
) -> None:
    told = run("evaluate", samples["full"], *arguments, "--lang", lang).out
    assert ("虚构数据" if lang == "zh" else "INVENTED DATA") in told.split("\n\n\n")[0][:600]


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_invented_data_say_so_in_an_explanation(form: str, run: Run, samples: Samples) -> None:
    told = run("explain", samples["full"], "江苏", "gerd_abroad_share", "-F", form).out
    if form == "json":
        assert json.loads(told)["invented"] is True
    else:
        assert "INVENTED DATA" in told.splitlines()[0]


def test_invented_data_say_so_in_json_and_html(run: Run, samples: Samples) -> None:
    assert (
        json.loads(run("evaluate", samples["full"], "-F", "json").out)["data"]["invented"] is True
    )
    real = json.loads(run("evaluate", samples["provinces"], "-F", "json").out)
    assert real["data"]["invented"] is False
    card = sti.evaluate(sti.read(samples["full"]))
    assert "INVENTED DATA" in card.to_html()
    assert "INVENTED" not in sti.evaluate(sti.read(samples["provinces"])).to_html()


def test_the_same_input_gives_the_same_bytes_anywhere(
    process: Process, samples: Samples, tmp_path: Path
) -> None:
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "C", "LANG": "C"},
    ]
    for form in ("text", "json"):
        asked = ["evaluate", samples["provinces"], "-F", form, "--lang", "both"]
        done = [process(*asked, env=env, cwd=tmp_path) for env in surroundings]
        assert [d.returncode for d in done] == [0, 0]
        assert done[0].stdout == done[1].stdout
        assert done[0].stderr == done[1].stderr
        assert done[0].stdout.endswith(b"\n")


@pytest.mark.parametrize("encoding", ["gbk", "cp1252"])
def test_a_legacy_console_gets_a_replacement_not_a_crash(
    encoding: str, process: Process, samples: Samples
) -> None:
    done = process(
        "evaluate", samples["provinces"], "--lang", "both", env={"PYTHONIOENCODING": encoding}
    )
    assert done.returncode == 0, done.stderr
    assert ("上海" if encoding == "gbk" else "?") in done.stdout.decode(encoding)


def test_paths_with_spaces_and_chinese(process: Process, samples: Samples, tmp_path: Path) -> None:
    folder = tmp_path / "数据 文件夹"
    folder.mkdir()
    file = folder / "各省 2022 (1).xlsx"
    file.write_bytes(samples["provinces"].read_bytes())
    done = process(
        "evaluate", file.name, "-o", "得 分.json", "--save-frame", "标尺.json", cwd=folder
    )
    assert (done.returncode, done.stdout) == (0, b"")
    assert file.name in done.stderr.decode()
    told = json.loads((folder / "得 分.json").read_text("utf-8"))
    assert told["data"]["file"] == file.name
    assert str(tmp_path) not in (folder / "得 分.json").read_text("utf-8")
    framed = process("evaluate", file.name, "--frame", "标尺.json", "-F", "csv", cwd=folder)
    assert framed.returncode == 0
