import type { AssemblyStack } from '../assembly/cloud-assembly';
import type { Resource, Template } from '../assembly/template';
import { cronFaults } from '../aws/deployment-window';
import { describeWindow } from '../aws/describe-window';

/** What a pipeline does, as read from its template. */
export interface PipelineOutline {
  readonly stack: string;
  readonly name: string;
  readonly type: string;
  readonly executionMode: string;
  readonly stages: readonly StageOutline[];
  readonly roles: readonly RoleOutline[];
}

export interface StageOutline {
  readonly name: string;
  /** What decides besides the actions: conditions, and what happens on failure. */
  readonly gates: readonly string[];
  /** The most actions that run at the same time. */
  readonly parallel: number;
  /** In run order. */
  readonly actions: readonly ActionOutline[];
}

export interface ActionOutline {
  readonly name: string;
  readonly runOrder: number;
  readonly type: string;
  /** Logical id of the role that it runs under. */
  readonly role: string;
  readonly details: readonly string[];
}

export interface RoleOutline {
  readonly logicalId: string;
  readonly description: string;
  /** Number of actions that it allows, by service. */
  readonly allows: Readonly<Record<string, number>>;
}

// The parts of AWS::CodePipeline::Pipeline that are read here.
interface PipelineProperties {
  readonly Name?: unknown;
  readonly PipelineType?: string;
  readonly ExecutionMode?: string;
  readonly RoleArn?: unknown;
  readonly Stages: readonly StageProperties[];
}
interface StageProperties {
  readonly Name: string;
  readonly Actions: readonly ActionProperties[];
  readonly BeforeEntry?: { readonly Conditions: readonly ConditionProperties[] };
  readonly OnSuccess?: { readonly Conditions: readonly ConditionProperties[] };
  readonly OnFailure?: {
    readonly Result?: string;
    readonly RetryConfiguration?: { readonly RetryMode?: string };
    readonly Conditions?: readonly ConditionProperties[];
  };
}
interface ConditionProperties {
  readonly Result?: string;
  readonly Rules: readonly RuleProperties[];
}
interface RuleProperties {
  readonly Name: string;
  readonly RuleTypeId?: { readonly Provider: string };
  readonly Configuration?: Readonly<Record<string, unknown>>;
  readonly RoleArn?: unknown;
}
interface ActionProperties {
  readonly Name: string;
  readonly RunOrder?: number;
  readonly ActionTypeId: { readonly Category: string; readonly Provider: string };
  readonly Configuration?: Readonly<Record<string, unknown>>;
  readonly RoleArn?: unknown;
  readonly Region?: unknown;
  readonly TimeoutInMinutes?: number;
}
interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
}
interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

/** Outlines of all pipelines of a stack. */
export function outlinePipelines(stack: AssemblyStack): PipelineOutline[] {
  return resourcesOf(stack.template, 'AWS::CodePipeline::Pipeline').map(([logicalId, { Properties }]) => {
    const pipeline = Properties as unknown as PipelineProperties;
    const ownRole = referenceOf(pipeline.RoleArn);
    const stages = pipeline.Stages.map((stage) => outlineStage(stage, ownRole));
    const callers = pipeline.Stages.flatMap((stage) => [...stage.Actions, ...rulesOf(stage)]);
    const roleIds = new Set([ownRole, ...callers.flatMap((one) => rolesOf(stack.template, one))]);
    return {
      stack: stack.displayName,
      name: textOf(pipeline.Name ?? logicalId),
      type: pipeline.PipelineType ?? 'V1',
      executionMode: pipeline.ExecutionMode ?? 'SUPERSEDED',
      stages,
      roles: [...roleIds].map((id) => outlineRole(stack.template, id)),
    };
  });
}

function outlineStage(stage: StageProperties, ownRole: string): StageOutline {
  function conditions(when: string, list: readonly ConditionProperties[] = []) {
    return list.map(
      ({ Rules, Result }) => `${when}: ${Rules.map(ruleWords).join(' and ')}${Result ? `, otherwise ${Result}` : ''}`,
    );
  }

  const { Result: onFailure, RetryConfiguration: retry } = stage.OnFailure ?? {};
  const actions = stage.Actions.map((action) => outlineAction(action, ownRole)).sort((a, b) => a.runOrder - b.runOrder);
  return {
    name: stage.Name,
    gates: [
      ...conditions('before entry', stage.BeforeEntry?.Conditions),
      ...conditions('on success', stage.OnSuccess?.Conditions),
      ...(onFailure ? [`on failure: ${[onFailure, ...(retry?.RetryMode ? [retry.RetryMode] : [])].join(' ')}`] : []),
      ...conditions('on failure', stage.OnFailure?.Conditions),
    ],
    parallel: Math.max(
      0,
      ...actions.map(({ runOrder }) => actions.filter((other) => other.runOrder === runOrder).length),
    ),
    actions,
  };
}

