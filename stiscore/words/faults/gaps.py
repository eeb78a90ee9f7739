"""Faults of `gaps`."""

from __future__ import annotations

from stiscore.words import Words
from stiscore.words.faults.saying import ERROR, Saying

SAYINGS: dict[str, Saying] = {
    "U160": Saying(
        ERROR,
        Words("No gaps in the framework", "框架未设差距"),
        Words(
            "the framework {framework} names no gaps, so there are none to show",
            "框架 {framework} 未设差距，无可列示",
        ),
        Words(
            "Use a framework with `gaps` (the shipped one has seven), or add them to your copy.",
            "请使用含 gaps 的框架（内置框架设有七项差距），或在框架副本中添加。",
        ),
    ),
}
