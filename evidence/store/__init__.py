"""One series, one YAML file."""
