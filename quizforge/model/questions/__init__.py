"""The question types, one file each: fields, invariants, scoring, sample answers."""
