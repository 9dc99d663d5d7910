import { aws_ecr as ecr, aws_lambda as lambda, aws_stepfunctions as stepfunctions, type Stack } from 'aws-cdk-lib';
import { actionsOf, statementsOf, type ActionJson, type CfnTemplate } from './synth';

/** A function that a pipeline tests with. */
export const functionOf = (stack: Stack) => new lambda.Function(stack, 'Smoke', {
  runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
});

/** A state machine that a pipeline tests with. */
export const machineOf = (stack: Stack, stateMachineType = stepfunctions.StateMachineType.STANDARD) => new stepfunctions.StateMachine(stack, 'Machine', {
  definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Pass')), stateMachineType,
});

/** A repository whose images are scanned. */
export const repositoryOf = (stack: Stack) => new ecr.Repository(stack, 'Images');

/** Returns the action of that name. */
export const actionNamed = (template: CfnTemplate, name: string): ActionJson => actionsOf(template).find((action) => action.Name === name)!;

/** Returns the statements with actions of a service. */
export const grantsOf = (template: CfnTemplate, service: string) => statementsOf(template).map(({ statement }) => statement)
  .filter(({ Action }) => [Action].flat().some((one) => one.startsWith(`${service}:`)));
