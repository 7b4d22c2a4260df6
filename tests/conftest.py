"""What tests of several parts share, each kept in a module named by what it gives."""

pytest_plugins = ["tests.browser", "tests.databases", "tests.scores"]
