"""Structured output: what is asked for, and whether the answer is that."""

import json
from typing import Any

_FAULTS_AT_MOST = 10
_LONGEST = 200


def response_format(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}


def parsed(text: str, schema: dict[str, Any]) -> tuple[Any, list[str]]:
    """The document, and what is wrong with it in sentences: none when it is as the schema (2020-12) wants it."""
    from jsonschema_rs import Draft202012Validator

    try:
        document = json.loads(text, parse_constant=_no_json)
        json.dumps(document, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        return None, [f"it is not JSON: {error}"[:_LONGEST]]
    faults = [
        f"{'.'.join(map(str, error.instance_path)) or 'the document'}: {error.message[:_LONGEST]}"
        for error in Draft202012Validator(schema).iter_errors(document)
    ]
    return document, faults[:_FAULTS_AT_MOST]


def correction(faults: list[str]) -> str:
    """What a model is told about an answer that broke the schema."""
    listed = "\n".join(f"- {fault}" for fault in faults)
    return (
        f"Your answer breaks the schema:\n{listed}\n"
        "Answer again with the whole corrected JSON document, nothing else."
    )


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
