project = "A project that refers"
extensions = ["sphinx_rapporteur", "sphinx.ext.intersphinx"]
rapporteur_data = None
intersphinx_mapping = {"igf": ("https://example.org/igf/", None)}
