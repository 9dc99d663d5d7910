import {
  BootstraplessSynthesizer,
  cloud_assembly_schema as schema,
  DefaultStackSynthesizer,
  Stack,
  Token,
} from 'aws-cdk-lib';
import { BOOTSTRAP_PURPOSES, bootstrapRoleName } from '../../aws/cdk';
import { LANGUAGES } from '../../aws/languages';
import type { ActionSpec, PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { FLAG, type OptionTypes, readOptions, TEXT } from '../../pipeline/read-options';
import { inRunOrder } from '../../pipeline/run-order';
import { planBuild } from '../build/plan';
import type { BuildSpec } from '../build/spec';
import { validatePublished, validateReads } from '../cli-version';
import { ARTIFACT } from '../common-step-fields';
import type { PipelineArtifact } from '../pipeline-artifact';

/** Options of {@link SelfUpdate.fromAssembly}. */
export interface SelfUpdateOptions {
  /**
   * Folder of the artifact that contains the assembly, with `manifest.json`.
   *
   * @default '.', the artifact is the assembly
   */
  readonly assemblyDirectory?: string;

  /**
   * Exact version of the CDK CLI (`aws-cdk`), such as `2.1148.1`. It must be able to read assemblies of your
   * aws-cdk-lib version, so upgrade the CLI before the library.
   *
   * @default - the minimum version that the assembly requires, which follows the aws-cdk-lib version of your lockfile,
   * or the newest published one before it
   */
  readonly cliVersion?: string;

  /**
   * Allows the build to use the Docker daemon. Required if the stack of the pipeline, or a stack that it depends on,
   * has image assets. Enable it one update before you add the first image.
   *
   * @default false
   */
  readonly docker?: boolean;
}

/**
 * Describes the deployment of the stack of the pipeline. Its commands depend on the path of the stack in the construct
 * tree.
 */
export interface SelfUpdateSpec extends ActionSpec {
  readonly kind: 'self-update';
  readonly build: BuildSpec;
  /**
   * Version of the CDK CLI.
   *
   * @default - the version that the assembly requires
   */
  readonly cliVersion?: string;
}

/** Name of the stage in which a pipeline updates itself, and of its action. */
const UPDATE_PIPELINE = 'UpdatePipeline';

const OPTIONS: OptionTypes<SelfUpdateOptions> = {
  assemblyDirectory: TEXT,
  cliVersion: validateCliVersion,
  docker: FLAG,
};

/** Plans the deployment of the stack of the pipeline, and validates its options. */
export function planSelfUpdate(
  artifact: PipelineArtifact,
  providedOptions: SelfUpdateOptions,
  problems: Problems,
): StepPlan<SelfUpdateSpec> | undefined {
  const { assemblyDirectory, cliVersion, docker } = readOptions(providedOptions, OPTIONS, problems);
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
      extra: { docker },
    },
    { defaultInput: artifact.artifactName, problems },
  );
  return {
    ...step,
    // The action reads only the assembly.
    readsFullClone: undefined,
    projectTexts: undefined,
    updatesPipeline: true,
    spec: { kind: 'self-update', build, cliVersion },
  };
}

function validateCliVersion(version: unknown, problems: Problems): boolean {
  if (!validatePublished(version, problems)) return false;
  const [major] = schema.Manifest.version().split('.');
  validateReads(Number(major), version as string, problems);
  return true;
}

/** Returns the stages with the update stage after the stage that builds the assembly. */
export function withSelfUpdate(stages: readonly StagePlan[], update: StepPlan | undefined): readonly StagePlan[] {
  if (!update) return stages;
  const producing = stages.findIndex(({ actions }) =>
    actions.some(({ outputs }) => update.inputs.some((input) => outputs.includes(input))),
  );
  // An assembly that no step builds is reported by the validation of artifacts. The first stage contains the sources.
  const index = Math.max(producing, 0) + 1;
  const stage = { name: UPDATE_PIPELINE, path: 'selfUpdate', actions: inRunOrder([update]) };
  return [...stages.slice(0, index), stage, ...stages.slice(index)];
}

/** Validates a self-update in the context of the whole pipeline. */
export function validateSelfUpdate(
  { stages, executionMode }: PipelinePlan,
  restartOnUpdate: boolean | undefined,
  problems: Problems,
): void {
  const updating = stages.findIndex(({ actions }) => actions.some(({ updatesPipeline }) => updatesPipeline));
  if (updating === -1) return;
  const released = stages.slice(0, updating).flatMap(({ environments = [] }) => environments.map(({ name }) => name));
  if (released.length > 0) {
    const rule = 'use an assembly that is built before the first release';
    const fix = 'build it in an earlier stage, so that every release uses the updated pipeline';
    problems.at('selfUpdate').add(rule, released, fix);
  }
  if (executionMode === 'PARALLEL') {
    const rule = 'not be PARALLEL in a pipeline that updates itself';
    const fix =
      'use SUPERSEDED or QUEUED; parallel executions would deploy the same stack, and continue with the definition ' +
      'with which they started';
    problems.at('executionMode').add(rule, executionMode, fix);
  }
  if (restartOnUpdate === false) {
    const rule = 'not be false in a pipeline that updates itself';
    const fix = 'remove it; an update ends its own execution, so without a restart its revision is not released';
    problems.at('restartOnUpdate').add(rule, restartOnUpdate, fix);
  }
}

/** Returns a stack and all its dependencies, which `cdk deploy` deploys with it. Complete only after synthesis. */
export function withDependencies(stack: Stack, seen = new Set<Stack>()): Stack[] {
  if (seen.has(stack)) return [];
  seen.add(stack);
  return [stack, ...stack.dependencies.flatMap((dependency) => withDependencies(dependency, seen))];
}

/**
 * Returns the ARNs of the roles that `cdk bootstrap` has created in the environment of a stack, or undefined if the
 * stack uses other roles or none.
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
