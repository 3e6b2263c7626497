"""One small grammar for each kind of column."""
