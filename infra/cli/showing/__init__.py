"""What the API told, as tables and sentences for people."""
