"""All series as one evidence table, and its audit."""
