import { Token, BootstraplessSynthesizer, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { CLI_VERSION, BOOTSTRAP_PURPOSES, bootstrapRoleName } from '../../aws/cdk';
import { LANGUAGES } from '../../aws/languages';
import type { ActionSpec, PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { FLAG, type OptionTypes, readOptions, TEXT } from '../../pipeline/read-options';
import { inRunOrder } from '../../pipeline/run-order';
import { planBuild } from '../build/plan';
import type { BuildSpec } from '../build/spec';
import { ARTIFACT } from '../common-step-fields';
import type { PipelineArtifact } from '../pipeline-artifact';

/** Options of {@link SelfUpdate.fromAssembly}. */
export interface SelfUpdateOptions {
  /**
   * The folder of the artifact that the assembly is in: that with `manifest.json`.
   *
   * @default '.', the artifact is the assembly
   */
  readonly assemblyDirectory?: string;

  /**
   * Version of the CDK command (`aws-cdk`), an exact one such as `2.1148.1`. It must be able to read what your
   * aws-cdk-lib writes: raise it before you raise the library.
   *
   * @default - the one that the assembly itself names as the least that can read it, so it follows the aws-cdk-lib of
   * your lockfile
   */
  readonly cliVersion?: string;

  /**
   * The build may use the Docker daemon: the stack of the pipeline, or one that it depends on, has images that are
   * built when it is deployed. Set it one update before the first image comes.
   *
   * @default false
   */
  readonly docker?: boolean;
}

/**
 * Describes the deployment of the stack of the pipeline. Its commands follow from the path of the stack in the
 * construct tree.
 */
export interface SelfUpdateSpec extends ActionSpec {
  readonly kind: 'self-update';
  readonly build: BuildSpec;
  /**
   * Version of the CDK command.
   *
   * @default - the one that the assembly asks for
   */
  readonly cliVersion?: string;
}

/** Name of the stage in which a pipeline deploys its own definition, and of its action. */
const UPDATE_PIPELINE = 'UpdatePipeline';

const OPTIONS: OptionTypes<SelfUpdateOptions> = {
  assemblyDirectory: TEXT,
  cliVersion: validateCliVersion,
  docker: FLAG,
};

/** Plans the deployment of the stack of the pipeline, and reports what is wrong with it. */
export function planSelfUpdate(
  artifact: PipelineArtifact,
  givenOptions: SelfUpdateOptions,
  problems: Problems,
): StepPlan<SelfUpdateSpec> | undefined {
  const { assemblyDirectory, cliVersion, docker } = readOptions(givenOptions, OPTIONS, problems);
  if (!ARTIFACT(artifact, problems.at('artifact'))) return undefined;
  const { spec: build, ...step } = planBuild(
    {
      provider: 'codeBuild',
      stepName: UPDATE_PIPELINE,
      options: { inputs: [artifact], directory: assemblyDirectory },
      directoryProp: 'assemblyDirectory',
      phases: { build: [] },
      language: { language: LANGUAGES.nodeJs },
      cachePaths: [],
      more: { docker },
    },
    { defaultInput: artifact.artifactName, problems },
  );
  return {
    ...step,
    // It works on the assembly alone.
    readsFullClone: undefined,
    projectTexts: undefined,
    updatesPipeline: true,
    spec: { kind: 'self-update', build, cliVersion },
  };
}

function validateCliVersion(cliVersion: unknown, problems: Problems): boolean {
  const isToken = Token.isUnresolved(cliVersion);
  const isValid = !isToken && typeof cliVersion === 'string' && CLI_VERSION.test(cliVersion);
  const fix = "write it as in '2.1148.1', or leave it out: the assembly knows which it needs";
  if (!isValid) problems.add('be an exact version', isToken ? 'a token' : cliVersion, fix);
  return isValid;
}

/** Returns the stages with the update among them: right after the one that makes the assembly. */
export function withSelfUpdate(stages: readonly StagePlan[], update: StepPlan | undefined): readonly StagePlan[] {
  if (!update) return stages;
  const at =
    1 +
    stages.findIndex(({ actions }) =>
      actions.some(({ outputs }) => update.inputs.some((input) => outputs.includes(input))),
    );
  // An assembly that no step makes is reported where all artifacts are validated. No other stage may hold the sources.
  const index = at === 0 ? 1 : at;
  const stage = { name: UPDATE_PIPELINE, path: 'selfUpdate', actions: inRunOrder([update]) };
  return [...stages.slice(0, index), stage, ...stages.slice(index)];
}

/** Validates what only the whole pipeline shows of a self-update. */
export function validateSelfUpdate(
  { stages, executionMode }: PipelinePlan,
  restartOnUpdate: boolean | undefined,
  problems: Problems,
): void {
  const updating = stages.findIndex(({ actions }) => actions.some(({ updatesPipeline }) => updatesPipeline));
  if (updating === -1) return;
  const released = stages.slice(0, updating).flatMap(({ environments = [] }) => environments.map(({ name }) => name));
  if (released.length > 0) {
    const rule = 'use an assembly that is made before anything is released';
    const fix = 'let a step of an earlier stage make it, so that a release goes through the pipeline as it was changed';
    problems.at('selfUpdate').add(rule, released, fix);
  }
  if (executionMode === 'PARALLEL') {
    const rule = 'not be PARALLEL in a pipeline that updates itself';
    const fix =
      'runs at the same time would deploy the same stack, and go on under the definition that they began with; ' +
      'use SUPERSEDED or QUEUED';
    problems.at('executionMode').add(rule, executionMode, fix);
  }
  if (restartOnUpdate === false) {
    const rule = 'not be false in a pipeline that updates itself';
    const fix = 'an update ends the run that made it, and nothing would release its revision; leave it out';
    problems.at('restartOnUpdate').add(rule, restartOnUpdate, fix);
  }
}

/**
 * Returns a stack and all that it depends on, which `cdk deploy` deploys with it. Complete once the app is synthesized.
 */
export function withDependencies(stack: Stack, seen = new Set<Stack>()): Stack[] {
  if (seen.has(stack)) return [];
  seen.add(stack);
  return [stack, ...stack.dependencies.flatMap((dependency) => withDependencies(dependency, seen))];
}

/**
 * Returns the ARNs of the roles that `cdk bootstrap` has created in the environment of a stack; undefined where the
 * stack uses others, or none.
 */
export function bootstrapRolesOf(stack: Stack): string[] | undefined {
  const { synthesizer } = stack;
  const isDefault = synthesizer instanceof DefaultStackSynthesizer;
  if (!isDefault || synthesizer instanceof BootstraplessSynthesizer) return undefined;
  const account = Token.isUnresolved(stack.account) ? '${AWS::AccountId}' : stack.account;
  const region = Token.isUnresolved(stack.region) ? '${AWS::Region}' : stack.region;
  const env = {
    qualifier: synthesizer.bootstrapQualifier ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER,
    account,
    region,
  };
  const arns = BOOTSTRAP_PURPOSES.map(
    (purpose) => `arn:\${AWS::Partition}:iam::${account}:role/${bootstrapRoleName(purpose, env)}`,
  );
  return synthesizer.deployRoleArn === arns[0] ? arns : undefined;
}
