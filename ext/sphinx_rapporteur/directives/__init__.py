"""Directives: thin, from options to a component that waits for the builder."""
