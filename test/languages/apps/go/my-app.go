package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscodepipeline"
	actions "github.com/aws/aws-cdk-go/awscdk/v2/awscodepipelineactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

// NewMyAppStack creates a pipeline that asks for an approval and deploys a stack.
func NewMyAppStack(scope constructs.Construct, id, deploymentService, comment string) awscdk.Stack {
	stack := awscdk.NewStack(scope, &id, nil)
	source := awscodepipeline.NewArtifact(jsii.String("Source"), nil)
	awscodepipeline.NewPipeline(stack, jsii.String("Pipeline"), &awscodepipeline.PipelineProps{
		PipelineType: awscodepipeline.PipelineType_V2,
		Stages: &[]*awscodepipeline.StageProps{
			stage("Source", actions.NewCodeStarConnectionsSourceAction(&actions.CodeStarConnectionsSourceActionProps{
				ActionName:         jsii.String("Source"),
				VariablesNamespace: jsii.String("SourceVariables"),
				Owner:              jsii.String("acme"),
				Repo:               jsii.String("shop"),
				ConnectionArn:      jsii.String("arn:aws:codeconnections:eu-west-1:111111111111:connection/shop"),
				Output:             source,
			})),
			stage("Approve", actions.NewManualApprovalAction(&actions.ManualApprovalActionProps{
				ActionName:            jsii.String("Approve"),
				AdditionalInformation: &comment,
			})),
			stage("Deploy", actions.NewCloudFormationCreateUpdateStackAction(
				&actions.CloudFormationCreateUpdateStackActionProps{
					ActionName:       jsii.String("Deploy"),
					StackName:        jsii.String("shop"),
					TemplatePath:     source.AtPath(jsii.String("template.yaml")),
					AdminPermissions: jsii.Bool(false),
					DeploymentRole: awsiam.NewRole(stack, jsii.String("DeploymentRole"), &awsiam.RoleProps{
						AssumedBy: awsiam.NewServicePrincipal(&deploymentService, nil),
					}),
				})),
		},
	})
	return stack
}

func stage(name string, action awscodepipeline.IAction) *awscodepipeline.StageProps {
	return &awscodepipeline.StageProps{StageName: &name, Actions: &[]awscodepipeline.IAction{action}}
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(pipelinepatterns.NewPipelineCheck(nil))

	NewMyAppStack(app, "MyAppStack", "codebuild.amazonaws.com", "Release #{Build.VERSION}?")

	if app.Node().TryGetContext(jsii.String("acknowledge")) != nil {
		for _, id := range []string{"VariableNamespaceUndefined", "AccessDenied[Deploy/Deploy/sts:AssumeRole]"} {
			awscdk.Validations_Of(app).Acknowledge(&awscdk.Acknowledgment{
				Id:     jsii.String("PipelineCheck::" + id),
				Reason: jsii.String("Known."),
			})
		}
	}

	app.Synth(nil)
}
