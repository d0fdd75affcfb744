"""Writers of quizzes, one for each format: pure functions from a quiz to files."""
