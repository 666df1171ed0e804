"""What a run writes, one writer each; all of them write the old file or the new one, never half."""
