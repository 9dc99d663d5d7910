import { type aws_ecr as ecr, type aws_lambda as lambda, aws_stepfunctions as stepfunctions } from 'aws-cdk-lib';
import { checkBuildStep } from './check-build';
import { checkDeviceFarm, deviceFarmConfiguration, type DeviceFarmOptions } from './device-farm';
import { planBuild } from './plan-build';
import { planInspectorScan, planLambda, planStateMachine } from './plan-test';
import type { InspectorImageScanOptions, InspectorScanOptions, LambdaTestOptions, ShellTestOptions, StepFunctionTestOptions } from './test-options';
import type { StepPlan } from '../plan/pipeline-plan';
import { checkRange, problem, type Problem } from '../plan/problems';
import { PipelineStep } from '../step/pipeline-step';
import { placeOf, withVariablesOf } from '../step/place';
import type { StepContext } from '../step/step-context';

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
    return new TestStep(stepName, (context) => planBuild({
      provider: 'codeBuildTest',
      stepName,
      options,
      phases: { install: options.installCommands ?? [], build: commands, postBuild: [] },
      outputDirectory: options.outputDirectory,
      cachePaths: options.cachePaths,
      reports: [
        { name: 'tests', files: options.testReports ?? [], format: 'JUNITXML' },
        { name: 'coverage', files: options.coverageReports ?? [], format: 'CLOVERXML' },
      ],
    }, context));
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
    return new TestStep(stepName, (context) => ({
      ...placeOf(stepName, options, context),
      provider: 'deviceFarm',
      outputs: [],
      configuration: deviceFarmConfiguration(projectArn, options),
      work: { kind: 'device-farm', projectArn, devicePoolArn: options.devicePoolArn },
    }), (prop) => checkDeviceFarm(prop, projectArn, options));
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
    return new TestStep(stepName, (context) => planInspectorScan(stepName, options, context), (prop) => checkThresholds(prop, options));
  }

  /**
   * The same search in an image of ECR, of the same account and region.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html
   */
  public static inspectorImageScan(repository: ecr.IRepository, options: InspectorImageScanOptions = {}): TestStep {
    const stepName = options.stepName ?? SCAN;
    return new TestStep(stepName, (context) => planInspectorScan(stepName, { ...options, inputs: [] }, context, { repository, imageTag: options.imageTag ?? 'latest' }),
      (prop) => [
        ...checkThresholds(prop, options),
        ...(options.inputs?.length ? [problem(`${prop}.inputs`, 'be left out', `${options.inputs.length} artifacts`, 'the image is what is scanned')] : []),
      ]);
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
  public static stepFunction(stateMachine: stepfunctions.IStateMachine, options: StepFunctionTestOptions = {}): TestStep {
    const stepName = options.stepName ?? TEST;
    return new TestStep(stepName, (context) => planStateMachine(stepName, stateMachine, options, context), (prop) => [
      ...(options.input?._check(`${prop}.input`) ?? []),
      ...(stateMachine instanceof stepfunctions.StateMachine && stateMachine.stateMachineType === stepfunctions.StateMachineType.EXPRESS
        ? [problem(`${prop}.stateMachine`, 'be a standard one', 'an express one', 'CodePipeline starts it and does not wait, so no test could fail; make it a standard one')] : []),
    ]);
  }

  private constructor(
    stepName: string, private readonly plan: (context: StepContext) => StepPlan, private readonly check: (prop: string) => Problem[] = () => [],
  ) {
    super(stepName);
  }

  /** @internal */
  public _plan(context: StepContext): StepPlan {
    return withVariablesOf(context, this.plan(context));
  }

  /** @internal */
  public override _check(prop: string): Problem[] {
    return [...super._check(prop), ...checkBuildStep(prop, this._plan({ defaultInput: 'Source' })), ...this.check(prop)];
  }
}

const TEST = 'Test';
const SCAN = 'Scan';

function checkThresholds(prop: string, { maxCritical, maxHigh, maxMedium, maxLow }: InspectorScanOptions): Problem[] {
  const bounds = { min: 0, max: Number.MAX_SAFE_INTEGER };
  return Object.entries({ maxCritical, maxHigh, maxMedium, maxLow }).flatMap(([name, count]) => checkRange(`${prop}.${name}`, count, bounds, 'findings'));
}
