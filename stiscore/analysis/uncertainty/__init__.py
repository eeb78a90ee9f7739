"""How far ranks and scores depend on what could have been chosen otherwise."""
