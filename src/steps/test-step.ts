import type { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import type { BuildStep } from './build-step';
import { withVariablesOf } from './common-step-fields';
import { type DeviceFarmOptions, DeviceFarmStep } from './device-farm/plan';
import { type DockerImageTestOptions, ImageTest } from './image-test/plan';
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
 * What a release is tested with.
 *
 * In an environment, tests run after its deployment, in the same stage, so that a test that fails takes the release
 * back; they are told what the environment tells of itself, e.g. `SITE_URL` for a static site: commands find it in an
 * environment variable, a function among its parameters, a state machine in its input.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/integrations-action-type.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging', {
 *       tests: [TestStep.shell(['npx playwright test --base-url "$SITE_URL"'], { installCommands: ['npm ci'] })],
 *     }),
 *     new DeploymentEnvironment('production'),
 *   ],
 * });
 */
export class TestStep extends PipelineStep {
  /**
   * Any commands, in a CodeBuild project of their own. They may take 8 hours at most. Test reports are read as JUnit,
   * coverage reports as Clover.
   */
  public static shell(commands: string[], options: ShellTestOptions = {}): TestStep {
    return new TestStep(new ShellTest(commands, options));
  }

  /**
   * An application on real devices. Device Farm is in us-west-2 only, and so must the pipeline be. It charges for the
   * minutes of every device, or for devices by the month. It does not learn what the environment tells of itself that
   * it tests.
   *
   * @param projectArn ARN of the project. Must be concrete: its id is a part of it
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
   */
  public static deviceFarm(projectArn: string, options: DeviceFarmOptions): TestStep {
    return new TestStep(new DeviceFarmStep(projectArn, options));
  }

  /**
   * A search of Amazon Inspector for known vulnerabilities in the packages that the input names. Its artifact holds
   * what the input consists of (SBOM) and what was found; its variable `HighestScannedSeverity` is `medium`, `high` or
   * `critical`. It runs on compute of CodePipeline, which CodeBuild charges by the minute.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorScan(options: InspectorScanOptions = {}): TestStep {
    return new TestStep(new InspectorScan(options));
  }

  /**
   * The same search in an image of ECR, of the same account and region.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorImageScan(repository: ecr.IRepository, options: InspectorImageScanOptions = {}): TestStep {
    return new TestStep(new InspectorImageScan(repository, options));
  }

  /**
   * The same search in the image that a step has pushed, before anything is released of it: more than 0 critical
   * findings fail the step, unless told otherwise. Its artifact holds what the image consists of (SBOM) and what was
   * found. Of an image of two platforms each is searched, by an action of its own: `Scan` and `Scan-arm64`, with the
   * artifacts `scan.artifact` and `scan.artifactNamed('arm64')`.
   *
   * It runs on compute of CodePipeline, which CodeBuild charges by the minute. Whether Inspector charges for the search
   * in addition is said on its page of prices.
   *
   * @param image a step that makes an image in the account and region of the pipeline, in the same stage or an earlier
   * one
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   * @see https://aws.amazon.com/inspector/pricing/
   */
  public static imageScan(image: BuildStep, options: ImageScanOptions = {}): TestStep {
    return new TestStep(new BuiltImageScan(image, options));
  }

  /**
   * Commands that try out the image which a step has pushed, before anything is released of it: Docker has pulled it
   * when they begin, and they find its URI, pinned to the digest, in `IMAGE_URI`, as in
   * `docker run --rm "$IMAGE_URI" npm test`. They run in a CodeBuild project of their own that may use the Docker
   * daemon, on a machine with the processor of the image.
   *
   * @param image a step that makes an image, in the same stage or an earlier one
   */
  public static dockerImage(image: BuildStep, commands: string[], options: DockerImageTestOptions = {}): TestStep {
    return new TestStep(new ImageTest(image, commands, options));
  }

  /**
   * A function that tests. It is called with the job in the event, must answer with `PutJobSuccessResult` or
   * `PutJobFailureResult` within 20 minutes (or say that it goes on, up to 24 hours), and what it returns is ignored. A
   * function of this app is given the permission to answer; the role of an imported one must have
   * `codepipeline:PutJobSuccessResult` and `codepipeline:PutJobFailureResult` on `*`.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
   */
  public static lambdaFunction(testFunction: lambda.IFunction, options: LambdaTestOptions = {}): TestStep {
    return new TestStep(new LambdaTest(testFunction, options));
  }

  /**
   * A state machine that tests: the step fails with its execution, which may take 7 days. An action that waits costs
   * $0.002 a minute like any other.
   *
   * @param stateMachine a standard one: an express one is started and not looked at again, so it would never fail
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
   */
  public static stepFunction(
    stateMachine: stepfunctions.IStateMachine,
    options: StepFunctionTestOptions = {},
  ): TestStep {
    return new TestStep(new StateMachineTest(stateMachine, options));
  }

  private constructor(private readonly planner: StepPlanner) {
    super(planner.stepName);
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    return this.planner.plan(context).map((step) => withVariablesOf(context, step));
  }
}
