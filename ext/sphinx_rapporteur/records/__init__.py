"""Records: what a rapporteur writes, read from files, checked, linked. Knows no Sphinx and no docutils."""
