"""Clips of a recording, at any constant frame rate: cut to the frame, recomposed, captioned; and their reel."""
