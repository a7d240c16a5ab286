"""Checks of what has landed and of what was built, with great-expectations."""
