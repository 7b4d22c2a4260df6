"""What is known about Webex scopes, as data files and the ways to ask them."""
