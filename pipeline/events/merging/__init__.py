"""Across reports: which tellings are one incident, and the one event that they make."""
