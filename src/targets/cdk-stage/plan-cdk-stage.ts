import type { ExecuteStackPlan, PrepareCdkStackPlan } from '../cloudformation/stack-specs';
import type { CdkStageOptions } from './cdk-stage-options';
import type { DeployRequest, UnplacedStep } from '../deploy-request';
import { CHANGE_SET, executeChangeSet } from '../cloudformation/plan-stack';
import { StackCapability } from '../cloudformation/stack-options';
import type { LanguageRequest } from '../../steps/build/build-request';
import { planBuild } from '../../steps/build/plan';
import { CDK_ASSETS } from '../../aws/cdk-assets';
import { LANGUAGES } from '../../aws/languages';
import type { CdkOutputPlan, CdkStackPlan, CdkStagePlan } from './cdk-stage-plan';
import type { Environment } from '../../pipeline/env';

/** The tool that publishes runs on it. */
const PUBLISHER: LanguageRequest = { language: LANGUAGES.nodeJs };

/**
 * One build publishes whatever the manifests list by then; a change set of each stack is made, then executed, and stacks that need others come after
 * them. The steps are the same whatever the assets are.
 */
export function planCdkStage(
  stage: CdkStagePlan,
  outputs: readonly CdkOutputPlan[],
  options: CdkStageOptions,
  request: DeployRequest,
): UnplacedStep[] {
  const publish = planPublish(stage, options, request);
  return [publish, ...stage.stacks.flatMap((stack) => planStack(stage, stack, outputs, publish.name, request))];
}

/** The build that publishes. It stands beside the pipeline, wherever the environment is, and takes on the roles that publish there. */
function planPublish(
  { stacks }: CdkStagePlan,
  options: CdkStageOptions,
  { environment, artifact, problems }: DeployRequest,
): UnplacedStep {
  const manifests = stacks.flatMap((stack) => stack.manifests);
  const { cdkAssetsVersion = CDK_ASSETS.version, compute, network } = options;
  const step = planBuild(
    {
      provider: 'codeBuild',
      stepName: `Publish-${environment}`,
      options: { compute, network },
      phases: {
        build: [
          {
            commands: manifests.map(({ path }) => `npx --yes cdk-assets@${cdkAssetsVersion} --path "${path}" publish`),
          },
        ],
      },
      language: PUBLISHER,
      cachePaths: [],
      more: {
        docker: manifests.some(({ images }) => images),
        assumedRoleArns: [...new Set(manifests.flatMap(({ roleArns }) => roleArns))].sort(),
      },
    },
    { defaultInput: artifact, problems },
  );
  return { ...step, namespace: undefined, inPipelineEnv: true };
}

function planStack(
  { stacks }: CdkStagePlan,
  stack: CdkStackPlan,
  outputs: readonly CdkOutputPlan[],
  published: string,
  { environment, artifact }: DeployRequest,
): Array<UnplacedStep<PrepareCdkStackPlan | ExecuteStackPlan>> {
  const named = (verb: string, id: string) =>
    stacks.length === 1 ? `${verb}-${environment}` : `${verb}-${environment}-${id}`;
  const prepared = named('Prepare', stack.id);
  const { stackName, templatePath, configurationPath } = stack;
  return [
    {
      name: prepared,
      provider: 'cloudFormation',
      inputs: [artifact],
      outputs: [],
      after: [published, ...stack.after.map((id) => named('Deploy', id))],
      configuration: {
        ActionMode: 'CHANGE_SET_REPLACE',
        StackName: stackName,
        ChangeSetName: CHANGE_SET,
        TemplatePath: `${artifact}::${templatePath}`,
        ...(configurationPath !== undefined && { TemplateConfiguration: `${artifact}::${configurationPath}` }),
        // Those that `cdk deploy` gives.
        Capabilities: [StackCapability.NAMED_IAM, StackCapability.AUTO_EXPAND].join(','),
      },
      stackName,
      spec: {
        kind: 'prepare-cdk-stack',
        environment,
        stackName,
        executionRoleArn: stack.executionRoleArn ?? '',
        first: named('Prepare', stacks[0].id),
        publishesOutputs: outputs.length > 0,
        together: stacks.map((one) => ({ stackName: one.stackName, executionRoleArn: one.executionRoleArn ?? '' })),
      },
    },
    executeChangeSet(named('Deploy', stack.id), {
      stackName,
      prepared,
      outputs: outputs.filter(({ stackId }) => stackId === stack.id).map(({ name }) => name),
    }),
  ];
}

/** Account and region of a stage, as far as it says. */
export const placeOfStage = ({ stacks }: CdkStagePlan): Environment => (stacks.length > 0 ? stacks[0].place : {});
