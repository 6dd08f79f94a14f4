"""Fakes at the two ports of the workflow engine."""

from typing import Any


class FakeCallbacks:
    """Remembers the first answer to each token; later ones are refused as Step Functions does."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.lost: set[str] = set()
        """Tokens whose execution died."""

    def succeed(self, token: str, output: dict[str, Any]) -> bool:
        return self._answer(token, output)

    def fail(self, token: str, error: str, cause: str) -> bool:
        return self._answer(token, (error, cause))

    def _answer(self, token: str, answer: Any) -> bool:
        if token in self.answers or token in self.lost:
            return False
        self.answers[token] = answer
        return True


class FakeExecutions:
    """Remembers what was started, as `name → input`; a name starts once."""

    def __init__(self) -> None:
        self.started: dict[str, dict[str, str]] = {}
        self.dead: set[str] = set()

    def start(self, pipeline: str, name: str, cursor: dict[str, str]) -> None:
        self.started.setdefault(name, cursor)

    def stop(self, pipeline: str, name: str, cause: str) -> None:
        self.dead.add(name)

    def running(self, pipeline: str, name: str) -> bool:
        return name in self.started and name not in self.dead
