"""The doors: each verifies what comes in, hands it to a flow and answers; none decides."""
