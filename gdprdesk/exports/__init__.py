"""A document to a file: one module for each format, all with one interface."""
