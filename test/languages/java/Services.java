import io.github.cdkpipelinepatterns.BuildStep;
import io.github.cdkpipelinepatterns.ContainerPipeline;
import io.github.cdkpipelinepatterns.ContainerRepository;
import io.github.cdkpipelinepatterns.DeployTarget;
import io.github.cdkpipelinepatterns.DeploymentEnvironment;
import io.github.cdkpipelinepatterns.DeploymentEnvironmentOptions;
import io.github.cdkpipelinepatterns.DockerImageOptions;
import io.github.cdkpipelinepatterns.EcsServiceOptions;
import io.github.cdkpipelinepatterns.EcsTaskOptions;
import io.github.cdkpipelinepatterns.PipelineSource;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecs.AwsLogDriverProps;
import software.amazon.awscdk.services.ecs.Cluster;
import software.amazon.awscdk.services.ecs.ContainerDefinitionOptions;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.amazon.awscdk.services.ecs.DeploymentCircuitBreaker;
import software.amazon.awscdk.services.ecs.FargateService;
import software.amazon.awscdk.services.ecs.FargateTaskDefinition;
import software.amazon.awscdk.services.ecs.LogDrivers;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;

public class Services {
    public static void main(String[] args) {
        App app = new App();

        Stack images = new Stack(app, "ShopImages");
        Repository api = new ContainerRepository(images, "Api").getRepository();
        Repository worker = new ContainerRepository(images, "Worker").getRepository();

        Stack services = new Stack(app, "ShopServices");
        Vpc vpc = Vpc.Builder.create(services, "Vpc").maxAzs(2).natGateways(1).build();
        Cluster cluster = Cluster.Builder.create(services, "Cluster").vpc(vpc).build();
        ISecret password = Secret.fromSecretNameV2(services, "Database", "shop/database");

        FargateService apiService = makeService(services, cluster, password, "api", api);
        FargateService workerService = makeService(services, cluster, password, "worker", worker);

        BuildStep apiImage = BuildStep.dockerImage(api, DockerImageOptions.builder().directory("api").stepName("ApiImage").build());
        BuildStep workerImage = BuildStep.dockerImage(worker, DockerImageOptions.builder().directory("worker").stepName("WorkerImage").build());

        ContainerPipeline.Builder.create(new Stack(app, "ShopDelivery"), "Delivery")
            .source(PipelineSource.gitHub("acme/shop", "main"))
            .image(apiImage)
            .additionalImages(List.of(workerImage))
            .environments(List.of(new DeploymentEnvironment("production", DeploymentEnvironmentOptions.builder()
                .target(DeployTarget.inOrder(List.of(
                    DeployTarget.ecsTask(apiService.getTaskDefinition(), cluster, EcsTaskOptions.builder()
                        .deploymentName("migration")
                        .command(List.of("npm", "run", "migrate"))
                        .securityGroups(apiService.getConnections().getSecurityGroups())
                        .timeout(Duration.minutes(15))
                        .build()),
                    DeployTarget.together(List.of(
                        DeployTarget.ecsService(apiService, EcsServiceOptions.builder().deploymentName("api").build()),
                        DeployTarget.ecsService(workerService, EcsServiceOptions.builder()
                            .deploymentName("worker").images(Map.of("worker", workerImage)).build()))))))
                .build())))
            .build();

        app.synth();
    }

    private static FargateService makeService(Stack stack, Cluster cluster, ISecret password, String name, Repository repository) {
        FargateTaskDefinition taskDefinition = new FargateTaskDefinition(stack, name + "Task");
        taskDefinition.addContainer(name, ContainerDefinitionOptions.builder()
            .image(ContainerImage.fromEcrRepository(repository, "first"))
            .secrets(Map.of("DATABASE", software.amazon.awscdk.services.ecs.Secret.fromSecretsManager(password)))
            .logging(LogDrivers.awsLogs(AwsLogDriverProps.builder().streamPrefix(name).build()))
            .build());
        return FargateService.Builder.create(stack, name)
            .cluster(cluster)
            .taskDefinition(taskDefinition)
            .minHealthyPercent(100)
            .circuitBreaker(DeploymentCircuitBreaker.builder().rollback(true).build())
            .build();
    }
}
