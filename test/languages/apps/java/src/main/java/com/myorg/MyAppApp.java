package com.myorg;

import io.github.cdkpipelinepatterns.PipelineCheck;
import java.util.List;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Validations;

public class MyAppApp {
    public static void main(String[] args) {
        App app = new App();
        Validations.of(app).addPlugins(new PipelineCheck());

        new MyAppStack(app, "MyAppStack", "codebuild.amazonaws.com", "Release #{Build.VERSION}?");

        if (app.getNode().tryGetContext("acknowledge") != null) {
            for (String id : List.of("VariableNamespaceUndefined", "AccessDenied[Deploy/Deploy/sts:AssumeRole]")) {
                Validations.of(app).acknowledge(
                    Acknowledgment.builder().id("PipelineCheck::" + id).reason("Known.").build());
            }
        }

        app.synth();
    }
}
