import { type aws_ecr as ecr, type aws_lambda as lambda, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import type { BuildStep } from './build-step';
import { checkDeviceFarm, deviceFarmConfiguration, type DeviceFarmOptions } from './device-farm/device-farm';
import { planBuild } from './build/plan';
import { shellRequest } from './build/shell-build';
import { OWN_VARIABLES } from './ecr-commands';
import { planImageScans, planImageTest, planInspectorScan, planLambda, planStateMachine } from './plan-test';
import type {
  DockerImageTestOptions,
  ImageScanOptions,
  InspectorImageScanOptions,
  InspectorScanOptions,
  LambdaTestOptions,
  ShellTestOptions,
  StepFunctionTestOptions,
} from './test-options';
import type { DeviceFarmPlan } from './test-specs';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { checkRange, problem, type Problem } from '../pipeline/problems';
import { PipelineStep } from './pipeline-step';
import { commonStepFields, withVariablesOf } from './common-step-fields';
import type { StepContext } from './step-context';

/**
 * What a release is tested with.
 *
 * In an environment, tests run after its deployment, in the same stage, so that a test that fails takes the release back; they are told what the
 * environment tells of itself, e.g. `SITE_URL` for a static site: commands find it in an environment variable, a function among its parameters, a
 * state machine in its input.
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
  /** Any commands, in a CodeBuild project of their own. They may take 8 hours at most. Test reports are read as JUnit, coverage reports as Clover. */
  public static shell(commands: string[], options: ShellTestOptions = {}): TestStep {
    const stepName = options.stepName ?? TEST;
    return new TestStep(stepName, (context) =>
      planBuild({ ...shellRequest(commands, options), provider: 'codeBuildTest', stepName }, context),
    );
  }

  /**
   * An application on real devices. Device Farm is in us-west-2 only, and so must the pipeline be. It charges for the minutes of every device, or
   * for devices by the month. It does not learn what the environment tells of itself that it tests.
   *
   * @param projectArn ARN of the project. Must be concrete: its id is a part of it
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
   */
  public static deviceFarm(projectArn: string, options: DeviceFarmOptions): TestStep {
    const stepName = options.stepName ?? TEST;
    return new TestStep(
      stepName,
      (context) => ({
        ...commonStepFields(stepName, options, context),
        provider: 'deviceFarm',
        outputs: [],
        configuration: deviceFarmConfiguration(projectArn, options),
        spec: { kind: 'device-farm', projectArn, devicePoolArn: options.devicePoolArn } as DeviceFarmPlan,
      }),
      (prop) => checkDeviceFarm(prop, projectArn, options),
    );
  }

  /**
   * A search of Amazon Inspector for known vulnerabilities in the packages that the input names. Its artifact holds what the input consists of
   * (SBOM) and what was found; its variable `HighestScannedSeverity` is `medium`, `high` or `critical`. It runs on compute of CodePipeline, which
   * CodeBuild charges by the minute.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorScan(options: InspectorScanOptions = {}): TestStep {
    const stepName = options.stepName ?? SCAN;
    return new TestStep(
      stepName,
      (context) => planInspectorScan(stepName, options, context),
      (prop) => checkThresholds(prop, options),
    );
  }

  /**
   * The same search in an image of ECR, of the same account and region.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorImageScan(repository: ecr.IRepository, options: InspectorImageScanOptions = {}): TestStep {
    const stepName = options.stepName ?? SCAN;
    return new TestStep(
      stepName,
      (context) =>
        planInspectorScan(stepName, { ...options, inputs: [] }, context, {
          repository,
          imageTag: options.imageTag ?? 'latest',
        }),
      (prop) => [
        ...checkThresholds(prop, options),
        ...(options.inputs?.length
          ? [
              problem(
                `${prop}.inputs`,
                'be left out',
                `${options.inputs.length} artifacts`,
                'the image is what is scanned',
              ),
            ]
          : []),
      ],
    );
  }

  /**
   * The same search in the image that a step has pushed, before anything is released of it: more than 0 critical findings fail the step, unless told
   * otherwise. Its artifact holds what the image consists of (SBOM) and what was found. Of an image of two platforms each is searched, by an action
   * of its own: `Scan` and `Scan-arm64`, with the artifacts `scan.artifact` and `scan.artifactNamed('arm64')`.
   *
   * It runs on compute of CodePipeline, which CodeBuild charges by the minute. Whether Inspector charges for the search in addition is said on its
   * page of prices.
   *
   * @param image a step that makes an image in the account and region of the pipeline, in the same stage or an earlier one
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   * @see https://aws.amazon.com/inspector/pricing/
   */
  public static imageScan(image: BuildStep, options: ImageScanOptions = {}): TestStep {
    const stepName = options.stepName ?? SCAN;
    const made = image._image();
    const plans = (context: StepContext) =>
      made === undefined ? [planNothing(stepName, context)] : planImageScans(stepName, made, options, context);
    return new TestStep(
      stepName,
      (context) => plans(context)[0],
      (prop) => [...checkImage(prop, image), ...checkThresholds(prop, options)],
      plans,
    );
  }

  /**
   * Commands that try out the image which a step has pushed, before anything is released of it: Docker has pulled it when they begin, and they find
   * its URI, pinned to the digest, in `IMAGE_URI`, as in `docker run --rm "$IMAGE_URI" npm test`. They run in a CodeBuild project of their own that
   * may use the Docker daemon, on a machine with the processor of the image.
   *
   * @param image a step that makes an image, in the same stage or an earlier one
   */
  public static dockerImage(image: BuildStep, commands: string[], options: DockerImageTestOptions = {}): TestStep {
    const stepName = options.stepName ?? TEST;
    const made = image._image();
    const plan = (context: StepContext) =>
      made === undefined ? planNothing(stepName, context) : planImageTest(stepName, made, commands, options, context);
    return new TestStep(stepName, plan, (prop) => [...checkImage(prop, image), ...checkImageTest(prop, options)]);
  }

  /**
   * A function that tests. It is called with the job in the event, must answer with `PutJobSuccessResult` or `PutJobFailureResult` within 20
   * minutes (or say that it goes on, up to 24 hours), and what it returns is ignored. A function of this app is given the permission to answer;
   * the role of an imported one must have `codepipeline:PutJobSuccessResult` and `codepipeline:PutJobFailureResult` on `*`.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
   */
  public static lambdaFunction(testFunction: lambda.IFunction, options: LambdaTestOptions = {}): TestStep {
    const stepName = options.stepName ?? TEST;
    return new TestStep(stepName, (context) => planLambda(stepName, testFunction, options, context));
  }

  /**
   * A state machine that tests: the step fails with its execution, which may take 7 days. An action that waits costs $0.002 a minute like any other.
   *
   * @param stateMachine a standard one: an express one is started and not looked at again, so it would never fail
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
   */
  public static stepFunction(
    stateMachine: stepfunctions.IStateMachine,
    options: StepFunctionTestOptions = {},
  ): TestStep {
    const stepName = options.stepName ?? TEST;
    return new TestStep(
      stepName,
      (context) => planStateMachine(stepName, stateMachine, options, context),
      (prop) => [
        ...(options.input?._check(`${prop}.input`) ?? []),
        ...(stateMachine instanceof stepfunctions.StateMachine &&
        stateMachine.stateMachineType === stepfunctions.StateMachineType.EXPRESS
          ? [
              problem(
                `${prop}.stateMachine`,
                'be a standard one',
                'an express one',
                'CodePipeline starts it and does not wait, so no test could fail; make it a standard one',
              ),
            ]
          : []),
      ],
    );
  }

  private constructor(
    stepName: string,
    plan: (context: StepContext) => StepPlan,
    private readonly check: (prop: string) => Problem[] = () => [],
    private readonly plans = (context: StepContext) => [plan(context)],
  ) {
    super(stepName);
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    const { problems } = context;
    const plans = this.plans(context).map((step) => withVariablesOf(context, step));
    problems.addAll(this.check(problems.path));
    return plans;
  }
}

