"""What each official site answers, as records: pure parsers of its pages and JSON."""
