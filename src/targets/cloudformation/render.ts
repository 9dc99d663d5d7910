import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { ExecuteStackSpec, PrepareStackSpec } from './spec';
import type { ActionKind, ReferencedResource, TargetKind } from '../../render/action-kind';
import { roleArn } from '../../render/cross-account-names';
import { type EnvironmentScope, renderDeployRole } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, allow, arnOf, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { renderRole } from '../../render/role';

/** The change set of a stack. */
export const PREPARE_STACK: TargetKind<PrepareStackSpec> = {
  kind: 'prepare-stack',
  render: renderPrepareStack,
  renderResources,
  referencedResources,
  requiredNames: () => [],
  validateEnvironment: () => {},
};

/** Its execution: under the same role. The stack knows its CloudFormation execution role. */
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
  return {
    role: actionRole(environment?.actionRole),
    region: crossEnv?.region,
    configuration: {
      RoleArn: spec.cloudFormationRole?.roleArn ?? createdRoleArn,
      ...(Object.keys(parameters).length > 0 && {
        ParameterOverrides: Stack.of(context.scope).toJsonString(parameters),
      }),
    },
    environment,
  };
}

/** Creates the roles of an environment with a stack: the action role, and the CloudFormation execution role. */
function renderResources(environmentScope: EnvironmentScope, spec: PrepareStackSpec) {
  const { stackName, publishesOutputs } = spec;
  const cloudFormationRole = spec.cloudFormationRole ?? renderCloudFormationRole(environmentScope, stackName);
  const actionRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...(publishesOutputs ? artifactWriteStatements(environmentScope.store) : []),
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
  return renderRole(scope, 'DeploymentRole', {
    roleName: names?.cloudFormationRole,
    assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    description: `CloudFormation makes the resources of the stack ${stackName} with it`,
    policyName: 'Deployment',
    // Only the author of the template knows what it needs.
    statements: [],
  });
}

function referencedResources({ cloudFormationRole }: PrepareStackSpec): ReferencedResource[] {
  return cloudFormationRole ? [{ prop: 'cloudFormationRole', what: 'a role', resource: cloudFormationRole }] : [];
}

/**
 * For the role under which change sets of stacks are made and executed. Events of a stack are read for the message of a
 * failure. The CloudFormation execution roles are passed to CloudFormation and to no other service.
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
