"""Sources to articles: the text, what each part of it is, and what the metadata say."""
