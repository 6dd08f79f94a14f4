from functions.highlights.compile import COMPILE
from rushes.entry import phase_handler

handler = phase_handler(COMPILE)
