"""The `consentry` command: what operators type."""
