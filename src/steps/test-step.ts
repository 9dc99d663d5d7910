import type { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import type { CommandsTestOptions } from './commands/plan';
import type { BuildStep } from './build-step';
import { withEnvironmentNamespaces } from './common-step-fields';
import { type DeviceFarmOptions, DeviceFarmStep } from './device-farm/plan';
import { type DockerImageTestOptions, ImageTest } from './image-test/plan';
import { CommandsTest } from './environment-commands/plan';
import {
  type ImageScanOptions,
  type InspectorImageScanOptions,
  type InspectorScanOptions,
  BuiltImageScan,
  InspectorImageScan,
  InspectorScan,
} from './inspector-scan/plan';
import { type LambdaTestOptions, LambdaTest } from './lambda/plan';
import { PipelineStep } from './pipeline-step';
import { type ShellTestOptions, ShellTest } from './shell-test/plan';
import { type StepFunctionTestOptions, StateMachineTest } from './state-machine/plan';
import type { StepContext } from './step-context';
import type { StepPlanner } from './step-planner';
import type { StepPlan } from '../pipeline/pipeline-plan';

/**
 * A step that tests a release.
 *
 * The tests of an environment run after its deployment, in the same stage, so a failed test rolls back the release.
 * They receive the outputs of the environment, such as `SITE_URL` of a static site: commands as environment variables,
 * a function as parameters, a state machine in its input.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/integrations-action-type.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging', {
 *       tests: [TestStep.shell(['npm run smoke -- "$SITE_URL"'], { installCommands: ['npm ci'] })],
 *     }),
 *     new DeploymentEnvironment('production'),
 *   ],
 * });
 */
export class TestStep extends PipelineStep {
  /**
   * Runs commands in a separate CodeBuild project, for at most 8 hours. CodeBuild reads test reports in JUnit format
   * and coverage reports in Clover format.
   */
  public static shell(commands: string[], options: ShellTestOptions = {}): TestStep {
    return new TestStep(new ShellTest(commands, options));
  }

  /**
   * Runs commands in the account and Region of the environment that they test, with the CodePipeline action Commands
   * and without a CodeBuild project. Use it for tests that call AWS there: read resources, invoke functions, or reach
   * a VPC. The role of the test belongs to that account, and has only the permissions that you grant it. The action has
   * no cache, no reports, no choice of image, no artifact, and a limit of 55 minutes. Its minutes are charged like
   * those of CodeBuild. Outside of an environment, the commands run in the account and Region of the pipeline.
   *
   * @param commands 1 to 50 single-line commands of at most 1000 characters; move longer ones to a script in the
   * repository
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
   */
  public static commands(commands: string[], options: CommandsTestOptions = {}): TestStep {
    return new TestStep(new CommandsTest(commands, options));
  }

  /**
   * Tests an application on real devices of AWS Device Farm, which is available only in us-west-2, so the pipeline must
   * be in that Region. Device Farm charges per device minute, or per month for device slots. The test does not receive
   * the outputs of its environment.
   *
   * @param projectArn ARN of the Device Farm project. Must be concrete, because the project id is read from it.
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
   */
  public static deviceFarm(projectArn: string, options: DeviceFarmOptions): TestStep {
    return new TestStep(new DeviceFarmStep(projectArn, options));
  }

  /**
   * Scans the packages of the input for known vulnerabilities with Amazon Inspector. The artifact of the step contains
   * the software bill of materials (SBOM) and the findings. Its variable `HighestScannedSeverity` is `medium`, `high`
   * or `critical`. The action runs on managed compute, which is charged per minute by CodeBuild.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorScan(options: InspectorScanOptions = {}): TestStep {
    return new TestStep(new InspectorScan(options));
  }

  /**
   * Scans an ECR image in the account and Region of the pipeline for known vulnerabilities with Amazon Inspector. The
   * artifact and the variable are those of {@link inspectorScan}.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorImageScan(repository: ecr.IRepository, options: InspectorImageScanOptions = {}): TestStep {
    return new TestStep(new InspectorImageScan(repository, options));
  }

  /**
   * Scans the image that a step pushed for known vulnerabilities with Amazon Inspector, before the image is deployed.
   * By default, any critical finding fails the step. The artifact contains the software bill of materials (SBOM) and
   * the findings. If the image has two platforms, a separate action scans each: `Scan` and `Scan-arm64`, with the
   * artifacts `scan.artifact` and `scan.artifactNamed('arm64')`.
   *
   * The actions run on managed compute, which is charged per minute by CodeBuild. See the pricing page of Inspector for
   * additional charges.
   *
   * @param image step that builds an image in the account and Region of the pipeline, in the same stage or an earlier
   * one
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   * @see https://aws.amazon.com/inspector/pricing/
   */
  public static imageScan(image: BuildStep, options: ImageScanOptions = {}): TestStep {
    return new TestStep(new BuiltImageScan(image, options));
  }

  /**
   * Runs commands that test the image that a step pushed, before the image is deployed. Docker pulls the image first.
   * Commands read its URI, pinned to the digest, from `IMAGE_URI`, e.g. `docker run --rm "$IMAGE_URI" npm test`. They
   * run in a separate CodeBuild project that can use the Docker daemon, on a machine with the architecture of the
   * image.
   *
   * @param image step that builds an image, in the same stage or an earlier one
   */
  public static dockerImage(image: BuildStep, commands: string[], options: DockerImageTestOptions = {}): TestStep {
    return new TestStep(new ImageTest(image, commands, options));
  }

  /**
   * Invokes a Lambda function that tests. The function receives the job in its event, and must call
   * `PutJobSuccessResult` or `PutJobFailureResult` within 20 minutes, or within 24 hours if it reports a continuation
   * token. Its return value is ignored. A function of this app is granted permission to report the result. The role of
   * an imported function needs `codepipeline:PutJobSuccessResult` and `codepipeline:PutJobFailureResult` on `*`.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
   */
  public static lambdaFunction(testFunction: lambda.IFunction, options: LambdaTestOptions = {}): TestStep {
    return new TestStep(new LambdaTest(testFunction, options));
  }

  /**
   * Runs a state machine that tests. The step fails if the execution of the state machine fails, which may take 7 days.
   * The action is charged $0.002 per minute, including the time that it waits.
   *
   * @param stateMachine standard state machine; CodePipeline does not wait for the result of an express one
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
   */
  public static stepFunction(
    stateMachine: stepfunctions.IStateMachine,
    options: StepFunctionTestOptions = {},
  ): TestStep {
    return new TestStep(new StateMachineTest(stateMachine, options));
  }

  private constructor(private readonly planner: StepPlanner) {
    // JavaScript can call a private constructor; the pipeline reports such a step.
    super(planner?.stepName ?? 'Test');
  }

  /**
   * Returns whether the test runs in the account and Region of its environment.
   *
   * @internal
   */
  public get _runsInEnvironment(): boolean {
    return this.planner.inTestedEnv ?? false;
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    return this.planner.plan(context).map((step) => withEnvironmentNamespaces(step, context));
  }
}
