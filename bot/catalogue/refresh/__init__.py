"""Brings the operations up to date: ``python -m bot.catalogue.refresh FILES…``."""
