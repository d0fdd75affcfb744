"""From YAML files to models, with a place for every value."""
