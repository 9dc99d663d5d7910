import { CfnElement, type CfnOutput, Stage } from 'aws-cdk-lib';
import type { CdkStageOptions } from './options';
import { publishCommands } from './publish-commands';
import { type OutputFacts, readImports, readOutputs, readStage, type StackFacts, type StageFacts } from './read-stage';
import { validateContent, validateImports, validateStacks } from './validate-stage';
import { LANGUAGES } from '../../aws/languages';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import { listOf, type OptionTypes, readOptions, typeOf, instanceOf } from '../../pipeline/read-options';
import { validatePublished } from '../../steps/cli-version';
import { BuildNetwork } from '../../steps/build-network';
import { BuildCompute } from '../../steps/build/build-compute';
import type { LanguageRequest } from '../../steps/build/build-request';
import { planBuild } from '../../steps/build/plan';
import { executeChangeSet, prepareChangeSet } from '../cloudformation/change-set';
import { StackCapability } from '../cloudformation/plan';
import {
  type DeployRequest,
  NOTHING_PLANNED,
  type TargetPlan,
  type TargetPlanner,
  deploymentStepName,
} from '../deploy-request';
import { validateNoImage } from '../image-commands';
import { OTHER_COMPUTE } from '../../steps/build/validate-build';

/** Creates a change set of a stack of a CDK app. */
export interface PrepareCdkStackSpec extends ActionSpec {
  readonly kind: 'prepare-cdk-stack';
  readonly environment: string;
  readonly stackName: string;
  /** CloudFormation execution role, created by `cdk bootstrap`; see {@link StackFacts}. */
  readonly executionRoleArn: string;
  /** Name of the first step of the environment that creates a change set. It creates the role of all these steps. */
  readonly first: string;
  /** Whether a step publishes outputs of a stack, under the same role. */
  readonly publishesOutputs: boolean;
  /** All stacks of the environment. */
  readonly together: readonly CdkStackSpec[];
}

export interface CdkStackSpec {
  readonly stackName: string;
  readonly executionRoleArn: string;
}

const OPTION_TYPES: OptionTypes<CdkStageOptions> = {
  outputs: listOf(
    typeOf('a CfnOutput', "pass new CfnOutput(stack, 'Url', { value })", isOutput),
    'write it as in [stack.url]',
  ),
  cliVersion: validatePublished,
  compute: instanceOf(BuildCompute, OTHER_COMPUTE),
  network: instanceOf(BuildNetwork, 'use BuildNetwork.vpc'),
};

const STAGE = typeOf('a Stage', "pass new Stage(app, 'Production')", isStage);

/** Language of the publishing tool. */
const PUBLISHER: LanguageRequest = { language: LANGUAGES.nodeJs };

/** Property names by configuration key: the assembly of the stage determines the configuration. */
const PROP_NAMES = {
  stackName: 'stage',
  namespace: 'stage',
  StackName: 'stage',
  TemplatePath: 'stage',
  TemplateConfiguration: 'stage',
};

/**
 * Plans the deployment of a stage of a CDK app. One build publishes the assets that the manifests list at run time;
 * then a change set of each stack is created and executed, in the order of dependencies. The steps do not depend on the
 * assets.
 */
export class CdkStageTarget implements TargetPlanner {
  private facts?: StageFacts;

  public constructor(
    private readonly stage: Stage,
    private readonly options: CdkStageOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { stage } = this;
    const { problems } = request;
    validateNoImage('a stage of a CDK app', request);
    const options = readOptions(this.options, OPTION_TYPES, problems);
    if (!STAGE(stage, problems.at('stage'))) return NOTHING_PLANNED;
    // A stage that is the target of several environments is synthesized once.
    this.facts ??= readStage(stage);
    if (request.reviewsChangeSets && !this.facts.isApp) validateImports(readImports(stage), problems.at('stage'));
    return planStage(this.facts, readOutputs(stage, options.outputs ?? []), options, request);
  }
}

