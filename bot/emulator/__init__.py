"""A strict Webex that runs on one machine, for people who develop Webex bots."""
