project = "Harbour Forum"
extensions = ["sphinx_rapporteur"]
html_theme = "alabaster"
