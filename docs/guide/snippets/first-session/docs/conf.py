project = "Harbour Forum"
language = "en_GB"
extensions = ["sphinx_rapporteur"]
html_theme = "furo"
