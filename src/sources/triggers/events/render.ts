import { Aws, type aws_codepipeline as codepipeline, aws_events as events, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { startPipelineStatements } from './grants';
import { renderForwarding } from './render-forwarding';
import { compact } from '../../../common/compact';
import type { PipelinePlan, EventTriggerPlan } from '../../../pipeline/pipeline-plan';
import type { PipelineIdentity } from '../../../render/cross-account-names';
import type { CrossAccountSource } from '../../../render/environment-context';
import { digest } from '../../../render/names';
import type { RenderedAction, SourceChange } from '../../../render/rendered';
import { renderRole } from '../../../render/role';

interface EventTriggersContext {
  readonly rendered: ReadonlyMap<string, RenderedAction>;
  /** Sources in other accounts. */
  readonly sources: ReadonlyMap<string, CrossAccountSource>;
  readonly identity: PipelineIdentity;
}

/**
 * Creates the EventBridge rules that start the pipeline: one for each source that changes, each schedule and each other
 * pipeline.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-overrides.html
 */
export function renderEventTriggers(
  scope: Construct,
  { eventTriggers }: PipelinePlan,
  pipeline: codepipeline.Pipeline,
  { rendered, sources, identity }: EventTriggersContext,
): void {
  if (eventTriggers.length === 0) return;
  const crossAccount = compact(
    eventTriggers.map((trigger) => trigger.kind === 'source-change' && sources.get(trigger.source)),
  );
  const eventBusName = renderForwarding(
    scope,
    identity,
    crossAccount.map((source) => ({ source, pattern: changeOf(source.name, rendered).pattern })),
  );
  const triggers = new Construct(scope, 'Triggers');
  const role = renderRole(triggers, 'Role', {
    assumedBy: new iam.ServicePrincipal('events.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    description: 'Allows EventBridge rules to start the pipeline',
    policyName: 'Start',
    statements: startPipelineStatements(pipeline.pipelineArn),
  });
  for (const trigger of eventTriggers) {
    const { id, description, eventPattern, scheduleExpression, inputTransformer } = ruleOf(trigger, rendered);
    const isForwarded = trigger.kind === 'source-change' && sources.has(trigger.source);
    new events.CfnRule(triggers, id, {
      description,
      eventPattern,
      scheduleExpression,
      eventBusName: isForwarded ? eventBusName : undefined,
      targets: [{ id: 'Pipeline', arn: pipeline.pipelineArn, roleArn: role.roleArn, inputTransformer }],
    });
  }
}

/** Describes a rule, and the input that it passes to the pipeline. */
interface Rule extends Pick<events.CfnRuleProps, 'description' | 'eventPattern' | 'scheduleExpression'> {
  /**
   * Construct id of the rule. It is derived from what the rule matches, so that adding a rule does not change the
   * others. It contains a digest where the readable part alone is ambiguous.
   */
  readonly id: string;
  readonly inputTransformer?: events.CfnRule.InputTransformerProperty;
}

function ruleOf(trigger: EventTriggerPlan, rendered: ReadonlyMap<string, RenderedAction>): Rule {
  switch (trigger.kind) {
    case 'source-change':
      return changeRule(trigger.source, changeOf(trigger.source, rendered));
    case 'schedule':
      return {
        id: digestedId('Schedule', trigger.expression),
        description: 'Starts the pipeline on a schedule',
        scheduleExpression: trigger.expression,
      };
    case 'pipeline':
      return {
        id: digestedId('After', trigger.key),
        description: 'Starts the pipeline when another pipeline succeeds',
        eventPattern: {
          source: ['aws.codepipeline'],
          'detail-type': ['CodePipeline Pipeline Execution State Change'],
          detail: { pipeline: [trigger.name], state: ['SUCCEEDED'] },
        },
      };
  }
}

function changeRule(source: string, { pattern, revisionType, revisionPath }: SourceChange): Rule {
  const revision = { actionName: source, revisionType, revisionValue: '<revision>' };
  return {
    id: `Change-${source}`,
    description: `Starts the pipeline when ${source} changes`,
    eventPattern: pattern,
    // Pins the revision: otherwise, an execution reads the latest revision at the time when its source action starts.
    inputTransformer: {
      inputPathsMap: { revision: revisionPath },
      inputTemplate: JSON.stringify({ sourceRevisions: [revision] }),
    },
  };
}

function changeOf(source: string, rendered: ReadonlyMap<string, RenderedAction>): SourceChange {
  return rendered.get(source)!.change!;
}

function digestedId(kind: string, text: string): string {
  return `${kind}-${text.replace(/[^A-Za-z0-9]+/g, '-')}-${digest(text)}`;
}
