"""One module a rule, named by what it finds; a module with ``RULE`` is a rule, and its docstring is the rule's page."""
