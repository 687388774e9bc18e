"""Sources in: folders and files of text, pages and JSON lines."""
