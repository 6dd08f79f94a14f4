"""A lecture's sound: where it is silent, and the pieces of it that are transcribed."""
