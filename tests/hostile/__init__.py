"""Hostile data, broken data and failures of our own: what the page on security promises."""
