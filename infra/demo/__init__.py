"""A lecture to try the studio with: written, drawn and spoken here."""
