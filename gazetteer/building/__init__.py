"""Sources -> one index: staged, joined, ranked, written."""
