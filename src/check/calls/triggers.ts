import type { ModelResource } from '../../assembly/scope';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { PipelineModel } from '../pipeline';
import type { Call } from './call';
import { assumedBy } from './pass-role';
import type { IamModel } from '../model/iam-model';

const TARGETS = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html';
const BUSES = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html';

/** What starts a pipeline: rules of EventBridge, those of other accounts that send on their events included. */
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

/** Without a role EventBridge cannot start it, which is a mistake of another kind. */
function startCalls(rule: ModelResource, role: string, pipelineArn: string): Call[] {
  return role === ''
    ? []
    : [
        assumedBy('events.amazonaws.com', role, rule.stack, {
          source: TARGETS,
          context: { 'aws:sourcearn': [rule.arn!] },
        }),
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

/** Without a role the account of the rule sends, and the policy of the bus decides. */
function forwardCalls(rule: ModelResource, role: string, bus: string): Call[] {
  return [
    ...(role === ''
      ? []
      : [
          assumedBy('events.amazonaws.com', role, rule.stack, {
            source: BUSES,
            context: { 'aws:sourcearn': [rule.arn!] },
          }),
        ]),
    {
      step: 'work',
      caller: role === '' ? { account: rule.stack.account } : { role },
      call: 'events:PutEvents',
      resource: bus,
      basis: 'documented',
      source: BUSES,
      from: rule.stack,
    },
  ];
}

function targetsOf({ properties: { Targets } }: ModelResource) {
  return listOf(Targets)
    .map(objectOf)
    .map(({ Arn, RoleArn }) => ({ arn: textOf(Arn), role: textOf(RoleArn) }));
}

function busOf({ properties, stack }: ModelResource) {
  const bus = textOf(properties.EventBusName) || 'default';
  return bus.startsWith('arn:')
    ? bus
    : `arn:${stack.partition}:events:${stack.region}:${stack.account}:event-bus/${bus}`;
}
