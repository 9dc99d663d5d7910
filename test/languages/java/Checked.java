import io.github.cdkpipelinepatterns.PipelineCheck;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.codepipeline.CfnPipeline;

public class Checked {
    public static void main(String[] args) {
        App app = new App();
        Validations.of(app).addPlugins(new PipelineCheck());

        Stack stack = new Stack(app, "Release");
        CfnPipeline.Builder.create(stack, "Pipeline")
            .roleArn("arn:aws:iam::111111111111:role/pipeline")
            .artifactStore(CfnPipeline.ArtifactStoreProperty.builder().type("S3").location("acme-artifacts").build())
            .stages(List.of(stage("First"), stage("Second")))
            .build();

        app.synth();
    }

    private static CfnPipeline.StageDeclarationProperty stage(String name) {
        CfnPipeline.ActionTypeIdProperty type = CfnPipeline.ActionTypeIdProperty.builder()
            .category("Approval")
            .owner("AWS")
            .provider("Manual")
            .version("1")
            .build();
        return CfnPipeline.StageDeclarationProperty.builder()
            .name(name)
            .actions(List.of(
                CfnPipeline.ActionDeclarationProperty.builder().name("Approve").actionTypeId(type).build()))
            .build();
    }
}
