from functions.ad.chunks import CHUNKS
from rushes.entry import phase_handler

handler = phase_handler(CHUNKS)
