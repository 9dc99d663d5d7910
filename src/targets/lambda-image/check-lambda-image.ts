import { aws_lambda as lambda } from 'aws-cdk-lib';
import { checkDeploymentName } from '../check-deployment-name';
import type { LambdaImageOptions } from './lambda-image-options';
import { DEFAULT_ALIAS } from './plan-lambda-image';
import { LAMBDA_ALIAS } from '../../aws/limits';
import { checkGiven, checkName, problem, type Problem } from '../../pipeline/problems';

/** Without a function, nothing can be planned. */
export const checkLambdaGiven = (prop: string, target: lambda.IFunction | undefined): Problem[] =>
  checkGiven(
    `${prop}.function`,
    'a function',
    target,
    "pass one of this app, or look it up: lambda.Function.fromFunctionArn(this, 'Function', 'arn:…')",
  );

/** What is wrong with the release of an image to a function. */
export const checkLambdaImage = (
  prop: string,
  target: lambda.IFunction,
  { deploymentName, alias = DEFAULT_ALIAS }: LambdaImageOptions,
): Problem[] => [
  ...checkDeploymentName(prop, deploymentName),
  ...checkName(`${prop}.alias`, alias, LAMBDA_ALIAS, 'use the name that the alias has'),
  ...checkFunction(`${prop}.function`, target),
];

function checkFunction(prop: string, target: lambda.IFunction): Problem[] {
  if (
    target instanceof lambda.Alias ||
    target instanceof lambda.Version ||
    /:function:[^:]+:[^:]+$/.test(target.functionArn)
  ) {
    return [
      problem(
        prop,
        'be a function as such',
        'a version or an alias of it',
        "pass the function, and name the alias in 'alias'",
      ),
    ];
  }
  const made = target instanceof lambda.Function ? (target.node.defaultChild as lambda.CfnFunction) : undefined;
  return made === undefined || made.packageType === 'Image'
    ? []
    : [
        problem(
          prop,
          'be made of an image',
          `${target.node.path}, which is made of a zip file`,
          'a function cannot change from one to the other; make it a lambda.DockerImageFunction',
        ),
      ];
}
