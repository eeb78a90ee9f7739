"""Questions asked of scores, one file a question."""
