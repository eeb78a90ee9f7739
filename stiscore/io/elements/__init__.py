"""The rows of another program's index (COINr, the COIN Tool) -> a Framework."""
