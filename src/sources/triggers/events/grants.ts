import { allow, type Statement } from '../../../render/grants';

/** Allows the role of a rule to start the pipeline. */
export function startPipelineStatements(pipelineArn: string): Statement[] {
  return [allow(['codepipeline:StartPipelineExecution'], [pipelineArn])];
}

/**
 * Allows sending events to an event bus: either in the role of a rule, or in the policy of the bus for the roles that
 * the condition matches.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export function sendEventsStatements(eventBusArn: string, condition?: unknown): Statement[] {
  return [allow(['events:PutEvents'], [eventBusArn], condition)];
}
