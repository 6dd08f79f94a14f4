"""`make bench`: prints figures, never fails on time."""
