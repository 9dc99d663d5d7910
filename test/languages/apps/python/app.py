from aws_cdk import Acknowledgment, App, Validations
from cdk_pipeline_patterns import PipelineCheck

from my_app.my_app_stack import MyAppStack

app = App()
Validations.of(app).add_plugins(PipelineCheck())

MyAppStack(
    app,
    "MyAppStack",
    deployment_service="codebuild.amazonaws.com",
    comment="Release #{Build.VERSION}?",
)

if app.node.try_get_context("acknowledge"):
    for id in ["VariableNamespaceUndefined", "AccessDenied[Deploy/Deploy/sts:AssumeRole]"]:
        Validations.of(app).acknowledge(Acknowledgment(id=f"PipelineCheck::{id}", reason="Known."))

app.synth()
