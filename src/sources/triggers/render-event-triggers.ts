import { Aws, type aws_codepipeline as codepipeline, aws_events as events, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { PipelineIdentity } from '../../render/cross-account-names';
import { renderForwarding } from './render-event-forwarding';
import { allow } from '../../render/grants';
import { digest } from '../../render/names';
import type { RenderedAction } from '../../render/rendered';
import { renderRole } from '../../render/role';
import type { CrossAccountSource } from '../../render/cross-account-source';
import type { PipelinePlan } from '../../pipeline/pipeline-plan';
import type { EventTriggerPlan } from '../../pipeline/trigger-plan';

type Rendered = ReadonlyMap<string, RenderedAction>;

interface StartsContext {
  readonly rendered: Rendered;
  /** Sources in other accounts. */
  readonly sources: ReadonlyMap<string, CrossAccountSource>;
  readonly identity: PipelineIdentity;
}

/** What a rule waits for, and what it tells the pipeline. */
type RuleProps = Pick<events.CfnRuleProps, 'description' | 'eventPattern' | 'scheduleExpression'> &
  Partial<events.CfnRule.TargetProperty>;

/**
 * The rules of EventBridge that start the pipeline: one for each source that changes, each time and each other pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-overrides.html
 */
export function renderEventTriggers(
  scope: Construct,
  { eventTriggers }: PipelinePlan,
  pipeline: codepipeline.Pipeline,
  { rendered, sources, identity }: StartsContext,
): void {
  if (eventTriggers.length === 0) return;
  const away = eventTriggers.flatMap((start) =>
    start.kind === 'source-change' ? (sources.get(start.source) ?? []) : [],
  );
  const eventBusName = renderForwarding(
    scope,
    identity,
    away.map((source) => ({ source, pattern: rendered.get(source.name)!.change!.pattern })),
  );
  const starts = new Construct(scope, 'Starts');
  const role = renderRole(starts, 'Role', {
    assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    description: 'Starts the pipeline when an event says so',
    policyName: 'Start',
    statements: [allow(['codepipeline:StartPipelineExecution'], [pipeline.pipelineArn])],
  });
  for (const start of eventTriggers) {
    const { description, eventPattern, scheduleExpression, ...target } = rulePropsOf(start, rendered);
    new events.CfnRule(starts, idOf(start), {
      description,
      eventPattern,
      scheduleExpression,
      ...(start.kind === 'source-change' && sources.has(start.source) && { eventBusName }),
      targets: [{ id: 'Pipeline', arn: pipeline.pipelineArn, roleArn: role.roleArn, ...target }],
    });
  }
}

/** Rules are named by what they wait for, so that adding one changes no other; by a digest, too, where letters alone do not tell all apart. */
function idOf(start: EventTriggerPlan): string {
  switch (start.kind) {
    case 'source-change':
      return `Change-${start.source}`;
    case 'schedule':
      return digested('Schedule', start.expression);
    case 'pipeline':
      return digested('After', start.key);
  }
}

const digested = (kind: string, text: string) => `${kind}-${text.replace(/[^A-Za-z0-9]+/g, '-')}-${digest(text)}`;

function rulePropsOf(start: EventTriggerPlan, rendered: Rendered): RuleProps {
  switch (start.kind) {
    case 'source-change': {
      const { pattern, revisionType, revisionPath } = rendered.get(start.source)!.change!;
      return {
        description: `Starts the pipeline when ${start.source} changes`,
        eventPattern: pattern,
        // Pinned, because a run would otherwise take what is newest when its source action starts.
        inputTransformer: {
          inputPathsMap: { revision: revisionPath },
          inputTemplate: JSON.stringify({
            sourceRevisions: [{ actionName: start.source, revisionType, revisionValue: '<revision>' }],
          }),
        },
      };
    }
    case 'schedule':
      return { description: 'Starts the pipeline at its times', scheduleExpression: start.expression };
    case 'pipeline':
      return {
        description: 'Starts the pipeline when another one has succeeded',
        eventPattern: {
          source: ['aws.codepipeline'],
          'detail-type': ['CodePipeline Pipeline Execution State Change'],
          detail: { pipeline: [start.name], state: ['SUCCEEDED'] },
        },
      };
  }
}
