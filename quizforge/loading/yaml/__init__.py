"""YAML as this project reads it: bytes to a plain tree in which every scalar is text and has a place."""
