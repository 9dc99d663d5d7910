from aws_cdk import App, Stack
from cdk_pipeline_patterns import (
    Approval,
    BuildStep,
    CustomActionCategory,
    CustomStep,
    DeliveryPipeline,
    PipelineSource,
    PipelineStage,
    PipelineVariable,
)


def deliver(stack: Stack, describe) -> None:
    source = PipelineSource.git_hub("acme/shop", "main")
    reason = PipelineVariable("REASON", default_value="routine", description="Why this release is made")
    build = BuildStep.shell(
        ['export VERSION="$(cat VERSION)-$COMMIT"', 'make VERSION="$VERSION"'],
        environment_variables={"COMMIT": source.variable("CommitId"), "RUN": PipelineVariable.execution_id()},
        exported_variables=["VERSION"],
        output_directory="out",
    )
    comment = f"{build.variable('VERSION')} ({describe(reason)}): {source.variable('CommitMessage')}"
    release = CustomStep.action_type(
        CustomActionCategory.DEPLOY,
        "AcmeRelease",
        inputs=[build.artifact],
        configuration={"Version": build.variable("VERSION")},
    )
    DeliveryPipeline(
        stack,
        "Delivery",
        sources=[source],
        variables=[reason],
        stages=[
            PipelineStage.steps("Build", [build]),
            PipelineStage.approval("Approve", Approval.manual(comment=comment)),
            PipelineStage.steps("Release", [release]),
        ],
    )


try:
    deliver(Stack(App(), "Wrong"), lambda reason: reason)
except RuntimeError as error:
    assert "must not contain the text of an object" in str(error), error
else:
    raise AssertionError("an object in a text was accepted")

app = App()
deliver(Stack(app, "ShopDelivery"), lambda reason: reason.reference())
app.synth()
