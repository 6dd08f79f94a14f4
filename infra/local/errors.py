"""The one error of the embedded host. Its message says what happened and what to do."""


class HostError(Exception):
    pass
