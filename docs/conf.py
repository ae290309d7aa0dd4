"""The site of sphinx-rapporteur: the guide, and the proceedings of a real forum made from data/."""

project = "sphinx-rapporteur"
author = "The sphinx-rapporteur developers"
copyright = "2026, the sphinx-rapporteur developers"
language = "en_GB"

extensions = ["sphinx_rapporteur"]
html_theme = "furo"
html_title = "sphinx-rapporteur"
