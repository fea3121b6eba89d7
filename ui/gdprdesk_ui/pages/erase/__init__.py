"""Erasing a person: the preview of what goes and stays, and the receipt of what was done."""
