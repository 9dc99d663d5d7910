from aws_cdk import App, Stack, Validations
from aws_cdk.aws_codepipeline import CfnPipeline
from cdk_pipeline_patterns import PipelineCheck

app = App()
Validations.of(app).add_plugins(PipelineCheck())

stack = Stack(app, "Release")


def stage(name: str) -> CfnPipeline.StageDeclarationProperty:
    action = CfnPipeline.ActionDeclarationProperty(
        name="Approve",
        action_type_id=CfnPipeline.ActionTypeIdProperty(
            category="Approval", owner="AWS", provider="Manual", version="1"
        ),
    )
    return CfnPipeline.StageDeclarationProperty(name=name, actions=[action])


CfnPipeline(
    stack,
    "Pipeline",
    role_arn="arn:aws:iam::111111111111:role/pipeline",
    artifact_store=CfnPipeline.ArtifactStoreProperty(type="S3", location="acme-artifacts"),
    stages=[stage("First"), stage("Second")],
)

app.synth()
