import {
  SecretValue,
  Stack,
  Token,
  Tokenization,
  type aws_codepipeline as codepipeline,
  type aws_iam as iam,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkMonitoringPlace } from '../../monitoring/validate-monitoring-env';
import { checkNotificationPlace } from '../../notifications/validate-notification-env';
import { checkSelfUpdatePlace } from '../../steps/self-update/validate-self-update-stack';
import { checkEnvironmentPlaces } from './validate-environment-envs';
import { environmentsOf, crossEnvOf } from '../../render/resolved-env';
import { checkSameEnv, elsewhere, type SameEnvReference } from '../../render/same-env-references';
import { checkSourcePlace } from '../../sources/validate-source-env';
import { providerOf } from '../../aws/action-providers';
import { allSteps, type PipelinePlan, type StepPlan } from '../../pipeline/pipeline-plan';
import { problem, type Problem } from '../../pipeline/problems';
import type { PrepareCdkStackPlan, PrepareStackPlan } from '../../targets/cloudformation/stack-specs';

/** What only the place shows that the pipeline has in the tree: its account and region, and what tokens will become. */
export const checkPlace = (scope: Construct, plan: PipelinePlan): Problem[] => [
  ...allSteps(plan).flatMap((action) => [
    ...checkRegion(scope, action),
    ...checkSourcePlace(scope, action),
    ...(action.spec.kind === 'prepare-stack' || action.spec.kind === 'prepare-cdk-stack'
      ? checkStackPlace(scope, plan, action.name, action.spec)
      : []),
    ...(action.spec.kind === 'self-update' ? checkSelfUpdatePlace(scope) : []),
    ...(action.spec.kind === 'custom-action' ? checkHome(scope, action.name, action.spec.action) : []),
    ...(action.spec.kind === 'approval' ? checkApprovers(action.name, action.spec.approvers) : []),
    ...sameEnvReferences(action).flatMap((reference) => checkSameEnv(scope, reference)),
    ...textsOf(action)
      .filter(({ text }) => holdsSecret(scope, text))
      .map(({ prop, fix }) =>
        problem(
          `${action.name}.${prop}`,
          'hold no secret',
          'a reference to a secret, which CloudFormation would replace by its text',
          fix,
        ),
      ),
  ]),
  ...checkEnvironmentPlaces(scope, plan),
  ...plan.variables
    .filter(({ defaultValue = '' }) => holdsSecret(scope, defaultValue))
    .map(({ name }) =>
      problem(
        `variables.${name}.defaultValue`,
        'hold no secret',
        'a reference to a secret',
        'whoever may see the pipeline may read it; give the step that needs it its secrets',
      ),
    ),
  ...checkNotificationPlace(scope, plan.notifications),
  ...checkMonitoringPlace(scope, plan.monitoring),
];

/** An action runs in the region of its pipeline: another one would need a bucket for artifacts there. */
function checkRegion(scope: Construct, action: StepPlan): Problem[] {
  const { region } = Stack.of(scope);
  const { regions, provider } = providerOf(action);
  return regions === undefined || Token.isUnresolved(region) || regions.includes(region)
    ? []
    : [
        problem(
          action.name,
          `run in ${regions.join(' or ')}, where ${provider} is`,
          region,
          'put the pipeline into a stack of that region, started by the success of this one',
        ),
      ];
}

/** An action of aws-codepipeline-actions may belong to another account or region; ours have one bucket, whose key serves one account. */
function checkHome(scope: Construct, name: string, { actionProperties }: codepipeline.IAction): Problem[] {
  const home = Stack.of(scope);
  const { account = actionProperties.account, region = actionProperties.region } = actionProperties.resource?.env ?? {};
  return [
    ...(elsewhere(home.account, account)
      ? [
          problem(
            `${name}.account`,
            'be that of the pipeline',
            account,
            'its artifacts are encrypted with a key that serves one account; deploy from a pipeline of that account',
          ),
        ]
      : []),
    ...(elsewhere(home.region, region)
      ? [
          problem(
            `${name}.region`,
            'be that of the pipeline',
            region,
            'its artifacts are in one bucket of this region; deploy from a pipeline of that region',
          ),
        ]
      : []),
  ];
}

