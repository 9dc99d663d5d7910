import { aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { EnvironmentNames } from './environment-scope';
import { allow, arnOf, type Statement } from './grants';

/**
 * Writes down what only the stack of an environment knows, for the pipeline that is in another account or Region.
 *
 * @returns the names of the parameters
 */
export function publishParameters(
  scope: Construct,
  names: EnvironmentNames,
  values: Readonly<Record<string, string>>,
): string[] {
  const outputs = new Construct(scope, 'Told');
  return Object.entries(values).map(([key, stringValue]) => {
    const parameterName = names.parameter(key);
    new ssm.StringParameter(outputs, key, {
      parameterName,
      stringValue,
      description: `${key} of ${scope.node.id}, for its pipeline`,
    });
    return parameterName;
  });
}

/** The names of the parameters, by what they hold. */
export function parametersOf({ parameter }: EnvironmentNames, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, parameter(key)]));
}

export function readParameterStatements(names: readonly string[]): Statement[] {
  return names.length === 0
    ? []
    : [
        allow(
          ['ssm:GetParameter'],
          names.map((name) => arnOf('ssm', `parameter${name}`)),
        ),
      ];
}

/** Puts each parameter into an environment variable. What it holds never becomes part of a command. */
export function lookUpCommands(parameters: Readonly<Record<string, string>>): string[] {
  return Object.entries(parameters).map(
    ([key, name]) =>
      `${key}="$(aws ssm get-parameter --name ${name} --query Parameter.Value --output text)" && export ${key} ` +
      `|| { echo "The parameter ${name} cannot be read, in which the stack of the environment says what it has ` +
      'made" >&2; false; }',
  );
}
