import { Aws, aws_iam as iam, aws_stepfunctions as stepfunctions, Stack } from 'aws-cdk-lib';
import type { MoverRenderer } from './render-deployer';
import { nativeMachine } from './render-native-machine';
import type { NativePlan } from './ecs-specs';
import { deployNativelyStatements, nativeServiceStatements } from '../../render/grants';
import { renderRole } from '../../render/role';

/** The name of the state machine of a service. */
const nameIn = ({ nameOf }: { nameOf: (...purpose: string[]) => string }, part: string) => nameOf(part, 'deploy');

const arnOf = (region: string, account: string, name: string) =>
  `arn:${Aws.PARTITION}:states:${region}:${account}:stateMachine:${name}`;

/**
 * A state machine beside the service, which waits for its deployment and costs next to nothing while it does. It keeps no log: Step Functions keeps
 * the history of each execution for 90 days.
 */
export const RENDER_NATIVE: MoverRenderer<NativePlan> = {
  renderRoom: (makeScope, environmentScope, { part, service }) => {
    const scope = makeScope();
    const { account, region } = Stack.of(scope);
    const stateMachineName = nameIn(environmentScope, part);
    const role = renderRole(scope, 'StateMachineRole', {
      description: `Releases a service of ${environmentScope.environment}, for the pipeline ${environmentScope.pipelineName}`,
      // https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: {
          ArnEquals: { 'aws:SourceArn': arnOf(region, account, stateMachineName) },
          StringEquals: { 'aws:SourceAccount': account },
        },
      }),
      policyName: 'Deploy',
      statements: nativeServiceStatements(service),
    });
    const machine = new stepfunctions.StateMachine(scope, 'StateMachine', {
      stateMachineName,
      role: role.withoutPolicyUpdates(),
      definitionBody: stepfunctions.DefinitionBody.fromString(
        Stack.of(scope).toJsonString(nativeMachine({ ...service, partition: Aws.PARTITION })),
      ),
    });
    return { statements: deployNativelyStatements(service.definition, machine.stateMachineArn, stateMachineName) };
  },

  configure: (sight, part) => {
    const { account, region } = sight.crossEnv ?? { account: Aws.ACCOUNT_ID, region: Aws.REGION };
    return { StateMachineArn: arnOf(region, account, nameIn(sight, part)) };
  },
};
