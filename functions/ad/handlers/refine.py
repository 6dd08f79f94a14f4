from functions.ad.refine import REFINE
from rushes.entry import phase_handler

handler = phase_handler(REFINE)
