import { Aws, type aws_codepipeline as codepipeline, aws_events as events, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allow } from './grants';
import type { RenderedAction } from './rendered';
import { renderRole } from './role';
import type { PipelinePlan } from '../plan/pipeline-plan';

/** The rules of EventBridge that start the pipeline: one for each source that changes, each time and each other pipeline. */
export function renderStartRules(scope: Construct, plan: PipelinePlan, pipeline: codepipeline.Pipeline, rendered: ReadonlyMap<string, RenderedAction>) {
  if (plan.startRules.length === 0) return;
  const starts = new Construct(scope, 'Starts');
  const role = renderRole(starts, 'Role', {
    assumedBy: new iam.ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
    description: 'Starts the pipeline when an event says so',
    policyName: 'Start',
    statements: [allow(['codepipeline:StartPipelineExecution'], [pipeline.pipelineArn])],
  });
  const target = { id: 'Pipeline', arn: pipeline.pipelineArn, roleArn: role.roleArn };

  for (const start of plan.startRules) {
    switch (start.kind) {
      case 'source-change': {
        const { pattern, revisionType, revisionPath } = rendered.get(start.source)!.change!;
        // Pinned, because a run would otherwise take what is newest when its source action starts.
        const revision = `{"actionName":"${start.source}","revisionType":"${revisionType}","revisionValue":<revision>}`;
        new events.CfnRule(starts, start.source, {
          description: `Starts the pipeline when ${start.source} changes`,
          eventPattern: pattern,
          targets: [{ ...target, inputTransformer: { inputPathsMap: { revision: revisionPath }, inputTemplate: `{"sourceRevisions":[${revision}]}` } }],
        });
        break;
      }
      case 'schedule':
        new events.CfnRule(starts, idOf('Schedule', start.expression), {
          description: 'Starts the pipeline at its times', scheduleExpression: start.expression, targets: [target],
        });
        break;
      case 'pipeline':
        new events.CfnRule(starts, idOf('After', start.pipeline.node.path), {
          description: 'Starts the pipeline when another one has succeeded',
          eventPattern: {
            'source': ['aws.codepipeline'],
            'detail-type': ['CodePipeline Pipeline Execution State Change'],
            'detail': { pipeline: [start.pipeline.pipelineName], state: ['SUCCEEDED'] },
          },
          targets: [target],
        });
    }
  }
}

/** Rules are named by what they wait for, so that adding one changes no other. */
const idOf = (kind: string, matter: string) => `${kind}-${matter.replace(/[^A-Za-z0-9]+/g, '-')}`;
