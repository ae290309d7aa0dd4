"""The ``forum`` domain: names for events, sessions, people, organisations, figures and what was said."""
