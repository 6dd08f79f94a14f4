"""Rushes: the foundation every function shares."""
