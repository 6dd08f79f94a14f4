"""What people and the workflow can ask of productions. Functions over `Services`; no vendor is imported here."""
