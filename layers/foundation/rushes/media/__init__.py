"""Our own CPU work on pictures and sound, on PyAV, Pillow and numpy: probe, join, letter, mix, master."""
