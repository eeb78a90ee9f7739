"""``python -m stiscore``."""

from stiscore.cli import main

if __name__ == "__main__":
    main()