/** A rule, with what a reader wants to know of it. */
function ruleWords({ Name, RuleTypeId, Configuration = {} }: RuleProperties): string {
  function say(key: string) {
    return textOf(Configuration[key]);
  }

  switch (RuleTypeId?.Provider) {
    case 'DeploymentWindow': {
      const [cron, zone] = [say('Cron'), 'TimeZone' in Configuration ? say('TimeZone') : 'UTC'];
      // Whoever wrote it may have written what is no window.
      return `${Name} (${cronFaults(cron).length === 0 ? describeWindow(cron, zone) : `${cron}, ${zone}`})`;
    }
    case 'VariableCheck':
      return `${Name} (${say('Variable')} ${say('Operator')} '${say('Value')}')`;
    case 'CloudWatchAlarm':
      return `${Name} (${say('AlarmName')}${'WaitTime' in Configuration ? `, ${say('WaitTime')} minutes` : ''})`;
    default:
      return Name;
  }
}

/** Configuration values that tell a reader most about an action. */
const TELLING = ['FullRepositoryId', 'BranchName', 'ProjectName', 'CustomData'];

function outlineAction(action: ActionProperties, ownRole: string): ActionOutline {
  const { Category, Provider } = action.ActionTypeId;
  const configuration = action.Configuration ?? {};
  return {
    name: action.Name,
    runOrder: action.RunOrder ?? 1,
    type: `${Category} by ${Provider}`,
    role: action.RoleArn === undefined ? ownRole : referenceOf(action.RoleArn),
    details: [
      ...(action.Region === undefined ? [] : [`in ${textOf(action.Region)}`]),
      ...TELLING.filter((key) => key in configuration).map((key) => `${key}: ${textOf(configuration[key])}`),
      ...(action.TimeoutInMinutes === undefined ? [] : [`waits at most ${action.TimeoutInMinutes} minutes`]),
    ],
  };
}

/** The rules of all conditions of a stage. */
function rulesOf({ BeforeEntry, OnSuccess, OnFailure }: StageProperties): RuleProperties[] {
  return [BeforeEntry, OnSuccess, OnFailure].flatMap((place) => place?.Conditions ?? []).flatMap(({ Rules }) => Rules);
}

/** The role of an action or a rule, and that of the project which it builds. */
function rolesOf(template: Template, action: Pick<ActionProperties, 'RoleArn' | 'Configuration'>): string[] {
  const project = template.Resources?.[referenceOf(action.Configuration?.ProjectName)]?.Properties;
  return [action.RoleArn, project?.ServiceRole].filter((role) => role !== undefined).map(referenceOf);
}

function outlineRole(template: Template, logicalId: string): RoleOutline {
  const resource = template.Resources?.[logicalId];
  if (resource === undefined) return { logicalId, description: 'in another stack', allows: {} };
  const role = resource.Properties ?? {};
  const inline = (role.Policies ?? []) as ReadonlyArray<{ PolicyDocument: PolicyDocument }>;
  const attached = resourcesOf(template, 'AWS::IAM::Policy')
    .map(
      ([, { Properties }]) => Properties as unknown as { Roles?: readonly unknown[]; PolicyDocument: PolicyDocument },
    )
    .filter(({ Roles = [] }) => Roles.some((one) => referenceOf(one) === logicalId));
  const allows: Record<string, number> = {};
  for (const { PolicyDocument } of [...inline, ...attached]) {
    for (const { Effect, Action = [] } of PolicyDocument.Statement) {
      for (const action of Effect === 'Allow' ? [Action].flat() : []) {
        const service = action.split(':')[0];
        allows[service] = (allows[service] ?? 0) + 1;
      }
    }
  }
  return { logicalId, description: textOf(role.Description ?? ''), allows };
}

function resourcesOf(template: Template, type: string): Array<[string, Resource]> {
  return Object.entries(template.Resources ?? {}).filter(([, resource]) => resource.Type === type);
}

/** The logical id that a Ref or GetAtt points at, or the value itself as text. */
function referenceOf(value: unknown): string {
  const { Ref, 'Fn::GetAtt': getAtt } = Object(value) as { Ref?: string; 'Fn::GetAtt'?: string | readonly string[] };
  return Ref ?? (getAtt === undefined ? arnWords(value) : [getAtt].flat()[0].split('.')[0]);
}

/** A role of another stack, by its name and account; another value as text. */
function arnWords(value: unknown): string {
  const { 'Fn::Join': join } = Object(value) as { 'Fn::Join'?: readonly [string, readonly unknown[]] };
  const text =
    join === undefined ? textOf(value) : join[1].map((part) => (typeof part === 'string' ? part : '*')).join(join[0]);
  const [, account, name] = /:iam::(\d{12}):role\/(.+)$/.exec(text) ?? [];
  return name === undefined ? textOf(value) : `${name} of ${account}`;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const reference = Object(value) as { Ref?: string };
  return reference.Ref ?? JSON.stringify(value);
}
