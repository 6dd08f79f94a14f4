"""The table: one DynamoDB table behind four small methods. Every `ClientError` is translated here, once."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from botocore.exceptions import ClientError

from rushes.errors import Contended, Transient
from rushes.records.rows import Add, Change, Changed, Delete, Exists, Row

INDEX = "owner-index"
_TRANSACTION_LIMIT = 100  # DynamoDB: actions in one TransactWriteItems
_BATCH_LIMIT = 100  # DynamoDB: keys in one BatchGetItem


class Table:
    """`client` is a boto3 DynamoDB client."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, pk: str, sk: str) -> Row | None:
        """Strongly consistent."""
        with _translated():
            answer = self._client.get_item(TableName=self._name, Key=_key(pk, sk), ConsistentRead=True)
        return _row(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Row]:
        """Those of the rows that are there, by (pk, sk). Strongly consistent; a hundred in one request."""
        found: dict[tuple[str, str], Row] = {}
        wanted = list(dict.fromkeys(keys))
        while wanted:
            batch, wanted = wanted[:_BATCH_LIMIT], wanted[_BATCH_LIMIT:]
            asked = {"Keys": [_key(pk, sk) for pk, sk in batch], "ConsistentRead": True}
            with _translated():
                answer = self._client.batch_get_item(RequestItems={self._name: asked})
            rows = map(_row, answer["Responses"].get(self._name, []))
            found |= {(row.pk, row.sk): row for row in rows}
            left = answer.get("UnprocessedKeys", {}).get(self._name, {}).get("Keys", [])
            wanted += [(key["pk"]["S"], key["sk"]["S"]) for key in left]
        return found

    def query(
        self,
        pk: str,
        prefix: str = "",
        *,
        after: str | None = None,
        limit: int | None = None,
        newest_first: bool = False,
        indexed: bool = False,
    ) -> Iterator[Row]:
        """Rows of a partition whose sort key begins with `prefix`, in order; `after` is a sort key to go on from.

        Strongly consistent, except through the index. Reads further pages only as they are asked for.
        """
        request = self._query(pk, prefix, after, newest_first, indexed)
        if limit is not None:
            request["Limit"] = limit
        left = limit
        while True:
            with _translated():
                answer = self._client.query(**request)
            for item in answer["Items"]:
                yield _row(item)
            left = None if left is None else left - len(answer["Items"])
            if "LastEvaluatedKey" not in answer or left == 0:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def _query(
        self, pk: str, prefix: str, after: str | None, newest_first: bool, indexed: bool
    ) -> dict[str, Any]:
        partition, sort = ("gsi1pk", "gsi1sk") if indexed else ("pk", "sk")
        values = {":pk": {"S": pk}}
        condition = "#pk = :pk"
        if after is not None:
            # A key condition takes one range on the sort key, so the prefix's own ends stand in for it.
            low, high = (prefix or " ", after) if newest_first else (after, f"{prefix}\U0010ffff")
            values |= {":low": {"S": low}, ":high": {"S": high}}
            condition += " AND #sk BETWEEN :low AND :high"
        elif prefix:
            values[":prefix"] = {"S": prefix}
            condition += " AND begins_with(#sk, :prefix)"
        request: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": {"#pk": partition},
            "ExpressionAttributeValues": values,
            "ScanIndexForward": not newest_first,
        }
        if "#sk" in condition:
            request["ExpressionAttributeNames"]["#sk"] = sort
        if indexed:
            request["IndexName"] = INDEX
        else:
            request["ConsistentRead"] = True
        return request

    def write(self, changes: Sequence[Change]) -> None:
        """All or nothing. Raises `Changed` (with the position) or `Contended`; either way nothing was written."""
        if not changes:
            return
        with _translated():
            self._client.transact_write_items(TransactItems=[self._action(change) for change in changes])

    def pour(self, changes: Sequence[Change]) -> None:
        """Writes without conditions, in any number; may stop half-way, so only for what can be written again."""
        for start in range(0, len(changes), _TRANSACTION_LIMIT):
            self.write(changes[start : start + _TRANSACTION_LIMIT])

    def _action(self, change: Change) -> dict[str, Any]:
        if isinstance(change, Delete):
            return {"Delete": {"TableName": self._name, "Key": _key(change.pk, change.sk)}}
        if isinstance(change, Add):
            return {"Update": {"TableName": self._name, **_addition(change)}}
        if isinstance(change, Exists):
            check = {"TableName": self._name, "Key": _key(change.pk, change.sk)}
            if change.version is None:
                return {"ConditionCheck": check | {"ConditionExpression": "attribute_exists(pk)"}}
            return {"ConditionCheck": check | _at(change.version)}
        put: dict[str, Any] = {"TableName": self._name, "Item": _item(change.row)}
        if change.expect == 0:
            put["ConditionExpression"] = "attribute_not_exists(pk)"
        elif change.expect is not None:
            put |= _at(change.expect)
        return {"Put": put}


