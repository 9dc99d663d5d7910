import { aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentNames } from './environment-scope';
import { allow, arnOf, type Statement } from './grants';

/**
 * Renders parameters with values that only the stack of an environment has, for a pipeline in another account or
 * Region.
 *
 * @returns names of the parameters
 */
export function publishParameters(
  scope: Construct,
  names: EnvironmentNames,
  values: Readonly<Record<string, string>>,
): string[] {
  const outputs = new Construct(scope, 'Outputs');
  return Object.entries(values).map(([key, stringValue]) => {
    const parameterName = names.parameter(key);
    new ssm.StringParameter(outputs, key, {
      parameterName,
      stringValue,
      description: `${key} of the environment ${scope.node.id}`,
    });
    return parameterName;
  });
}

/** Returns the names of parameters by key. */
export function parametersOf({ parameter }: EnvironmentNames, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, parameter(key)]));
}

/** Allows reading parameters. */
export function readParameterStatements(names: readonly string[]): Statement[] {
  if (names.length === 0) return [];
  const arns = names.map((name) => arnOf('ssm', `parameter${name}`));
  return [allow(['ssm:GetParameter'], arns)];
}

/** Returns commands that read each parameter into an environment variable. Values never become part of a command. */
export function lookUpCommands(parameters: Readonly<Record<string, string>>): string[] {
  return Object.entries(parameters).map(
    ([key, name]) => `${key}=${valueOf(name)} && export ${key} || ${failWithout(name, 'false')}`,
  );
}

/** Returns lines of a script that read each parameter into a variable. Values never become part of a command. */
export function lookUpLines(parameters: Readonly<Record<string, string>>): string[] {
  return Object.entries(parameters).map(([key, name]) => `${key}=${valueOf(name)} || ${failWithout(name, 'exit 1')}`);
}

function valueOf(parameter: string): string {
  return `"$(aws ssm get-parameter --name ${parameter} --query Parameter.Value --output text)"`;
}

function failWithout(parameter: string, end: string): string {
  const message = `Cannot read the SSM parameter ${parameter}, which the stack of the environment should have created`;
  return `{ echo "${message}" >&2; ${end}; }`;
}
