"""Planted lies: how many the check of reasons catches, and how many true sentences it drops."""
