package main

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

func deliver(stack awscdk.Stack, describe func(pipelinepatterns.PipelineVariable) any) {
	source := pipelinepatterns.PipelineSource_GitHub(jsii.String("acme/shop"), jsii.String("main"), nil)
	reason := pipelinepatterns.NewPipelineVariable(jsii.String("REASON"), &pipelinepatterns.PipelineVariableOptions{
		DefaultValue: jsii.String("routine"),
		Description:  jsii.String("Why this release is made"),
	})
	commands := jsii.Strings(`export VERSION="$(cat VERSION)-$COMMIT"`, `make VERSION="$VERSION"`)
	build := pipelinepatterns.BuildStep_Shell(commands, &pipelinepatterns.ShellBuildOptions{
		EnvironmentVariables: &map[string]*string{
			"COMMIT": source.Variable(jsii.String("CommitId")),
			"RUN":    pipelinepatterns.PipelineVariable_ExecutionId(),
		},
		ExportedVariables: jsii.Strings("VERSION"),
		OutputDirectory:   jsii.String("out"),
	})
	version := build.Variable(jsii.String("VERSION"))
	comment := fmt.Sprintf("%s (%v): %s", *version, describe(reason), *source.Variable(jsii.String("CommitMessage")))
	release := pipelinepatterns.CustomStep_ActionType(pipelinepatterns.CustomActionCategory_DEPLOY, jsii.String("AcmeRelease"),
		&pipelinepatterns.CustomTypeOptions{
			Inputs:        &[]pipelinepatterns.PipelineArtifact{build.Artifact()},
			Configuration: &map[string]*string{"Version": version},
		})
	pipelinepatterns.NewDeliveryPipeline(stack, jsii.String("Delivery"), &pipelinepatterns.DeliveryPipelineProps{
		Sources:   &[]pipelinepatterns.PipelineSource{source},
		Variables: &[]pipelinepatterns.PipelineVariable{reason},
		Stages: &[]pipelinepatterns.PipelineStage{
			pipelinepatterns.PipelineStage_Steps(jsii.String("Build"), &[]pipelinepatterns.PipelineStep{build}, nil),
			pipelinepatterns.PipelineStage_Approval(jsii.String("Approve"), pipelinepatterns.Approval_Manual(
				&pipelinepatterns.ManualApprovalOptions{Comment: &comment}), nil),
			pipelinepatterns.PipelineStage_Steps(jsii.String("Release"), &[]pipelinepatterns.PipelineStep{release}, nil),
		},
	})
}

// isRefused returns whether a pointer in a text, such as that of a string that was not dereferenced, is an error.
func isRefused() (refused bool) {
	defer func() {
		refused = strings.Contains(fmt.Sprint(recover()), "must not contain the text of an object")
	}()
	deliver(awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Wrong"), nil), func(reason pipelinepatterns.PipelineVariable) any {
		return reason.Reference()
	})
	return false
}

func main() {
	defer jsii.Close()

	if !isRefused() {
		panic("a pointer in a text was accepted")
	}
	app := awscdk.NewApp(nil)
	deliver(awscdk.NewStack(app, jsii.String("ShopDelivery"), nil), func(reason pipelinepatterns.PipelineVariable) any {
		return *reason.Reference()
	})
	app.Synth(nil)
}
