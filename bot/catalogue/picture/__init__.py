"""A whole set of scopes as one picture: what it opens, whose data, what is dangerous in it."""
