"""Results as people and programs read them: one Report, many renderers, no arithmetic in any."""
