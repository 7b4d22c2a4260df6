"""Makes the model from the vocabulary: ``python -m bot.catalogue.training``.

Needs the extra ``training``, which nothing else needs; see docs/contributing.md.
"""
