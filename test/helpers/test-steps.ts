import { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions, type Stack } from 'aws-cdk-lib';
import { actionsOf, statementsOf, type ActionJson, type CfnTemplate } from './synth';

/** A function that a pipeline tests with. */
export function functionOf(stack: Stack) {
  return new lambda.Function(stack, 'Smoke', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {}'),
  });
}

/** A state machine that a pipeline tests with. */
export function machineOf(stack: Stack, stateMachineType = stepfunctions.StateMachineType.STANDARD) {
  return new stepfunctions.StateMachine(stack, 'Machine', {
    definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')),
    stateMachineType,
  });
}

/** A repository whose images are scanned. */
export function repositoryOf(stack: Stack) {
  return new ecr.Repository(stack, 'Images');
}

/** Returns the action of that name. */
export function actionNamed(template: CfnTemplate, name: string): ActionJson {
  return actionsOf(template).find((action) => action.Name === name)!;
}

/** Returns the statements with actions of a service. */
export function grantsOf(template: CfnTemplate, service: string) {
  return statementsOf(template)
    .map(({ statement }) => statement)
    .filter(({ Action }) => [Action].flat().some((one) => one.startsWith(`${service}:`)));
}
