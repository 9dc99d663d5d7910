from aws_cdk import App, Stack
from cdk_pipeline_patterns import DeploymentEnvironment, PipelineSource, WebAppPipeline

app = App()
stack = Stack(app, "ShopDelivery")

WebAppPipeline(
    stack,
    "Site",
    source=PipelineSource.git_hub("acme/shop", "main"),
    environments=[
        DeploymentEnvironment("staging"),
        DeploymentEnvironment("production"),
    ],
)

app.synth()
