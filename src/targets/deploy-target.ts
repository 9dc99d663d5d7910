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
 * The target that an environment deploys releases to.
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
   * Deploys a static site to an S3 bucket behind a CloudFront distribution.
   *
   * One Commands action per environment publishes the site, under the action role of the environment. It costs $0.002
   * of CodePipeline and about $0.005 of CodeBuild per started minute.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
   */
  public static staticSite(options: StaticSiteOptions = {}): DeployTarget {
    return new DeployTarget(new StaticSiteTarget(options));
  }

  /**
   * Deploys a CloudFormation stack in the account and Region of the environment. One action creates a change set from a
   * template of the artifact, a second one executes it. The first release creates the stack. The stack is retained when
   * the environment or the pipeline is removed.
   *
   * A release without changes succeeds. If an update fails, CloudFormation rolls it back; then the environment is
   * rolled back to its last success, which creates and executes a change set from the template of that release.
   *
   * Each of the two actions costs $0.002 per started minute and times out after 3 days.
   *
   * @param stackName 1 to 128 letters, digits and `-`, starting with a letter, unique in the pipeline. Must be concrete
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
   */
  public static cloudFormationStack(stackName: string, options: CloudFormationStackOptions = {}): DeployTarget {
    return new DeployTarget(new CloudFormationStackTarget(stackName, options));
  }

  /**
   * Deploys a stage of the CDK app that contains the pipeline. A build publishes the assets of its stacks; then a
   * change set of each stack is created and executed, in the order of their dependencies. The released artifact must be
   * the cloud assembly: the build runs `npx cdk synth`, with `outputDirectory: 'cdk.out'`.
   *
   * The account and Region of the environment are those of the stage. They must be bootstrapped (`cdk bootstrap`) with
   * trust in the account of the pipeline.
   *
   * The pipeline does not depend on the assets: the build publishes whatever the assembly of the execution lists. The
   * pipeline changes only if stacks are added, removed or renamed, if the tags of a stack change, or if the first image
   * asset is added. The stage is synthesized when the pipeline is created, so all of its stacks must exist by then.
   *
   * The build costs about $0.005 of CodeBuild per started minute, and each of the two actions of a stack $0.002 per
   * started minute.
   *
   * @param stage contains at least one stack and no other stages. Its stacks must use the default synthesizer, and be
   * in one account and Region
   * @see https://docs.aws.amazon.com/cdk/v2/guide/stages.html
   */
  public static cdkStage(stage: Stage, options: CdkStageOptions = {}): DeployTarget {
    return new DeployTarget(new CdkStageTarget(stage, options));
  }

  /**
   * Deploys an image to an Amazon ECS service, by digest, in a new revision of the task definition. The released
   * artifact must contain an `imageDetail.json`, as {@link BuildStep.dockerImage} and the ECR source produce it.
   *
   * One action prepares files under the action role of the environment ($0.002 of CodePipeline and about $0.005 of
   * CodeBuild per started minute), a second one deploys ($0.002 per started minute).
   *
   * @param service a service in the account and Region of the environment. Add all containers to its task definition
   * before: later changes are not detected. In another account or Region than the pipeline, the service requires a
   * `serviceName`, and its cluster a `clusterName`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECS.html
   */
  public static ecsService(service: ecs.IBaseService, options: EcsServiceOptions = {}): DeployTarget {
    return new DeployTarget(new EcsServiceTarget(service, options));
  }

  /**
   * Runs an Amazon ECS task with the new image to completion, such as a database migration. The release fails, and
   * later steps do not run, unless the container exits with code 0. Effects of a failed task are not rolled back.
   *
   * One Commands action, `Run-<environment>-<deploymentName>`, registers a new revision of the task definition, runs
   * one task and waits for it. Besides the task, it costs $0.002 of CodePipeline and about $0.005 of CodeBuild per
   * started minute. A rollback or a retry of the stage runs the task again.
   *
   * @param taskDefinition a task definition in the account and Region of the environment. Add all containers before:
   * later changes are not detected
   * @param cluster the cluster that runs the task. In another account or Region than the pipeline, it requires a
   * `clusterName`
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
   * Deploys a Helm chart to an Amazon EKS cluster. The first release installs the chart, later releases upgrade it. The
   * Helm release is retained when the environment or the pipeline is removed.
   *
   * Values files contain `$IMAGE_URI` for the image, which CodePipeline replaces by the image URI with its digest. If a
   * release fails, the changes of Helm are not reverted; the environment is rolled back to its last success, which
   * upgrades to the chart and the image of that release.
   *
   * One action runs Helm under the action role of the environment, on CodePipeline-managed compute. It costs $0.002 of
   * CodePipeline and about $0.005 of CodeBuild per started minute.
   *
   * @param cluster a cluster in the account and Region of the environment: one of this app, or an imported one
   * (`eks.CfnCluster.fromClusterArn(this, 'Cluster', 'arn:…')`). In another account or Region than the pipeline, a
   * cluster of this app requires a `clusterName`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
   */
  public static eksHelm(cluster: interfaces.aws_eks.IClusterRef, options: EksHelmOptions): DeployTarget {
    return new DeployTarget(new EksHelmTarget(cluster, options));
  }

  /**
   * Applies Kubernetes manifests to an Amazon EKS cluster. Objects that a release no longer contains are not deleted,
   * and all objects are retained when the environment or the pipeline is removed.
   *
   * Manifests contain `$IMAGE_URI` for the image, which CodePipeline replaces by the image URI with its digest. A
   * rollback of the environment applies the manifests and the image of its last success.
   *
   * One action applies the manifests under the action role of the environment, on CodePipeline-managed compute. It
   * costs $0.002 of CodePipeline and about $0.005 of CodeBuild per started minute.
   *
   * @param cluster a cluster in the account and Region of the environment: one of this app, or an imported one
   * (`eks.CfnCluster.fromClusterArn(this, 'Cluster', 'arn:…')`). In another account or Region than the pipeline, a
   * cluster of this app requires a `clusterName`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-EKS.html
   */
  public static eksManifests(cluster: interfaces.aws_eks.IClusterRef, options: EksManifestsOptions): DeployTarget {
    return new DeployTarget(new EksManifestsTarget(cluster, options));
  }

  /**
   * Deploys an image to a Lambda function, by digest: updates the code, publishes a version, and points the alias to
   * it, which shifts all traffic at once. The image in the stack of the function is only the initial one.
   *
   * If a release fails before the alias is updated, the traffic does not change. Then the environment is rolled back to
   * its last success, which deploys the image of that release as a new version. The configuration of the function is
   * never changed.
   *
   * One Commands action deploys under the action role of the environment. It costs $0.002 of CodePipeline and about
   * $0.005 of CodeBuild per started minute. Each release creates a version; Lambda retains old versions until you
   * delete them.
   *
   * @param target a function with the package type `Image`, in the account and Region of the environment and in the
   * Region of the image. In another account or Region than the pipeline, it requires a `functionName`
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
   */
  public static lambdaImage(target: lambda.IFunction, options: LambdaImageOptions = {}): DeployTarget {
    return new DeployTarget(new LambdaImageTarget(target, options));
  }

  /**
   * Deploys a configuration, such as feature flags, with AWS AppConfig: a file of the release becomes the configuration
   * of an AppConfig environment.
   *
   * For a hosted profile, one Commands action under the action role of the environment finds or creates the version
   * with the content of the file, deploys it, and waits until AppConfig has completed the deployment. Unless it is
   * disabled, another action runs the validators of the profile before the approval. Each action costs $0.002 of
   * CodePipeline and about $0.005 of CodeBuild per started minute, so a strategy of 30 minutes costs about $0.21. For a
   * profile whose location is the pipeline, the AppConfig action of CodePipeline deploys, at $0.002 per started minute.
   *
   * If an alarm of the AppConfig environment fires, AppConfig rolls back and the action fails. Then the environment is
   * rolled back to its last success, which deploys the configuration of that release.
   *
   * @param environment an AppConfig environment in the account and Region of the environment: one of this app, or an
   * imported one (`appconfig.Environment.fromEnvironmentArn(this, 'Live', 'arn:…')`). Only one deployment may release
   * each profile to it
   * @param profile the configuration profile that stores the configuration
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
   * Deploys to several targets of one environment, one after the other: for example a database migration, then the
   * service. If a target fails, later targets are not deployed, and `onFailure` of the environment applies.
   *
   * @param targets targets in one account and Region. Targets whose steps have the same name require different
   * `deploymentName`s
   */
  public static inOrder(targets: DeployTarget[]): DeployTarget {
    return new DeployTarget(new ComposedTarget(targets, 'in-order'));
  }

  /**
   * Deploys to several targets of one environment in parallel. If a target fails, the others still run to completion.
   *
   * @param targets targets in one account and Region. Targets whose steps have the same name require different
   * `deploymentName`s
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
