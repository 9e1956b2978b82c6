"""How long a session lasts, and which sessions a person has."""
