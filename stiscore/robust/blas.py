"""Matrix products on one thread: how they are split among several shows in their last bits."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """A context in which this process multiplies matrices on one thread.

    >>> with one_thread():
    ...     pass
    """
    told: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return told


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
