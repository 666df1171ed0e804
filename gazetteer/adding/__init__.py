"""Sources that a user adds: what was asked for, getting it, keeping it beside the index."""
