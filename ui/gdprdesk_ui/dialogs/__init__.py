"""Forms that are shown over a page."""