const TEST = 'Test';
const SCAN = 'Scan';

/** What is planned for an image that is none, until that is told. */
const planNothing = (stepName: string, context: StepContext): StepPlan => planInspectorScan(stepName, {}, context);

const checkImage = (prop: string, image: BuildStep): Problem[] =>
  image._image()
    ? []
    : [
        problem(
          `${prop}.image`,
          'be a step that makes an image',
          image.stepName,
          'use BuildStep.dockerImage or BuildStep.ecrBuildAndPublish',
        ),
      ];

/** Variables of the commands that pull the image. */
const checkImageTest = (prop: string, { environmentVariables = {}, secrets = {} }: DockerImageTestOptions): Problem[] =>
  [...Object.keys(environmentVariables), ...Object.keys(secrets)]
    .filter((name) => OWN_VARIABLES.includes(name))
    .map((name) => problem(prop, `leave ${OWN_VARIABLES.join(', ')} to the step`, name, 'rename the variable'));

function checkThresholds(prop: string, { maxCritical, maxHigh, maxMedium, maxLow }: InspectorScanOptions): Problem[] {
  const bounds = { min: 0, max: Number.MAX_SAFE_INTEGER };
  return Object.entries({ maxCritical, maxHigh, maxMedium, maxLow }).flatMap(([name, count]) =>
    checkRange(`${prop}.${name}`, count, bounds, 'findings'),
  );
}
