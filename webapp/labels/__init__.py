"""Codes in a reader's words: everything that the core names by a code is named for people here, and only here."""
