"""Reading what people want to get done: from their words to the operations they mean."""
