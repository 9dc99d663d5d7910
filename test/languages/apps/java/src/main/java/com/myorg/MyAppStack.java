package com.myorg;

import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.codepipeline.Artifact;
import software.amazon.awscdk.services.codepipeline.Pipeline;
import software.amazon.awscdk.services.codepipeline.PipelineType;
import software.amazon.awscdk.services.codepipeline.StageProps;
import software.amazon.awscdk.services.codepipeline.actions.CloudFormationCreateUpdateStackAction;
import software.amazon.awscdk.services.codepipeline.actions.CodeStarConnectionsSourceAction;
import software.amazon.awscdk.services.codepipeline.actions.ManualApprovalAction;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** A pipeline that asks for an approval and deploys a stack. */
public class MyAppStack extends Stack {
    public MyAppStack(Construct scope, String id, String deploymentService, String comment) {
        super(scope, id);

        Artifact source = new Artifact("Source");
        Pipeline.Builder.create(this, "Pipeline")
            .pipelineType(PipelineType.V2)
            .stages(List.of(
                StageProps.builder()
                    .stageName("Source")
                    .actions(List.of(CodeStarConnectionsSourceAction.Builder.create()
                        .actionName("Source")
                        .variablesNamespace("SourceVariables")
                        .owner("acme")
                        .repo("shop")
                        .connectionArn("arn:aws:codeconnections:eu-west-1:111111111111:connection/shop")
                        .output(source)
                        .build()))
                    .build(),
                StageProps.builder()
                    .stageName("Approve")
                    .actions(List.of(ManualApprovalAction.Builder.create()
                        .actionName("Approve")
                        .additionalInformation(comment)
                        .build()))
                    .build(),
                StageProps.builder()
                    .stageName("Deploy")
                    .actions(List.of(CloudFormationCreateUpdateStackAction.Builder.create()
                        .actionName("Deploy")
                        .stackName("shop")
                        .templatePath(source.atPath("template.yaml"))
                        .adminPermissions(false)
                        .deploymentRole(Role.Builder.create(this, "DeploymentRole")
                            .assumedBy(new ServicePrincipal(deploymentService))
                            .build())
                        .build()))
                    .build()))
            .build();
    }
}
