"""Our own CPU work on pictures and sound: probe, cut, join, letter, mix, master. Built on PyAV, Pillow and numpy."""
