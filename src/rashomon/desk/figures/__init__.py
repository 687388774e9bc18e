"""Figures as numbers for an SVG that the server draws: the same input gives the same picture, without a script."""
