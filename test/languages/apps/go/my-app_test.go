package main

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

// noFindings reports findings as failures of the test. An assertion that fails is a panic, which ends all tests.
func noFindings(t *testing.T, deploymentService string) {
	app := awscdk.NewApp(nil)
	NewMyAppStack(app, "MyAppStack", deploymentService, "Release #{SourceVariables.CommitId}?")
	pipelines := pipelinepatterns.PipelineAssertions_FromAssembly(app.Synth(nil))
	for _, finding := range *pipelines.Findings(pipelinepatterns.CheckSeverity_ERROR) {
		t.Error(*finding)
	}
}

func TestGoodPipeline(t *testing.T) { noFindings(t, "cloudformation.amazonaws.com") }

func TestDefectivePipeline(t *testing.T) { noFindings(t, "codebuild.amazonaws.com") }
