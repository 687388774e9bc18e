"""The records of the system, their Arrow schemas, spans and ids. Imports nothing of ours."""
