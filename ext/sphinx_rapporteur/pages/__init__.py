"""Which pages exist and what their text is: the plan, the layouts, the virtual project."""
