"""The other side: Webex's REST API and OAuth endpoints, behind core.ports."""
