package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscodepipeline"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

func stage(name string) *awscodepipeline.CfnPipeline_StageDeclarationProperty {
	return &awscodepipeline.CfnPipeline_StageDeclarationProperty{
		Name: jsii.String(name),
		Actions: &[]*awscodepipeline.CfnPipeline_ActionDeclarationProperty{{
			Name: jsii.String("Approve"),
			ActionTypeId: &awscodepipeline.CfnPipeline_ActionTypeIdProperty{
				Category: jsii.String("Approval"),
				Owner:    jsii.String("AWS"),
				Provider: jsii.String("Manual"),
				Version:  jsii.String("1"),
			},
		}},
	}
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(pipelinepatterns.NewPipelineCheck(nil))

	stack := awscdk.NewStack(app, jsii.String("Release"), nil)
	awscodepipeline.NewCfnPipeline(stack, jsii.String("Pipeline"), &awscodepipeline.CfnPipelineProps{
		RoleArn: jsii.String("arn:aws:iam::111111111111:role/pipeline"),
		ArtifactStore: &awscodepipeline.CfnPipeline_ArtifactStoreProperty{
			Type:     jsii.String("S3"),
			Location: jsii.String("acme-artifacts"),
		},
		Stages: &[]*awscodepipeline.CfnPipeline_StageDeclarationProperty{stage("First"), stage("Second")},
	})

	app.Synth(nil)
}
