"""What must outlive every deployment: the table, the bucket, the users, the keys and the API's address."""

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.findings import accept
from rushes.records.uploads import KEPT_DAYS, UPLOADS

OWNER_INDEX = "owner-index"


class StateStack(Stack):
    def __init__(self, scope: Construct, id: str, *, deployment: str) -> None:
        super().__init__(scope, id, description=f"{deployment}: the table, the bucket, the users")
        self.table = self._table()
        self.bucket = self._bucket()
        self.users = self._users()
        self.client = self._client(self.users)
        self.keys = self._keys(f"{deployment}/providers")
        # Its routes are made where its function is. Its address is here: providers are told it before that.
        self.api = apigateway.HttpApi(
            self,
            "Api",
            api_name=deployment,
            description="Rushes: a prompt in, a finished film out",
            create_default_stage=False,
        )
        CfnOutput(self, "TableName", value=self.table.table_name)
        CfnOutput(self, "BucketName", value=self.bucket.bucket_name)
        CfnOutput(self, "UserPoolId", value=self.users.user_pool_id)
        CfnOutput(self, "UserPoolClientId", value=self.client.user_pool_client_id)
        CfnOutput(self, "ApiUrl", value=f"{self.api.api_endpoint}/v1")
        CfnOutput(self, "ApiId", value=self.api.api_id)
        CfnOutput(self, "ProviderKeysName", value=f"{deployment}/providers")

    def _table(self) -> dynamodb.Table:
        """The single table. `owner-index` lists an owner's things newest first without a scan."""
        table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            time_to_live_attribute="expires_at",
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        table.add_global_secondary_index(
            index_name=OWNER_INDEX,
            partition_key=dynamodb.Attribute(name="gsi1pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="gsi1sk", type=dynamodb.AttributeType.STRING),
            projection_type=dynamodb.ProjectionType.ALL,
        )
        return table

    def _bucket(self) -> s3.Bucket:
        """The files. No versioning: a key is never written twice, and a deleted production is to be gone."""
        logs = s3.Bucket(
            self,
            "AccessLogs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            lifecycle_rules=[s3.LifecycleRule(expiration=Duration.days(90))],
            removal_policy=RemovalPolicy.RETAIN,
        )
        accept(logs, {"S1": "It holds the access logs; logging itself would never end."})
        bucket = s3.Bucket(
            self,
            "Bucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            server_access_logs_bucket=logs,
            lifecycle_rules=[
                s3.LifecycleRule(abort_incomplete_multipart_upload_after=Duration.days(1)),
                # A rule goes by the beginning of a key: that is why theirs begin with no owner.
                s3.LifecycleRule(prefix=UPLOADS, expiration=Duration.days(KEPT_DAYS)),
            ],
            # The studio page reads artifacts and posts uploads by presigned URLs: the signature is the gate.
            cors=[
                s3.CorsRule(
                    allowed_methods=[s3.HttpMethods.GET, s3.HttpMethods.HEAD, s3.HttpMethods.POST],
                    allowed_origins=["*"],
                    allowed_headers=["*"],
                    exposed_headers=["ETag", "Content-Range", "Accept-Ranges"],
                    max_age=3600,
                )
            ],
            removal_policy=RemovalPolicy.RETAIN,
        )
        # Said to the resource itself: `event_bridge_enabled` adds a function of the CDK's own, only to say this.
        resource = bucket.node.default_child
        assert isinstance(resource, s3.CfnBucket)
        resource.add_property_override(
            "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", True
        )
        return bucket

    def _users(self) -> cognito.UserPool:
        users = cognito.UserPool(
            self,
            "Users",
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(3),
            ),
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        accept(
            users,
            {
                "COG2": "Users may turn a second factor on; programs sign in with a password alone.",
                "COG3": "Threat protection needs Cognito's paid Plus plan: the owner of the account decides.",
                "COG8": "The Plus plan is priced per user: the owner of the account decides.",
            },
        )
        return users

    def _client(self, users: cognito.UserPool) -> cognito.UserPoolClient:
        return users.add_client(
            "Client",
            auth_flows=cognito.AuthFlow(user_password=True, user_srp=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            id_token_validity=Duration.hours(24),
            access_token_validity=Duration.hours(24),
            refresh_token_validity=Duration.days(30),
        )

    def _keys(self, name: str) -> secretsmanager.CfnSecret:
        """The providers' keys: `{"REPLICATE_API_TOKEN": "…", …}`. It begins empty, and is filled in by hand:

            aws secretsmanager put-secret-value --secret-id rushes/providers --secret-string file://keys.json

        The resource itself, for its `Id` is the ARN on both hosts; the engine's `Ref` is only the name.
        """
        keys = secretsmanager.CfnSecret(
            self,
            "ProviderKeys",
            name=name,
            description="The providers' keys, by the names the model catalog gives them",
            secret_string="{}",
        )
        keys.apply_removal_policy(RemovalPolicy.RETAIN)
        accept(
            keys, {"SMG4": "The providers' keys are made on their own pages; nothing here could rotate them."}
        )
        return keys
