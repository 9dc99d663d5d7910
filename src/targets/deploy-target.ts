import type { aws_appconfig as appconfig, aws_ecs as ecs, aws_lambda as lambda, interfaces, Stage } from 'aws-cdk-lib';
import type { AppConfigProfile } from './app-config/app-config-profile';
import type { AppConfigOptions } from './app-config/options';
import { AppConfigTarget } from './app-config/plan';
import type { CdkStageOptions } from './cdk-stage/options';
import { CdkStageTarget } from './cdk-stage/plan';
import { type CloudFormationStackOptions, CloudFormationStackTarget } from './cloudformation/plan';
import { ComposedTarget } from './composed-target';
import type { DeployRequest, TargetPlan, TargetPlanner } from './deploy-request';
import type { EcsServiceOptions } from './ecs-service/options';
import { EcsServiceTarget } from './ecs-service/plan';
import type { EcsTaskOptions } from './ecs-task/options';
import { EcsTaskTarget } from './ecs-task/plan';
import type { EksHelmOptions, EksManifestsOptions } from './eks/options';
import { EksHelmTarget, EksManifestsTarget } from './eks/plan';
import { type LambdaImageOptions, LambdaImageTarget } from './lambda-image/plan';
import { type StaticSiteOptions, StaticSiteTarget } from './static-site/plan';

/**
 * Where a release goes.
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('production', {
 *       target: DeployTarget.staticSite({ immutablePaths: ['assets/**'] }),
 *     }),
 *   ],
 * });
 */
export class DeployTarget {
  /**
   * A static site: an S3 bucket behind CloudFront.
   *
   * One Commands action per environment publishes it, under a role of that environment. It costs $0.002 of CodePipeline
   * and about $0.005 of CodeBuild for each started minute.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
   */
  public static staticSite(options: StaticSiteOptions = {}): DeployTarget {
    return new DeployTarget(new StaticSiteTarget(options));
  }

  /**
   * A CloudFormation stack, in the account and region of the environment: a change set is prepared from a template of
   * the artifact, then executed. The stack is made by the first release. It stays when the environment or the pipeline
   * goes.
   *
   * A release that changes nothing succeeds. One that CloudFormation cannot carry out is taken back by CloudFormation;
   * then the environment goes back to its last success, which prepares and executes the template of that release again.
   *
   * Each of the two actions costs $0.002 for each started minute; CodePipeline gives up on a stack after 3 days.
   *
   * @param stackName 1 to 128 letters, digits and `-`, beginning with a letter; its own in the pipeline. Must be
   * concrete
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
   */
  public static cloudFormationStack(stackName: string, options: CloudFormationStackOptions = {}): DeployTarget {
    return new DeployTarget(new CloudFormationStackTarget(stackName, options));
  }

  /**
   * A stage of the CDK app that the pipeline is in: the files and images of its stacks are published, then a change set
   * of each stack is prepared and executed, stacks that need others after them. The artifact that is released must be
   * the cloud assembly: the build runs `npx cdk synth`, with `outputDirectory: 'cdk.out'`.
   *
   * Account and region of the environment are those of the stage. They must be bootstrapped (`cdk bootstrap`), trusting
   * the account of the pipeline.
   *
   * The pipeline is the same whatever the assets are: what is published is what the assembly lists when the run is
   * there. Only another stack, another name, other tags of a stack or the first image built by Docker change it. The
   * stage is synthesized when the pipeline is made; its stacks must all be there by then.
   *
   * A build publishes and costs about $0.005 of CodeBuild for each started minute, the two actions of each stack
   * $0.002.
   *
   * @param stage holds at least one stack and no other stages; its stacks have the default synthesizer, and one account
   * and region
   * @see https://docs.aws.amazon.com/cdk/v2/guide/stages.html
   */
  public static cdkStage(stage: Stage, options: CdkStageOptions = {}): DeployTarget {
    return new DeployTarget(new CdkStageTarget(stage, options));
  }

  /**
   * A service of Amazon ECS. What is released is an image: the artifact holds its `imageDetail.json`, as
   * {@link BuildStep.dockerImage} and the ECR source make it. The service gets it by its digest, in a new revision of
   * its task definition.
   *
   * Two actions: one prepares files under the role of the environment ($0.002 of CodePipeline and about $0.005 of
   * CodeBuild for each started minute), one deploys ($0.002 for each started minute).
   *
   * @param service of the account and region of the environment, and whole: what is added to its task definition later
   * is not seen. One in another account or region than the pipeline must have a `serviceName`, and its cluster a
   * `clusterName`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
   */
  public static ecsService(service: ecs.IBaseService, options: EcsServiceOptions = {}): DeployTarget {
    return new DeployTarget(new EcsServiceTarget(service, options));
  }

  /**
   * A task of Amazon ECS that is run to its end with the new image: the migration of a database, say. The release
   * fails, and what comes after is left alone, unless its container ends with exit code 0. What the task has done by
   * then stays done: nothing rolls it back.
   *
   * One Commands action, `Run-<environment>-<deploymentName>`: it registers a new revision of the task definition, runs
   * one task of it and waits. It costs $0.002 of CodePipeline and about $0.005 of CodeBuild for each started minute,
   * besides the task. A rollback or retry of the stage runs the task again.
   *
   * @param taskDefinition of the account and region of the environment, and whole: what is added to it later is not
   * seen
   * @param cluster in another account or region than the pipeline it must have a `clusterName`
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
   */
  public static ecsTask(
    taskDefinition: ecs.ITaskDefinition,
    cluster: ecs.ICluster,
    options: EcsTaskOptions = {},
  ): DeployTarget {
    return new DeployTarget(new EcsTaskTarget(taskDefinition, cluster, options));
  }

