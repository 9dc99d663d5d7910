package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("ShopDelivery"), nil)

	pipelinepatterns.NewWebAppPipeline(stack, jsii.String("Site"), &pipelinepatterns.WebAppPipelineProps{
		Source: pipelinepatterns.PipelineSource_GitHub(jsii.String("acme/shop"), jsii.String("main"), nil),
		Environments: &[]pipelinepatterns.ReleaseDestination{
			pipelinepatterns.NewDeploymentEnvironment(jsii.String("staging"), nil),
			pipelinepatterns.NewDeploymentEnvironment(jsii.String("production"), nil),
		},
	})

	app.Synth(nil)
}
