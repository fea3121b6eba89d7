"""What can be printed or saved: each builds a document, whatever format it becomes."""
