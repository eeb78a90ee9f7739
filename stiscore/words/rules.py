"""The page of a finding: its headings, and where its exit code comes from."""

from __future__ import annotations

from stiscore.errors import ExitCode
from stiscore.finding import Severity
from stiscore.words import Words
from stiscore.words.faults.saying import Saying

PAGE: dict[str, Words] = {
    "title": Words("Findings", "检查结果代码"),
    "intro": Words(
        "Everything that is found fault with, by code. A code keeps its meaning; `stiscore rules CODE` prints the "
        "same page.",
        "stiscore 的全部检查代码。代码含义保持不变；stiscore rules 可显示同样的内容。",
    ),
    "severity": Words("Severity", "级别"),
    "exit": Words("Exit code", "退出码"),
    "since": Words("Since", "起始版本"),
    "says": Words("What it says", "提示内容"),
    "many": Words("Where there are many", "同类较多时"),
    "why": Words("Why it matters", "原因"),
    "mend": Words("How to mend it", "处理方法"),
    "example": Words("Example", "示例"),
    "strict": Words("0; 1 with --strict", "0；使用 --strict 时为1"),
}
FAMILIES: dict[str, Words] = {
    "F": Words("Framework", "框架"),
    "R": Words("File, container and output", "文件、格式与输出"),
    "L": Words("Layout and columns", "表格结构与列"),
    "D": Words("Cells, bounds and keys", "单元格、取值范围与单位"),
    "C": Words("Coverage and scores", "覆盖率与得分"),
    "U": Words("Usage", "用法"),
}
# Version that brought a code, where it is not the first.
SINCE: dict[str, str] = {}
FIRST = "0.1.0"

_BY_FAMILY = {
    "F": ExitCode.REFUSED,
    "R": ExitCode.REFUSED,
    "L": ExitCode.FINDINGS,
    "D": ExitCode.FINDINGS,
    "C": ExitCode.FINDINGS,
    "U": ExitCode.USAGE,
}
# Errors that end otherwise than their family: a name that does not exist, output that cannot be
# written, what only shows while computing.
_OTHERWISE = {
    **dict.fromkeys(("R100", "R150", "R151", "R152", "R153", "R154"), ExitCode.USAGE),
    **dict.fromkeys(("R155", "R156", "R157", "R158", "C311"), ExitCode.FAILED),
    **dict.fromkeys(("L103", "L113", "L114", "L120", "L122", "R132"), ExitCode.USAGE),
}


def exit_code(code: str, saying: Saying) -> ExitCode:
    """What a run ends in that finds ``code`` and nothing worse."""
    if saying.severity is not Severity.ERROR:
        return ExitCode.DONE
    return _OTHERWISE.get(code, _BY_FAMILY[code[0]])
