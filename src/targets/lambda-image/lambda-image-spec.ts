import type { aws_lambda as lambda } from 'aws-cdk-lib';
import type { Architecture } from '../../aws/builds';

/** A function gets the image that is released. */
export interface DeployLambdaImagePlan {
  readonly kind: 'deploy-lambda-image';
  readonly environment: string;
  readonly function: lambda.IFunction;
  /** That which it was given, else a token. */
  readonly functionName: string;
  readonly alias: string;
  /** What it runs on; unknown of a function that was looked up. */
  readonly architecture?: Architecture;
  /** What of another account the image is read from: name and account. */
  readonly repository?: { readonly name: string; readonly account: string };
}
