import { Aws, aws_iam as iam, aws_stepfunctions as stepfunctions, Stack } from 'aws-cdk-lib';
import { deploymentStateMachine } from './state-machine';
import type { EnvironmentContext } from '../../../render/environment-context';
import { deploymentScope } from '../../../render/environment-scope';
import { renderRole } from '../../../render/role';
import { startStateMachineStatements, stateMachineStatements } from '../grants';
import type { DeploymentRenderer, DeploymentResources, ServiceDeployment } from '../render-deployment';

/** Renders a state machine in the environment that deploys and waits for the end of the deployment. */
export const NATIVE_RENDERER: DeploymentRenderer<'native'> = {
  renderResources: renderStateMachine,
  configuration: (context, deploymentId) => {
    const { account, region } = context.crossEnv ?? { account: Aws.ACCOUNT_ID, region: Aws.REGION };
    return { StateMachineArn: stateMachineArn(region, account, stateMachineNameIn(context, deploymentId)) };
  },
  referencedResources: () => [],
  requiredNames: () => [],
};

/** Creates the state machine. It has no log, since Step Functions retains execution histories for 90 days. */
function renderStateMachine({ environmentScope, deploymentId, service }: ServiceDeployment): DeploymentResources {
  const scope = deploymentScope(environmentScope, deploymentId);
  const stack = Stack.of(scope);
  const stateMachineName = stateMachineNameIn(environmentScope, deploymentId);
  const { environment, pipelineName } = environmentScope;
  const role = renderRole(scope, 'StateMachineRole', {
    description: `Deploys a service to ${environment} for the pipeline ${pipelineName}`,
    // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy
    assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
      conditions: {
        ArnEquals: { 'aws:SourceArn': stateMachineArn(stack.region, stack.account, stateMachineName) },
        StringEquals: { 'aws:SourceAccount': stack.account },
      },
    }),
    policyName: 'Deploy',
    statements: stateMachineStatements(service),
  });
  const stateMachine = new stepfunctions.StateMachine(scope, 'StateMachine', {
    stateMachineName,
    role: role.withoutPolicyUpdates(),
    definitionBody: stepfunctions.DefinitionBody.fromString(
      stack.toJsonString(deploymentStateMachine({ ...service, partition: Aws.PARTITION })),
    ),
  });
  return { statements: startStateMachineStatements(service, stateMachine.stateMachineArn, stateMachineName) };
}

function stateMachineNameIn({ nameOf }: Pick<EnvironmentContext, 'nameOf'>, deploymentId: string): string {
  return nameOf(deploymentId, 'deploy');
}

function stateMachineArn(region: string, account: string, name: string): string {
  return `arn:${Aws.PARTITION}:states:${region}:${account}:stateMachine:${name}`;
}
