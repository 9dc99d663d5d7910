from aws_cdk import App, Duration, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_secretsmanager as secretsmanager
from cdk_pipeline_patterns import (
    BuildStep,
    ContainerPipeline,
    ContainerRepository,
    DeploymentEnvironment,
    DeployTarget,
    PipelineSource,
)

app = App()

images = Stack(app, "ShopImages")
api = ContainerRepository(images, "Api").repository
worker = ContainerRepository(images, "Worker").repository

services = Stack(app, "ShopServices")
vpc = ec2.Vpc(services, "Vpc", max_azs=2, nat_gateways=1)
cluster = ecs.Cluster(services, "Cluster", vpc=vpc)
password = secretsmanager.Secret.from_secret_name_v2(services, "Database", "shop/database")


def make_service(name: str, repository: ecr.Repository) -> ecs.FargateService:
    task_definition = ecs.FargateTaskDefinition(services, f"{name}Task")
    task_definition.add_container(
        name,
        image=ecs.ContainerImage.from_ecr_repository(repository, "first"),
        secrets={"DATABASE": ecs.Secret.from_secrets_manager(password)},
        logging=ecs.LogDrivers.aws_logs(stream_prefix=name),
    )
    return ecs.FargateService(
        services,
        name,
        cluster=cluster,
        task_definition=task_definition,
        min_healthy_percent=100,
        circuit_breaker=ecs.DeploymentCircuitBreaker(rollback=True),
    )


api_service = make_service("api", api)
worker_service = make_service("worker", worker)

api_image = BuildStep.docker_image(api, directory="api", step_name="ApiImage")
worker_image = BuildStep.docker_image(worker, directory="worker", step_name="WorkerImage")

ContainerPipeline(
    Stack(app, "ShopDelivery"),
    "Delivery",
    source=PipelineSource.git_hub("acme/shop", "main"),
    image=api_image,
    additional_images=[worker_image],
    environments=[
        DeploymentEnvironment(
            "production",
            target=DeployTarget.in_order([
                DeployTarget.ecs_task(
                    api_service.task_definition,
                    cluster,
                    deployment_name="migration",
                    command=["npm", "run", "migrate"],
                    security_groups=api_service.connections.security_groups,
                    timeout=Duration.minutes(15),
                ),
                DeployTarget.together([
                    DeployTarget.ecs_service(api_service, deployment_name="api"),
                    DeployTarget.ecs_service(worker_service, deployment_name="worker", images={"worker": worker_image}),
                ]),
            ]),
        ),
    ],
)

app.synth()
