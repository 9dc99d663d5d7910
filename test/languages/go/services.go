package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-pipeline-patterns/cdk-pipeline-patterns-go/pipelinepatterns"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)

	images := awscdk.NewStack(app, jsii.String("ShopImages"), nil)
	api := pipelinepatterns.NewContainerRepository(images, jsii.String("Api"), nil).Repository()
	worker := pipelinepatterns.NewContainerRepository(images, jsii.String("Worker"), nil).Repository()

	services := awscdk.NewStack(app, jsii.String("ShopServices"), nil)
	vpc := awsec2.NewVpc(services, jsii.String("Vpc"), &awsec2.VpcProps{MaxAzs: jsii.Number(2), NatGateways: jsii.Number(1)})
	cluster := awsecs.NewCluster(services, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	password := awssecretsmanager.Secret_FromSecretNameV2(services, jsii.String("Database"), jsii.String("shop/database"))

	makeService := func(name string, repository awsecr.Repository) awsecs.FargateService {
		taskDefinition := awsecs.NewFargateTaskDefinition(services, jsii.String(name+"Task"), nil)
		taskDefinition.AddContainer(jsii.String(name), &awsecs.ContainerDefinitionOptions{
			Image:   awsecs.ContainerImage_FromEcrRepository(repository, jsii.String("first")),
			Secrets: &map[string]awsecs.Secret{"DATABASE": awsecs.Secret_FromSecretsManager(password, nil)},
			Logging: awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{StreamPrefix: jsii.String(name)}),
		})
		return awsecs.NewFargateService(services, jsii.String(name), &awsecs.FargateServiceProps{
			Cluster:           cluster,
			TaskDefinition:    taskDefinition,
			MinHealthyPercent: jsii.Number(100),
			CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
		})
	}
	apiService := makeService("api", api)
	workerService := makeService("worker", worker)

	apiImage := pipelinepatterns.BuildStep_DockerImage(api, &pipelinepatterns.DockerImageOptions{
		Directory: jsii.String("api"), StepName: jsii.String("ApiImage"),
	})
	workerImage := pipelinepatterns.BuildStep_DockerImage(worker, &pipelinepatterns.DockerImageOptions{
		Directory: jsii.String("worker"), StepName: jsii.String("WorkerImage"),
	})

	migration := pipelinepatterns.DeployTarget_EcsTask(apiService.TaskDefinition(), cluster, &pipelinepatterns.EcsTaskOptions{
		DeploymentName: jsii.String("migration"),
		Command:        jsii.Strings("npm", "run", "migrate"),
		SecurityGroups: apiService.Connections().SecurityGroups(),
		Timeout:        awscdk.Duration_Minutes(jsii.Number(15)),
	})
	both := pipelinepatterns.DeployTarget_Together(&[]pipelinepatterns.DeployTarget{
		pipelinepatterns.DeployTarget_EcsService(apiService, &pipelinepatterns.EcsServiceOptions{DeploymentName: jsii.String("api")}),
		pipelinepatterns.DeployTarget_EcsService(workerService, &pipelinepatterns.EcsServiceOptions{
			DeploymentName: jsii.String("worker"),
			Images:         &map[string]pipelinepatterns.PipelineStep{"worker": workerImage},
		}),
	})
	pipelinepatterns.NewContainerPipeline(awscdk.NewStack(app, jsii.String("ShopDelivery"), nil), jsii.String("Delivery"), &pipelinepatterns.ContainerPipelineProps{
		Source:           pipelinepatterns.PipelineSource_GitHub(jsii.String("acme/shop"), jsii.String("main"), nil),
		Image:            apiImage,
		AdditionalImages: &[]pipelinepatterns.BuildStep{workerImage},
		Environments: &[]pipelinepatterns.ReleaseDestination{
			pipelinepatterns.NewDeploymentEnvironment(jsii.String("production"), &pipelinepatterns.DeploymentEnvironmentOptions{
				Target: pipelinepatterns.DeployTarget_InOrder(&[]pipelinepatterns.DeployTarget{migration, both}),
			}),
		},
	})

	app.Synth(nil)
}
