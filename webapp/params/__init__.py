"""What a visitor sends, read into the core's values: every default, limit and message stands here."""