/** A pipeline that deployed its own stack would change under its feet. */
function checkStackPlace(
  scope: Construct,
  plan: PipelinePlan,
  name: string,
  { stackName, environment }: PrepareStackPlan | PrepareCdkStackPlan,
): Problem[] {
  const inPipelineEnv = environmentsOf(plan).every(
    (one) => one.name !== environment || crossEnvOf(scope, one) === undefined,
  );
  return inPipelineEnv && stackName === Stack.of(scope).stackName
    ? [
        problem(
          `${name}.stackName`,
          'not be the stack of the pipeline itself',
          stackName,
          'deploy the stack of the pipeline with cdk deploy, or rename one of the two',
        ),
      ]
    : [];
}

/** What a rule or an approval names only by its name or publishes to, and so finds in its own account and region alone. */
function sameEnvReferences({ name, spec }: StepPlan): SameEnvReference[] {
  switch (spec.kind) {
    case 'alarm-rule':
      return [{ prop: `${name}.alarm`, what: 'an alarm', resource: spec.alarm, arn: spec.alarm.alarmArn }];
    case 'lambda-rule':
      return [
        { prop: `${name}.function`, what: 'a function', resource: spec.function, arn: spec.function.functionArn },
      ];
    case 'approval':
      return spec.topic
        ? [{ prop: `${name}.topic`, what: 'a topic', resource: spec.topic, arn: spec.topic.topicArn }]
        : [];
    default:
      return [];
  }
}

/** Roles that IAM Identity Center made: a policy that is added to one is refused when the stack is deployed. */
const checkApprovers = (name: string, approvers: readonly iam.IGrantable[]): Problem[] =>
  approvers.flatMap(({ grantPrincipal }, i) => {
    const { roleName = '' } = grantPrincipal as Partial<iam.IRole>;
    return !Token.isUnresolved(roleName) && roleName.startsWith('AWSReservedSSO_')
      ? [
          problem(
            `${name}.approvers[${i}]`,
            'be a role that is yours to change',
            roleName,
            'give the permission set of IAM Identity Center the statements of docs/approvals.md instead',
          ),
        ]
      : [];
  });

/** The texts of an action that people may read: in the template, in the console, in a log. */
function textsOf({
  spec,
  configuration,
  commands = [],
  environmentVariables = {},
}: StepPlan): Array<{ prop: string; text: string; fix: string }> {
  const instead = 'name it in \'secrets\', as in { TOKEN: BuildSecret.secretsManager(secret) }, and use it as "$TOKEN"';
  const texts = (prop: string, values: readonly string[], fix = instead) => values.map((text) => ({ prop, text, fix }));
  const byKey = Object.entries(configuration).flatMap(([key, text]) =>
    texts(
      key === 'EnvironmentVariables' ? 'environmentVariables' : key,
      [text],
      key === 'EnvironmentVariables' ? instead : 'let what runs read the secret itself, under its own role',
    ),
  );
  return [
    ...byKey,
    ...texts('commands', commands),
    ...texts(
      'environmentVariables',
      Object.values(spec.kind === 'build' ? spec.environmentVariables : environmentVariables),
    ),
    ...(spec.kind === 'build' ? texts('commands', Object.values(spec.phases).flat()) : []),
  ];
}

const REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

/** `SecretValue`, however it was unwrapped, becomes a reference that CloudFormation replaces by the secret. */
function holdsSecret(scope: Construct, text: string): boolean {
  if (REFERENCE.test(text)) return true;
  if (!Token.isUnresolved(text)) return false;
  if (Tokenization.reverseString(text).tokens.some((token) => SecretValue.isSecretValue(token))) return true;
  try {
    return REFERENCE.test(JSON.stringify(Stack.of(scope).resolve(text)) ?? '');
  } catch {
    return false; // A token that is known later only; no reference to a secret is.
  }
}