/** Plans the deployment of a stage whose assembly has been read. */
export function planStage(
  stage: StageFacts,
  outputs: readonly OutputFacts[],
  options: CdkStageOptions,
  request: DeployRequest,
): TargetPlan {
  const { problems } = request;
  if (!validateContent(stage, problems.at('stage'))) return NOTHING_PLANNED;
  validateStacks(stage, outputs, options, problems);
  const { stacks } = stage;
  const { env } = stacks[0];
  // A synthesizer that writes no manifest has already been reported.
  if (stacks.every(({ manifests }) => manifests.length === 0)) return { steps: [], env };
  const publish = planPublish(stage, options, request);
  return { steps: [publish, ...stacks.flatMap((stack) => planStack(stacks, stack, outputs, request))], env };
}

/**
 * Plans the build that publishes assets. It always runs in the account and Region of the pipeline, and assumes the
 * publishing roles of the environment.
 */
function planPublish(
  stage: StageFacts,
  options: CdkStageOptions,
  { environment, artifact, problems }: DeployRequest,
): StepPlan {
  const manifests = stage.stacks.flatMap((stack) => stack.manifests);
  const { cliVersion, compute, network } = options;
  const step = planBuild(
    {
      provider: 'codeBuild',
      stepName: publishName(environment),
      options: { compute, network },
      phases: {
        build: [{ commands: publishCommands(stage.assemblyPath, cliVersion) }],
      },
      language: PUBLISHER,
      cachePaths: [],
      extra: {
        docker: manifests.some(({ images }) => images),
        assumedRoleArns: [...new Set(manifests.flatMap(({ roleArns }) => roleArns))].sort(),
      },
    },
    { defaultInput: artifact, problems },
  );
  return { ...step, namespace: undefined, inPipelineEnv: true, publishesAssets: true };
}

function planStack(
  stacks: readonly StackFacts[],
  stack: StackFacts,
  outputs: readonly OutputFacts[],
  { environment, artifact, problems }: DeployRequest,
): StepPlan[] {
  function nameOf(verb: string, { id }: Pick<StackFacts, 'id'>) {
    return deploymentStepName(verb, environment, stacks.length === 1 ? undefined : id);
  }

  const name = nameOf('Prepare', stack);
  const { id, stackName, templatePath, configurationPath } = stack;
  const change = { path: problems.path, propNames: PROP_NAMES, stackName };
  const prepared = prepareChangeSet(
    { ...change, name },
    { artifact, templatePath, templateConfigurationPath: configurationPath },
  );
  const prepare: StepPlan<PrepareCdkStackSpec> = {
    ...prepared,
    after: [publishName(environment), ...stack.after.map((earlier) => nameOf('Deploy', { id: earlier }))],
    configuration: {
      ...prepared.configuration,
      // The same capabilities as `cdk deploy`.
      Capabilities: [StackCapability.NAMED_IAM, StackCapability.AUTO_EXPAND].join(','),
    },
    spec: {
      kind: 'prepare-cdk-stack',
      environment,
      ...specOf(stack),
      first: nameOf('Prepare', stacks[0]),
      publishesOutputs: outputs.length > 0,
      together: stacks.map(specOf),
    },
  };
  const stackOutputs = outputs.filter(({ stackId }) => stackId === id).map((output) => output.name);
  return [prepare, executeChangeSet({ ...change, name: nameOf('Deploy', stack) }, name, stackOutputs)];
}

function publishName(environment: string): string {
  return deploymentStepName('Publish', environment);
}

function specOf({ stackName, executionRoleArn = '' }: StackFacts): CdkStackSpec {
  return { stackName, executionRoleArn };
}

function isOutput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return CfnElement.isCfnElement(value) && ('exportName' satisfies keyof CfnOutput) in value;
}

function isStage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Stage.isStage(value);
}
