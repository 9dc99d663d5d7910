import io.github.cdkpipelinepatterns.Approval;
import io.github.cdkpipelinepatterns.BuildStep;
import io.github.cdkpipelinepatterns.CustomActionCategory;
import io.github.cdkpipelinepatterns.CustomStep;
import io.github.cdkpipelinepatterns.CustomTypeOptions;
import io.github.cdkpipelinepatterns.DeliveryPipeline;
import io.github.cdkpipelinepatterns.ManualApprovalOptions;
import io.github.cdkpipelinepatterns.PipelineSource;
import io.github.cdkpipelinepatterns.PipelineStage;
import io.github.cdkpipelinepatterns.PipelineVariable;
import io.github.cdkpipelinepatterns.PipelineVariableOptions;
import io.github.cdkpipelinepatterns.ShellBuildOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

public class Variables {
    private static void deliver(Stack stack, Function<PipelineVariable, Object> describe) {
        PipelineSource source = PipelineSource.gitHub("acme/shop", "main");
        PipelineVariable reason = new PipelineVariable("REASON", PipelineVariableOptions.builder()
            .defaultValue("routine").description("Why this release is made").build());
        BuildStep build = BuildStep.shell(
            List.of("export VERSION=\"$(cat VERSION)-$COMMIT\"", "make VERSION=\"$VERSION\""),
            ShellBuildOptions.builder()
                // Sorted: the order of Map.of differs from run to run, and with it the template.
                .environmentVariables(new TreeMap<>(Map.of(
                    "COMMIT", source.variable("CommitId"), "RUN", PipelineVariable.executionId())))
                .exportedVariables(List.of("VERSION"))
                .outputDirectory("out")
                .build());
        String comment = build.variable("VERSION") + " (" + describe.apply(reason) + "): " + source.variable("CommitMessage");
        DeliveryPipeline.Builder.create(stack, "Delivery")
            .sources(List.of(source))
            .variables(List.of(reason))
            .stages(List.of(
                PipelineStage.steps("Build", List.of(build)),
                PipelineStage.approval("Approve", Approval.manual(ManualApprovalOptions.builder().comment(comment).build())),
                PipelineStage.steps("Release", List.of(CustomStep.actionType(CustomActionCategory.DEPLOY, "AcmeRelease",
                    CustomTypeOptions.builder()
                        .inputs(List.of(build.getArtifact()))
                        .configuration(Map.of("Version", build.variable("VERSION")))
                        .build())))))
            .build();
    }

    public static void main(String[] args) {
        boolean isRefused = false;
        try {
            deliver(new Stack(new App(), "Wrong"), reason -> reason);
        } catch (RuntimeException error) {
            isRefused = error.getMessage().contains("must not contain the text of an object");
        }
        if (!isRefused) throw new AssertionError("an object in a text was accepted");

        App app = new App();
        deliver(new Stack(app, "ShopDelivery"), PipelineVariable::reference);
        app.synth();
    }
}
