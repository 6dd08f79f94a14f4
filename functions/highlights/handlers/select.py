from functions.highlights.select import SELECT
from rushes.entry import phase_handler

handler = phase_handler(SELECT)
