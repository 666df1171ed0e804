"""From reports to events on a map."""
