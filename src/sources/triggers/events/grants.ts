import { allow, type Statement } from '../../../render/grants';

/** Allows the role of a rule to start the pipeline. */
export function startPipelineStatements(pipelineArn: string): Statement[] {
  return [allow(['codepipeline:StartPipelineExecution'], [pipelineArn])];
}

/**
 * Allows sending events to a bus: to the role of a rule, and in the policy of the bus to the roles that a condition
 * names.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function sendEventsStatements(eventBusArn: string, condition?: unknown): Statement[] {
  return [allow(['events:PutEvents'], [eventBusArn], condition)];
}
