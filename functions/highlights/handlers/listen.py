from functions.highlights.listen import LISTEN
from rushes.entry import phase_handler

handler = phase_handler(LISTEN)
