import { Token } from 'aws-cdk-lib';
import type { SelfUpdateOptions } from './options';
import type { SelfUpdateSpec } from './spec';
import { CLI_VERSION } from '../../aws/cdk';
import { LANGUAGES } from '../../aws/languages';
import type { PipelinePlan, StagePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { FLAG, type OptionTypes, readOptions, TEXT } from '../../pipeline/read-options';
import { inRunOrder } from '../../pipeline/run-order';
import { planBuild } from '../build/plan';
import { ARTIFACT } from '../common-step-fields';
import type { PipelineArtifact } from '../pipeline-artifact';

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
      'runs at the same time would deploy the same stack, and go on under the definition that they began with; use SUPERSEDED or QUEUED';
    problems.at('executionMode').add(rule, executionMode, fix);
  }
  if (restartOnUpdate === false) {
    const rule = 'not be false in a pipeline that updates itself';
    const fix = 'an update ends the run that made it, and nothing would release its revision; leave it out';
    problems.at('restartOnUpdate').add(rule, restartOnUpdate, fix);
  }
}
