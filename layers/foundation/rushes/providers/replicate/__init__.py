"""Replicate (https://replicate.com/docs/reference/http), over plain HTTP."""
