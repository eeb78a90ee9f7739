"""Which peers are there to be measured beside."""

from __future__ import annotations

import importlib.util


def there(package: str, extra: str = "bench") -> bool:
    """Whether a peer is installed; if not, it is said which extra of stiscore brings it."""
    if importlib.util.find_spec(package) is None:
        print(f"({package} is not installed: pip install 'stiscore[{extra}]')")
        return False
    return True
