"""What Moodle's formats have in common: fractions, numbers, names, categories, tags, and Moodle's own plain text."""
