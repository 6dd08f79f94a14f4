"""What a function may do, said in the smallest words AWS has: no wildcard actions, and no Scan."""

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

_TABLE_READS = ("GetItem", "BatchGetItem", "Query", "ConditionCheckItem")
_TABLE_WRITES = ("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem")


def read_write_table(table: dynamodb.ITable, index: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=[f"dynamodb:{name}" for name in (*_TABLE_READS, *_TABLE_WRITES)],
        resources=[table.table_arn, f"{table.table_arn}/index/{index}"],
    )


def read_objects(bucket: s3.IBucket) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["s3:GetObject"], resources=[bucket.arn_for_objects("*")])


def write_objects(bucket: s3.IBucket) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["s3:PutObject"], resources=[bucket.arn_for_objects("*")])


def delete_objects(bucket: s3.IBucket) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["s3:DeleteObject"], resources=[bucket.arn_for_objects("*")])


def list_objects(bucket: s3.IBucket) -> iam.PolicyStatement:
    """Without it S3 answers 403, not 404, for a key that is not there."""
    return iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn])


def answer_tasks(machines: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["states:SendTaskSuccess", "states:SendTaskFailure"], resources=machines
    )


def start_executions(machines: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["states:StartExecution"], resources=machines)


def steer_executions(executions: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        actions=["states:StopExecution", "states:DescribeExecution"], resources=executions
    )


def read_secret(secret: secretsmanager.CfnSecret) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[secret.attr_id])


def invoke(function_arns: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=function_arns)
