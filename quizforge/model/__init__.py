"""What a bank is: question types, concepts, quizzes, diagnostics. Knows no YAML, HTML or files."""
