"""A geocoding service asked for what the gazetteer lacks: only where the user opts in, slowly, and kept."""
