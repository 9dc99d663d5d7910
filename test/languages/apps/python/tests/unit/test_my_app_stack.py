from aws_cdk import App
from cdk_pipeline_patterns import PipelineAssertions

from my_app.my_app_stack import MyAppStack


def pipelines_with(deployment_service: str) -> PipelineAssertions:
    app = App()
    MyAppStack(
        app,
        "MyAppStack",
        deployment_service=deployment_service,
        comment="Release #{SourceVariables.CommitId}?",
    )
    return PipelineAssertions.from_assembly(app.synth())


def test_good_pipeline():
    pipelines = pipelines_with("cloudformation.amazonaws.com")
    pipelines.has_no_denied_calls()
    pipelines.complies_with_rules()


def test_defective_pipeline():
    pipelines = pipelines_with("codebuild.amazonaws.com")
    pipelines.has_no_denied_calls()
