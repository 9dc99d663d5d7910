import type { LambdaPlan } from '../../plan/test-plan';
import { invokeStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** A function that reports its result to the pipeline. Its own role must be allowed to, which a function of the app is. */
export const renderLambda: ActionRenderer<LambdaPlan> = (_context, work) => ({
  configuration: { FunctionName: work.function.functionName },
  pipelineStatements: invokeStatements(work.function.functionArn),
});
