from functions.ad.storyboard import STORYBOARD
from rushes.entry import phase_handler

handler = phase_handler(STORYBOARD)
