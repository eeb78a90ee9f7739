"""What stands in an annotated workbook beside the findings themselves."""

from __future__ import annotations

from stiscore.words import Words

ANNOTATE: dict[str, Words] = {
    "sheet": Words("Findings (stiscore)", "检查结果（stiscore）"),
    "more": Words(
        "(longer: the sheet of findings has the whole text)", "（内容较长，全文见检查结果工作表）"
    ),
    "left": Words(
        "The first {shown} of {count} findings are listed; `stiscore validate -F csv` lists all.",
        "仅列出{count}项检查结果中的前{shown}项；可用 stiscore validate -F csv 列出全部结果。",
    ),
}
