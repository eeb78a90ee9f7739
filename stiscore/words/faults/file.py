"""R1xx: a file that cannot be read, or that a guard refuses."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, Saying

SAYINGS: dict[str, Saying] = {
    "R103": Saying(
        ERROR,
        Words("Empty file", "文件为空"),
        Words("the file holds no bytes", "文件没有任何内容"),
        Words(
            "Check that the download or export finished, and give the file again.",
            "请确认下载或导出已完成，然后重新提供文件。",
        ),
    ),
}
