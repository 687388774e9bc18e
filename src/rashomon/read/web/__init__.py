"""Reading from the network: politely, within limits, and never from places that a page has no business to name."""
