from functions.highlights.analyze import ANALYZE
from rushes.entry import phase_handler

handler = phase_handler(ANALYZE)
