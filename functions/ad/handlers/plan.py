from functions.ad.plan import PLAN
from rushes.entry import phase_handler

handler = phase_handler(PLAN)
