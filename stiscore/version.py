"""The version, apart from the package's front door, so that the core can name it without it."""

__version__ = "0.1.0"
