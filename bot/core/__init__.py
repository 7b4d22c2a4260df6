"""The rules, as plain values and pure functions: the standard library and nothing else."""
