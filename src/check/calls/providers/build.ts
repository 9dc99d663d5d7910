import { textOf } from '../../../assembly/json';
import { awsCliCalls } from '../builds/aws-cli';
import { libraryScriptCalls } from '../builds/library-scripts';
import { batchCalls } from '../builds/project-calls';
import { secretResource } from '../builds/project-dependencies';
import type { ActionContext, Call, ProviderCalls, Row } from '../call';
import { callOf, configured, fill } from '../call';
import { passRole } from '../pass-role';
import { MANAGED_COMPUTE_LOGS, page, rulePage } from './docs-url';

const PROJECT = 'arn:{partition}:codebuild:{region}:{account}:project/{ProjectName}';

function isBatch({ action }: ActionContext) {
  return action.configuration.BatchEnabled === 'true';
}

/** Lists the calls of the CodeBuild action and rule, without the calls of the build under its service role. */
const START: readonly Row[] = [
  { call: ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'], on: PROJECT, when: (context) => !isBatch(context) },
  { call: ['codebuild:StartBuildBatch', 'codebuild:BatchGetBuildBatches'], on: PROJECT, when: isBatch },
];

function batches(context: ActionContext): Call[] {
  const project = projectOf(context);
  if (project && isBatch(context)) return batchCalls(project);
  return [];
}

const CODE_BUILD: ProviderCalls = {
  source: page('CodeBuild'),
  rows: START,
  more: (context) => {
    const override = configured(context, 'ServiceRoleArnOverride');
    if (override === undefined) return batches(context);
    return [...passRole(context, override, 'codebuild.amazonaws.com', {}, fill(PROJECT, context)), ...batches(context)];
  },
};

export const CODE_BUILD_RULE: ProviderCalls = { source: rulePage('CodeBuild'), rows: START, more: batches };

/** Returns the CodeBuild project of an action, or undefined if it is not in the assembly. */
export function projectOf(context: ActionContext) {
  return context.model.model.find(fill(PROJECT, context));
}

const REPOSITORY = 'arn:{partition}:ecr:{region}:{account}:repository/{ECRRepositoryName}';

function isPublic({ action }: ActionContext) {
  return action.configuration.RegistryType === 'public';
}

const PUSH = [
  'InitiateLayerUpload',
  'UploadLayerPart',
  'CompleteLayerUpload',
  'PutImage',
  'BatchCheckLayerAvailability',
];

function pushRows(service: string, on: string, when: Row['when']): Row[] {
  return [
    { call: `${service}:GetAuthorizationToken`, on: '*', when },
    { call: PUSH.map((api) => `${service}:${api}`), on, when },
    { call: `${service}:DescribeRepositories`, on, when },
  ];
}

export const BUILD: Readonly<Record<string, ProviderCalls>> = {
  'Build/CodeBuild': CODE_BUILD,
  'Test/CodeBuild': CODE_BUILD,
  'Compute/Commands': {
    source: page('Commands'),
    reads: true,
    writes: true,
    rows: MANAGED_COMPUTE_LOGS,
    more: (context) => [...secretCalls(context), ...commandCalls(context)],
  },
  'Build/ECRBuildAndPublish': {
    source: page('ECRBuildAndPublish'),
    reads: true,
    rows: [
      ...MANAGED_COMPUTE_LOGS,
      ...pushRows('ecr', REPOSITORY, (context) => !isPublic(context)),
      { call: 'ecr:GetDownloadUrlForLayer', on: REPOSITORY, when: (context) => !isPublic(context) },
      ...pushRows('ecr-public', 'arn:{partition}:ecr-public::{account}:repository/{ECRRepositoryName}', isPublic),
      { call: 'sts:GetServiceBearerToken', on: '*', when: isPublic },
    ],
  },
  'Test/DeviceFarm': {
    source: page('DeviceFarm'),
    reads: true,
    rows: [
      { call: 'devicefarm:ListProjects', on: '*' },
      // The service is available in one Region.
      {
        call: ['ListDevicePools', 'GetRun', 'GetUpload', 'CreateUpload', 'ScheduleRun'].map(
          (api) => `devicefarm:${api}`,
        ),
        on: 'arn:{partition}:devicefarm:us-west-2:{account}:{run}',
      },
    ],
  },
};

/** Returns the calls of the commands of an action, which run under the action role. */
export function commandCalls(context: ActionContext): Call[] {
  const { role, account, region, action, pipeline } = context;
  const values = new Map(action.variables.map(({ name, value }) => [name, value]));
  const script = { from: pipeline.stack, role, account, region, commands: action.commands, values };
  return [...awsCliCalls(script, context.model), ...libraryScriptCalls(script, context)];
}

/** Returns the calls that read variables of type SECRETS_MANAGER under the action role. */
function secretCalls(context: ActionContext): Call[] {
  const { pipeline, model, region, account } = context;
  const { stack } = pipeline;

  function arn(service: string, name: string) {
    return `arn:${stack.partition}:${service}:${region}:${account}:${name}`;
  }

  return context.action.secrets.map((secret) => {
    const { resource, ...more } = secretResource(textOf(secret), arn, stack, model);
    return callOf(context, 'secretsmanager:GetSecretValue', resource, more);
  });
}
