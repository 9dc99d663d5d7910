import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { ExecuteStackSpec, PrepareStackSpec } from './spec';
import type { ActionKind, ReferencedResource, TargetKind } from '../../render/action-kind';
import { roleArn } from '../../render/cross-account-names';
import { type EnvironmentScope, renderActionRole } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, allow, arnOf, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { renderRole } from '../../render/role';
import { RESOURCE } from '../../pipeline/rules';

/** Renders the action that creates a change set of a stack. */
export const PREPARE_STACK: TargetKind<PrepareStackSpec> = {
  kind: 'prepare-stack',
  render: renderPrepareStack,
  renderResources,
  referencedResources,
  requiredNames: () => [],
  validateEnvironment: () => {},
};

/** Renders the action that executes the change set, under the same role. The stack stores its execution role. */
export const EXECUTE_STACK: ActionKind<ExecuteStackSpec> = {
  kind: 'execute-stack',
  render({ earlier }, { prepared }) {
    const { role, region } = earlier.get(prepared)!;
    return { role, region };
  },
};

function renderPrepareStack(context: RenderContext, spec: PrepareStackSpec): RenderedAction {
  const { parameters } = spec;
  const { environmentScope, crossEnv, actionRole } = context.environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  const createdRoleArn = crossEnv
    ? roleArn(crossEnv.account, crossEnv.cloudFormationRole)
    : environment!.cloudFormationRole.roleArn;
  const configuration: Record<string, string> = { RoleArn: spec.cloudFormationRole?.roleArn ?? createdRoleArn };
  if (Object.keys(parameters).length > 0) {
    configuration.ParameterOverrides = Stack.of(context.scope).toJsonString(parameters);
  }
  return { role: actionRole(environment?.actionRole), region: crossEnv?.region, configuration, environment };
}

/** Creates the roles of an environment with a stack: the action role, and the CloudFormation execution role. */
function renderResources(environmentScope: EnvironmentScope, spec: PrepareStackSpec) {
  const { stackName, publishesOutputs } = spec;
  const cloudFormationRole = spec.cloudFormationRole ?? renderCloudFormationRole(environmentScope, stackName);
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...changeSetArtifactStatements(environmentScope, publishesOutputs),
      ...deployStacksStatements([stackName], [cloudFormationRole.roleArn]),
    ],
  });
  return {
    environmentName: environmentScope.environment,
    actionRole,
    cloudFormationRole,
  } satisfies RenderedEnvironment;
}

function renderCloudFormationRole({ scope, names }: EnvironmentScope, stackName: string): iam.Role {
  return renderRole(scope, 'CloudFormationRole', {
    roleName: names?.cloudFormationRole,
    assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    description: `CloudFormation execution role of the stack ${stackName}`,
    policyName: 'Deployment',
    // The author of the template grants the permissions that it requires.
    statements: [],
  });
}

function referencedResources({ cloudFormationRole }: PrepareStackSpec): ReferencedResource[] {
  if (!cloudFormationRole) return [];
  return [{ prop: 'cloudFormationRole', resourceKind: RESOURCE.role, resource: cloudFormationRole }];
}

/** Allows an action role to read templates, and to write stack outputs if some are published. */
export function changeSetArtifactStatements({ store }: EnvironmentScope, publishesOutputs: boolean): Statement[] {
  const statements = artifactReadStatements(store);
  if (publishesOutputs) statements.push(...artifactWriteStatements(store));
  return statements;
}

/**
 * Allows an action role to create and execute change sets of stacks, and to read the events of a stack for the message
 * of a failure. The CloudFormation execution roles may be passed to CloudFormation only.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export function deployStacksStatements(
  stackNames: readonly string[],
  executionRoleArns: readonly unknown[],
): Statement[] {
  return [
    allow(
      [
        'cloudformation:CreateChangeSet',
        'cloudformation:DescribeChangeSet',
        'cloudformation:DeleteChangeSet',
        'cloudformation:ExecuteChangeSet',
        'cloudformation:DescribeStacks',
        'cloudformation:DescribeStackEvents',
        'cloudformation:DescribeStackResources',
        'cloudformation:GetTemplate',
      ],
      stackNames.map((stackName) => arnOf('cloudformation', `stack/${stackName}/*`)),
    ),
    allow(['cloudformation:ValidateTemplate'], ['*']), // no resource level
    allow(['iam:PassRole'], executionRoleArns, {
      StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    }),
  ];
}
