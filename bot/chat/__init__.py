"""What the bot hears and says: commands by noun, cards, and what it says unasked."""
