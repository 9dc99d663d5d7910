import { aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentNames } from './room';
import { allow, arnOf, type Statement } from '../grants';

/**
 * Writes down what only the stack of an environment knows, for the pipeline that is elsewhere.
 *
 * @returns names of the parameters, by what they hold
 */
export function tellParameters(scope: Construct, { parameter }: EnvironmentNames, values: Readonly<Record<string, string>>): Record<string, string> {
  const told = new Construct(scope, 'Told');
  return Object.fromEntries(Object.entries(values).map(([key, stringValue]) => {
    const parameterName = parameter(key);
    new ssm.StringParameter(told, key, { parameterName, stringValue, description: `${key} of ${scope.node.id}, for its pipeline` });
    return [key, parameterName];
  }));
}

export const readParameterStatements = (names: readonly string[]): Statement[] =>
  names.length === 0 ? [] : [allow(['ssm:GetParameter'], names.map((name) => arnOf('ssm', `parameter${name}`)))];

/** Puts each parameter into an environment variable. What it holds never becomes part of a command. */
export const lookUpCommands = (parameters: Readonly<Record<string, string>>): string[] => Object.entries(parameters).map(([key, name]) =>
  `${key}="$(aws ssm get-parameter --name ${name} --query Parameter.Value --output text)" && export ${key}`);
