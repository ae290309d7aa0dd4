project = "Our documentation"
language = "en_GB"
extensions = ["sphinx_rapporteur", "sphinx.ext.intersphinx"]
rapporteur_data = None
intersphinx_mapping = {"harbour": ("http://127.0.0.1:8000/", None)}
html_theme = "furo"
