import type { ModelResource } from '../../assembly/scope';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { PipelineModel } from '../pipeline';
import type { Call } from './call';
import { assumedBy } from './pass-role';
import type { IamModel } from '../model/iam-model';

const TARGETS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html';
const BUSES = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html';

/**
 * Returns the calls of EventBridge rules that start a pipeline, including rules of other accounts that forward events.
 */
export function triggerCalls(pipeline: PipelineModel, { model }: IamModel): Call[] {
  const rules = model.resources('AWS::Events::Rule');
  const starting = rules.flatMap((rule) =>
    targetsOf(rule)
      .filter(({ arn }) => arn === pipeline.arn)
      .map(({ role }) => ({ rule, role })),
  );
  const buses = new Set(starting.map(({ rule }) => busOf(rule)));
  return [
    ...starting.flatMap(({ rule, role }) => startCalls(rule, role, pipeline.arn)),
    ...rules
      .filter((rule) => !buses.has(busOf(rule)))
      .flatMap((rule) =>
        targetsOf(rule)
          .filter(({ arn }) => buses.has(arn))
          .flatMap(({ arn, role }) => forwardCalls(rule, role, arn)),
      ),
  ];
}

/**
 * Returns the calls that start the pipeline. A rule without a role cannot start it, which the check does not report.
 */
function startCalls(rule: ModelResource, role: string, pipelineArn: string): Call[] {
  if (role === '') return [];
  return [
    assumeCall(rule, role, TARGETS),
    {
      step: 'work',
      caller: { role },
      call: 'codepipeline:StartPipelineExecution',
      resource: pipelineArn,
      basis: 'documented',
      source: TARGETS,
      from: rule.stack,
    },
  ];
}

/** Returns the calls that forward events. If a rule has no role, the policy of the bus must allow its account. */
function forwardCalls(rule: ModelResource, role: string, bus: string): Call[] {
  const forward = {
    step: 'work',
    call: 'events:PutEvents',
    resource: bus,
    basis: 'documented',
    source: BUSES,
    from: rule.stack,
  } as const;
  if (role === '') return [{ ...forward, caller: { account: rule.stack.account } }];
  return [assumeCall(rule, role, BUSES), { ...forward, caller: { role } }];
}

function assumeCall(rule: ModelResource, role: string, source: string): Call {
  return assumedBy('events.amazonaws.com', role, rule.stack, { source, context: { 'aws:sourcearn': [rule.arn!] } });
}

function targetsOf({ properties: { Targets } }: ModelResource) {
  return listOf(Targets)
    .map(objectOf)
    .map(({ Arn, RoleArn }) => ({ arn: textOf(Arn), role: textOf(RoleArn) }));
}

function busOf({ properties, stack }: ModelResource) {
  const bus = textOf(properties.EventBusName) || 'default';
  if (bus.startsWith('arn:')) return bus;
  return `arn:${stack.partition}:events:${stack.region}:${stack.account}:event-bus/${bus}`;
}