class _translated:
    """Turns a `ClientError` into an error of our tree."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: Any, error: BaseException | None, _traceback: Any) -> None:
        if not isinstance(error, ClientError):
            return
        reasons = [reason.get("Code") for reason in error.response.get("CancellationReasons", [])]
        if "ConditionalCheckFailed" in reasons:
            raise Changed(reasons.index("ConditionalCheckFailed")) from error
        code = error.response["Error"]["Code"]
        if "TransactionConflict" in reasons or code in (
            "TransactionConflictException",
            "TransactionInProgressException",
        ):
            raise Contended("many writers met at one item") from error
        if code in ("ProvisionedThroughputExceededException", "ThrottlingException", "InternalServerError"):
            raise Transient("the table is busy") from error


def _at(version: int) -> dict[str, Any]:
    return {
        "ConditionExpression": "version = :expected",
        "ExpressionAttributeValues": {":expected": {"N": str(version)}},
    }


def _addition(change: Add) -> dict[str, Any]:
    names = {f"#c{i}": name for i, name in enumerate(change.counters)}
    values = {f":c{i}": {"N": str(amount)} for i, amount in enumerate(change.counters.values())}
    update: dict[str, Any] = {
        "Key": _key(change.pk, change.sk),
        "UpdateExpression": "ADD " + ", ".join(f"#c{i} :c{i}" for i in range(len(names))),
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": values,
    }
    conditions = []
    for i, (counter, most) in enumerate(change.unless_above.items()):
        names[f"#m{i}"], values[f":m{i}"] = counter, {"N": str(most)}
        # A counter nobody has added to yet stands at zero.
        conditions.append(f"(attribute_not_exists(#m{i}) OR #m{i} <= :m{i})")
    if conditions:
        update["ConditionExpression"] = " AND ".join(conditions)
    return update


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _item(row: Row) -> dict[str, Any]:
    item = _key(row.pk, row.sk) | {
        "version": {"N": str(row.version)},
        "body": {"S": json.dumps(row.body, separators=(",", ":"), ensure_ascii=False)},
    }
    if row.index:
        item |= {"gsi1pk": {"S": row.index[0]}, "gsi1sk": {"S": row.index[1]}}
    if row.expires_at is not None:
        item["expires_at"] = {"N": str(row.expires_at)}
    return item


def _row(item: dict[str, Any]) -> Row:
    numbers = {name: int(value["N"]) for name, value in item.items() if "N" in value}
    return Row(
        pk=item["pk"]["S"],
        sk=item["sk"]["S"],
        body=json.loads(item["body"]["S"]) if "body" in item else {},
        version=numbers.pop("version", 0),
        expires_at=numbers.pop("expires_at", None),
        index=(item["gsi1pk"]["S"], item["gsi1sk"]["S"]) if "gsi1pk" in item else None,
        counters=numbers,
    )
