import type { AssemblyStack } from '../assembly/cloud-assembly';
import type { Resource, Template } from '../assembly/template';
import { cronFaults } from '../aws/deployment-window';
import { describeWindow } from '../aws/describe-window';
import { compact } from '../common/compact';

/** Describes the stages, actions and roles of a pipeline in a template. */
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
  /** The conditions and the failure handling of the stage. */
  readonly gates: readonly string[];
  /** The maximum number of actions that run in parallel. */
  readonly parallel: number;
  /** In run order. */
  readonly actions: readonly ActionOutline[];
}

export interface ActionOutline {
  readonly name: string;
  readonly runOrder: number;
  readonly type: string;
  /** The logical id of the role that the action runs under. */
  readonly role: string;
  readonly details: readonly string[];
}

export interface RoleOutline {
  readonly logicalId: string;
  readonly description: string;
  /** The number of allowed actions, by service. */
  readonly allows: Readonly<Record<string, number>>;
}

// The parts of AWS::CodePipeline::Pipeline that the outline contains.
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

/** Returns the outlines of all pipelines of a stack. */
export function outlinePipelines(stack: AssemblyStack): PipelineOutline[] {
  return resourcesOf(stack.template, 'AWS::CodePipeline::Pipeline').map(([logicalId, { Properties }]) => {
    const pipeline = Properties as unknown as PipelineProperties;
    const pipelineRole = referenceOf(pipeline.RoleArn);
    const stages = pipeline.Stages.map((stage) => outlineStage(stage, pipelineRole));
    const actions = pipeline.Stages.flatMap((stage) => [...stage.Actions, ...rulesOf(stage)]);
    const roleIds = new Set([pipelineRole, ...actions.flatMap((action) => rolesOf(stack.template, action))]);
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

function outlineStage(stage: StageProperties, pipelineRole: string): StageOutline {
  function conditions(event: string, list: readonly ConditionProperties[] = []) {
    return list.map(({ Rules, Result }) => {
      const rules = `${event}: ${Rules.map(describeRule).join(' and ')}`;
      if (Result === undefined) return rules;
      return `${rules}, otherwise ${Result}`;
    });
  }

  const { Result: result, RetryConfiguration: retry } = stage.OnFailure ?? {};
  const actions = stage.Actions.map((action) => outlineAction(action, pipelineRole)).sort(
    (a, b) => a.runOrder - b.runOrder,
  );
  return {
    name: stage.Name,
    gates: compact([
      ...conditions('before entry', stage.BeforeEntry?.Conditions),
      ...conditions('on success', stage.OnSuccess?.Conditions),
      result !== undefined && `on failure: ${compact([result, retry?.RetryMode]).join(' ')}`,
      ...conditions('on failure', stage.OnFailure?.Conditions),
    ]),
    parallel: Math.max(
      0,
      ...actions.map(({ runOrder }) => actions.filter((other) => other.runOrder === runOrder).length),
    ),
    actions,
  };
}

/** Describes a rule with its configuration. */
function describeRule({ Name, RuleTypeId, Configuration = {} }: RuleProperties): string {
  function value(key: string) {
    return textOf(Configuration[key]);
  }

  switch (RuleTypeId?.Provider) {
    case 'DeploymentWindow': {
      const cron = value('Cron');
      const timeZone = textOf(Configuration.TimeZone ?? 'UTC');
      // The expression in the template may be invalid.
      const window = cronFaults(cron).length === 0 ? describeWindow(cron, timeZone) : `${cron}, ${timeZone}`;
      return `${Name} (${window})`;
    }
    case 'VariableCheck':
      return `${Name} (${value('Variable')} ${value('Operator')} '${value('Value')}')`;
    case 'CloudWatchAlarm': {
      const waitTime = 'WaitTime' in Configuration && `${value('WaitTime')} minutes`;
      return `${Name} (${compact([value('AlarmName'), waitTime]).join(', ')})`;
    }
    default:
      return Name;
  }
}

/** The configuration keys that the outline contains. */
const SHOWN_KEYS = ['FullRepositoryId', 'BranchName', 'ProjectName', 'CustomData'];

function outlineAction(action: ActionProperties, pipelineRole: string): ActionOutline {
  const { Category, Provider } = action.ActionTypeId;
  const configuration = action.Configuration ?? {};
  return {
    name: action.Name,
    runOrder: action.RunOrder ?? 1,
    type: `${Category} by ${Provider}`,
    role: action.RoleArn === undefined ? pipelineRole : referenceOf(action.RoleArn),
    details: compact([
      action.Region !== undefined && `in ${textOf(action.Region)}`,
      ...SHOWN_KEYS.filter((key) => key in configuration).map((key) => `${key}: ${textOf(configuration[key])}`),
      action.TimeoutInMinutes !== undefined && `waits at most ${action.TimeoutInMinutes} minutes`,
    ]),
  };
}

/** Returns the rules of all conditions of a stage. */
function rulesOf({ BeforeEntry, OnSuccess, OnFailure }: StageProperties): RuleProperties[] {
  return [BeforeEntry, OnSuccess, OnFailure].flatMap((event) => event?.Conditions ?? []).flatMap(({ Rules }) => Rules);
}

/** Returns the role of an action or a rule, and the service role of its CodeBuild project. */
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
    .filter(({ Roles = [] }) => Roles.some((reference) => referenceOf(reference) === logicalId));
  const allowedActions = [...inline, ...attached]
    .flatMap(({ PolicyDocument: { Statement } }) => Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(({ Action = [] }) => Action);
  const allows: Record<string, number> = {};
  for (const action of allowedActions) {
    const service = action.split(':')[0];
    allows[service] = (allows[service] ?? 0) + 1;
  }
  return { logicalId, description: textOf(role.Description ?? ''), allows };
}

function resourcesOf(template: Template, type: string): Array<[string, Resource]> {
  return Object.entries(template.Resources ?? {}).filter(([, resource]) => resource.Type === type);
}

/** Returns the logical id that a Ref or GetAtt references, or the value itself as text. */
function referenceOf(value: unknown): string {
  const { Ref, 'Fn::GetAtt': getAtt } = Object(value) as { Ref?: string; 'Fn::GetAtt'?: string | readonly string[] };
  if (Ref !== undefined) return Ref;
  if (getAtt !== undefined) return [getAtt].flat()[0].split('.')[0];
  return describeArn(value);
}

/**
 * Describes the ARN of a role in another stack by the name and the account of the role. Returns other values as text.
 */
function describeArn(value: unknown): string {
  const [, account, name] = /:iam::(\d{12}):role\/(.+)$/.exec(joinedText(value)) ?? [];
  if (name === undefined) return textOf(value);
  return `${name} of ${account}`;
}

function joinedText(value: unknown): string {
  const { 'Fn::Join': join } = Object(value) as { 'Fn::Join'?: readonly [string, readonly unknown[]] };
  if (join === undefined) return textOf(value);
  const [delimiter, parts] = join;
  return parts.map((part) => (typeof part === 'string' ? part : '*')).join(delimiter);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const reference = Object(value) as { Ref?: string };
  return reference.Ref ?? JSON.stringify(value);
}
