"""Predict and score, a module a task; `python -m benchmarks --help` tells how to run them."""
