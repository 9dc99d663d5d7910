from aws_cdk import Stack
from aws_cdk import aws_codepipeline as codepipeline
from aws_cdk import aws_codepipeline_actions as actions
from aws_cdk import aws_iam as iam
from constructs import Construct


class MyAppStack(Stack):
    """A pipeline that asks for an approval and deploys a stack."""

    def __init__(
        self, scope: Construct, construct_id: str, *, deployment_service: str, comment: str
    ) -> None:
        super().__init__(scope, construct_id)

        source = codepipeline.Artifact("Source")
        codepipeline.Pipeline(
            self,
            "Pipeline",
            pipeline_type=codepipeline.PipelineType.V2,
            stages=[
                codepipeline.StageProps(
                    stage_name="Source",
                    actions=[
                        actions.CodeStarConnectionsSourceAction(
                            action_name="Source",
                            variables_namespace="SourceVariables",
                            owner="acme",
                            repo="shop",
                            connection_arn="arn:aws:codeconnections:eu-west-1:111111111111:connection/shop",
                            output=source,
                        )
                    ],
                ),
                codepipeline.StageProps(
                    stage_name="Approve",
                    actions=[
                        actions.ManualApprovalAction(
                            action_name="Approve", additional_information=comment
                        )
                    ],
                ),
                codepipeline.StageProps(
                    stage_name="Deploy",
                    actions=[
                        actions.CloudFormationCreateUpdateStackAction(
                            action_name="Deploy",
                            stack_name="shop",
                            template_path=source.at_path("template.yaml"),
                            admin_permissions=False,
                            deployment_role=iam.Role(
                                self,
                                "DeploymentRole",
                                assumed_by=iam.ServicePrincipal(deployment_service),
                            ),
                        )
                    ],
                ),
            ],
        )
