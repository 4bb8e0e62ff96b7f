"""Keeping answers: for a question asked again, and for readers before they ask. What is kept is checked before it is shown."""
