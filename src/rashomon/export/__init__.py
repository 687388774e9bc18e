"""Tables out of the dossier, in formats that other programs read."""
