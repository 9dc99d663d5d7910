import io.github.cdkpipelinepatterns.DeploymentEnvironment;
import io.github.cdkpipelinepatterns.PipelineSource;
import io.github.cdkpipelinepatterns.WebAppPipeline;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

public class Readme {
    public static void main(String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "ShopDelivery");

        WebAppPipeline.Builder.create(stack, "Site")
            .source(PipelineSource.gitHub("acme/shop", "main"))
            .environments(List.of(
                new DeploymentEnvironment("staging"),
                new DeploymentEnvironment("production")))
            .build();

        app.synth();
    }
}
