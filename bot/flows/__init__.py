"""The use cases: one small object per story, which knows the outside only by its ports."""
