"""The CDK app: three stacks, one template for two hosts.

`cdk deploy --all` gives the templates to AWS, `rushes up` gives the very same ones to the embedded engine.
`python -m infra.app` synthesizes without the CDK command line.

Context (`-c key=value`, defaults in cdk.json):
    name    prefix of the stacks and of every fixed name: one account can hold several deployments
    layers  `built` refuses to synthesize until `make layers` has run: without them no function could start
"""

from pathlib import Path

from aws_cdk import App, Tags, Validations

from infra.constructs.code import require_built_layers
from infra.stacks.api import ApiStack
from infra.stacks.pipelines import PipelinesStack
from infra.stacks.state import StateStack

# In code, not in cdk.json: the CDK's command line and `rushes up` must synthesize the same templates.
FLAGS = {"@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": True}


def build(outdir: Path | None = None, check: bool = False) -> App:
    """The app, ready for `.synth()`.

    `outdir` is where the cloud assembly goes (the CDK's own default if None); `check` adds cdk-nag's
    AwsSolutions rules, which write their findings to `policy-validation-report.json` there.
    """
    app = App(outdir=str(outdir) if outdir else None, context=FLAGS)
    name = app.node.try_get_context("name") or "rushes"
    if app.node.try_get_context("layers") == "built":
        require_built_layers()
    state = StateStack(app, f"{name}-state", deployment=name)
    pipelines = PipelinesStack(app, f"{name}-pipelines", deployment=name, state=state)
    ApiStack(app, f"{name}-api", deployment=name, state=state, pipelines=pipelines)
    Tags.of(app).add("application", name)
    if check:
        from cdk_nag import AwsSolutionsChecks

        Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


if __name__ == "__main__":
    build().synth()
