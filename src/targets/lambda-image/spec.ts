import type { aws_lambda as lambda } from 'aws-cdk-lib';
import type { Architecture } from '../../aws/builds';
import type { ActionSpec } from '../../pipeline/action-spec';

/** Deploys the image that is released to a function. */
export interface DeployLambdaImageSpec extends ActionSpec {
  readonly kind: 'deploy-lambda-image';
  readonly environment: string;
  readonly function: lambda.IFunction;
  /** Explicit name, or a token. */
  readonly functionName: string;
  readonly alias: string;
  /** Architecture of the function; unknown of an imported one. */
  readonly architecture?: Architecture;
  /** Repository of another account that the image is read from. */
  readonly repository?: { readonly name: string; readonly account: string };
}
