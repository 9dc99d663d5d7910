import { type aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import type { RenderContext } from './rendered';

/** How an action or a rule names a function, and what it tells it. Parameters may hold tokens. */
export const functionCall = (
  { scope }: RenderContext,
  called: lambda.IFunction,
  parameters: Readonly<Record<string, string>>,
): Record<string, string> => ({
  FunctionName: called.functionName,
  ...(Object.keys(parameters).length > 0 && { UserParameters: Stack.of(scope).toJsonString(parameters) }),
});