  /**
   * A Helm chart, in a cluster of Amazon EKS. The first release installs it, later ones upgrade it. It stays when
   * environment or pipeline go.
   *
   * Values files say `$IMAGE_URI` where the image belongs: CodePipeline puts it there, pinned to its digest. A release
   * that fails does not take back what Helm has changed; then the environment goes back to its last success, which
   * upgrades to the chart and the image of that release.
   *
   * One action runs Helm under the role of the environment, on compute of CodePipeline: $0.002 of CodePipeline and
   * about $0.005 of CodeBuild for each started minute.
   *
   * @param cluster of the account and region of the environment: one of this app, or
   * `eks.CfnCluster.fromClusterArn(this, 'Cluster', 'arn:…')`. One of this app in another account or region than the
   * pipeline must have a `clusterName`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
   */
  public static eksHelm(cluster: interfaces.aws_eks.IClusterRef, options: EksHelmOptions): DeployTarget {
    return new DeployTarget(new EksHelmTarget(cluster, options));
  }

  /**
   * Manifests of Kubernetes, in a cluster of Amazon EKS. What a release no longer names stays in the cluster, and
   * everything does when environment or pipeline go.
   *
   * Manifests say `$IMAGE_URI` where the image belongs: CodePipeline puts it there, pinned to its digest. An
   * environment that goes back applies the manifests and the image of its last success.
   *
   * One action applies them under the role of the environment, on compute of CodePipeline: $0.002 of CodePipeline and
   * about $0.005 of CodeBuild for each started minute.
   *
   * @param cluster of the account and region of the environment: one of this app, or
   * `eks.CfnCluster.fromClusterArn(this, 'Cluster', 'arn:…')`. One of this app in another account or region than the
   * pipeline must have a `clusterName`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
   */
  public static eksManifests(cluster: interfaces.aws_eks.IClusterRef, options: EksManifestsOptions): DeployTarget {
    return new DeployTarget(new EksManifestsTarget(cluster, options));
  }

  /**
   * A Lambda function that is made of an image. It gets the image that is released, by its digest; a version is
   * published, and the alias is moved to it, all traffic at once. What the stack of the function says of its image is
   * the first one only.
   *
   * A release that fails before the alias is moved leaves the traffic where it was. Then the environment goes back to
   * its last success, which gives the function the image of that release in a new version. Settings of the function are
   * none of its business.
   *
   * One Commands action does it under the role of the environment: $0.002 of CodePipeline and about $0.005 of CodeBuild
   * for each started minute. Each release leaves a version; delete old ones, since Lambda keeps them.
   *
   * @param target of the account and region of the environment, and of the region of the image. One in another account
   * or region than the pipeline must have a `functionName`
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
   */
  public static lambdaImage(target: lambda.IFunction, options: LambdaImageOptions = {}): DeployTarget {
    return new DeployTarget(new LambdaImageTarget(target, options));
  }

  /**
   * Deploys a configuration, such as feature flags, with AWS AppConfig: a file of the release becomes the configuration
   * of an environment of AppConfig.
   *
   * For a hosted profile, one Commands action under the role of the environment finds or creates the version with the
   * content of the file, deploys it and waits until AppConfig has ended the deployment. Unless it is disabled, another
   * one runs the validators of the profile before the approval. Each costs $0.002 of CodePipeline and about $0.005 of
   * CodeBuild for each started minute, so a strategy of 30 minutes costs about $0.21. For a profile that names the
   * pipeline, the AppConfig action of CodePipeline deploys: $0.002 for each started minute.
   *
   * If an alarm of the AppConfig environment fires, AppConfig rolls back by itself and the action fails. Then the
   * environment rolls back to its last success, which deploys the configuration of that release.
   *
   * @param environment of AppConfig, in the account and Region of the environment: one of this app, or
   * `appconfig.Environment.fromEnvironmentArn(this, 'Live', 'arn:…')`. It gets releases of one profile from one
   * deployment only
   * @param profile where the configuration is stored
   * @example
   * declare const live: appconfig.Environment;
   * declare const flags: appconfig.HostedConfiguration;
   * DeployTarget.appConfig(live, AppConfigProfile.hosted(flags), {
   *   configurationPath: 'flags.json',
   *   deploymentStrategy: appconfig.DeploymentStrategy.fromDeploymentStrategyId(
   *     this, 'Canary', appconfig.DeploymentStrategyId.CANARY_10_PERCENT_20_MINUTES),
   * });
   * @see https://docs.aws.amazon.com/appconfig/latest/userguide/deploying-feature-flags.html
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-AppConfig.html
   */
  public static appConfig(
    environment: appconfig.IEnvironment,
    profile: AppConfigProfile,
    options: AppConfigOptions,
  ): DeployTarget {
    return new DeployTarget(new AppConfigTarget(environment, profile, options));
  }

  /**
   * Several targets in one environment, each after the one before: a migration of a database, then the service that
   * needs it. When one fails, those after it are left as they are, and the environment goes back as `onFailure` says.
   *
   * @param targets of one account and region; those that make steps of the same name need a `deploymentName` each
   */
  public static inOrder(targets: DeployTarget[]): DeployTarget {
    return new DeployTarget(new ComposedTarget(targets, 'in-order'));
  }

  /**
   * Several targets in one environment at the same time. When one fails, the others go on to their end.
   *
   * @param targets of one account and region; those that make steps of the same name need a `deploymentName` each
   */
  public static together(targets: DeployTarget[]): DeployTarget {
    return new DeployTarget(new ComposedTarget(targets, 'together'));
  }

  private constructor(private readonly planner: TargetPlanner) {}

  /** @internal */
  public _plan(request: DeployRequest): TargetPlan {
    return this.planner.plan(request);
  }
}
