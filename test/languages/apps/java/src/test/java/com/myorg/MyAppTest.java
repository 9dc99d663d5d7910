package com.myorg;

import io.github.cdkpipelinepatterns.PipelineAssertions;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;

public class MyAppTest {
    private static PipelineAssertions pipelinesWith(String deploymentService) {
        App app = new App();
        new MyAppStack(app, "MyAppStack", deploymentService, "Release #{SourceVariables.CommitId}?");
        return PipelineAssertions.fromAssembly(app.synth());
    }

    @Test
    void goodPipeline() {
        PipelineAssertions pipelines = pipelinesWith("cloudformation.amazonaws.com");
        pipelines.hasNoDeniedCalls();
        pipelines.compliesWithRules();
    }

    @Test
    void defectivePipeline() {
        PipelineAssertions pipelines = pipelinesWith("codebuild.amazonaws.com");
        pipelines.hasNoDeniedCalls();
    }
}
