import type { StackScope } from '../../assembly/scope';
import type { Context } from '../iam/request';
import type { ActionModel, PipelineModel } from '../pipeline';
import type { IamModel } from '../model/iam-model';

/**
 * Where the knowledge comes from that a call is made: AWS says so (may deny), or it follows from what AWS says or from
 * what is seen in the field (may warn only).
 */
export type Basis = 'documented' | 'inferred';

/** What an action does, in this order. */
export const STEPS = ['assume', 'read', 'work', 'write'] as const;
export type Step = (typeof STEPS)[number];

/** One call of an API that an action makes, or that is made for it. */
export interface Call {
  readonly step: Step;
  /** ARN of a role, name of a service, or an account that a service calls for. */
  readonly caller: { readonly role: string } | { readonly service: string } | { readonly account: string };
  /** E.g. "s3:GetObject". */
  readonly call: string;
  /** What the call was named once. Where only that is allowed, it is not known whether it is enough. */
  readonly formerName?: string;
  /** ARN, or "*". */
  readonly resource: string;
  /** Another form of the same resource, where what is published does not tell which one counts: either will do. */
  readonly alternativeResource?: string;
  /** What a statement that allows the call should name. Default: the resource, with `*` for what is not known of it. */
  readonly grant?: string;
  readonly basis: Basis;
  /** The page that says so. */
  readonly source: string;
  /** What is known of the request besides caller and resource. */
  readonly context?: Context;
  /** The stack that names the resource. */
  readonly from: StackScope;
  /**
   * Why it is not known whether the call is made at all, e.g. because pipelines are seen to run without the permission
   * that AWS lists.
   */
  readonly uncertainty?: string;
}

/** A row of the table of calls: one or several calls of a provider on a kind of resource. */
export interface Row {
  readonly call: string | readonly string[];
  /**
   * ARN with placeholders: {partition}, {region}, {account} (those of the acting role and the action), {pipeline},
   * {store} (ARN of the bucket of artifacts), {run} (known when it runs), or a key of the configuration. A value that
   * is an ARN itself stands for the whole.
   */
  readonly on: string;
  /** Another form of the same resource: either will do. */
  readonly alternativeOn?: string;
  /** What a statement that allows the call should name, if it is not the resource itself. */
  readonly grant?: string;
  /** @default 'documented' */
  readonly basis?: Basis;
  /** @default 'work' */
  readonly step?: Step;
  /** @default - always */
  readonly when?: (action: ActionContext) => boolean;
  readonly context?: (action: ActionContext) => Context;
  readonly uncertainty?: string;
  /** A key of the configuration that holds a list with commas: one call for each, named {each}. */
  readonly each?: string;
  /** @default - the page of the provider */
  readonly source?: string;
}

/** All that is known of the calls of an action provider or a rule provider. */
export interface ProviderCalls {
  /** The page of the provider. */
  readonly source: string;
  /** Whether the acting role reads the input artifacts from the artifact store. */
  readonly reads?: boolean | ((action: ActionContext) => boolean);
  /** Whether the acting role writes the output artifacts. */
  readonly writes?: boolean | ((action: ActionContext) => boolean);
  /** What is known of the reading and writing. @default 'documented' */
  readonly artifacts?: Basis;
  readonly rows?: readonly Row[];
  /** Calls that no row can tell, because they depend on other resources. */
  readonly more?: (action: ActionContext) => Call[];
}

/** An action at its place: all that a row needs to become a call. */
export interface ActionContext {
  readonly model: IamModel;
  readonly pipeline: PipelineModel;
  readonly action: ActionModel;
  /** ARN of the role that it runs under. */
  readonly role: string;
  /** The account of that role, in which the action works. */
  readonly account: string;
  readonly region: string;
  /** ARN of the bucket of the artifact store of the region. */
  readonly store: string;
  /** The input artifacts, and where they lie. */
  readonly inputs: readonly StoredArtifact[];
  readonly source: string;
}

/** An artifact in the store of a region. */
export interface StoredArtifact {
  readonly name: string;
  readonly bucketArn: string;
  /** ARN of the object, its key unknown. */
  readonly objectArn: string;
  /** The key that it was encrypted with, as an ARN. */
  readonly keyArn: string;
  /** A pointer to a repository instead of its files. */
  readonly cloneOf?: ActionContext;
}

/** A call of an action under its role. */
export function callOf(context: ActionContext, call: string, resource: string, more: Partial<Call> = {}): Call {
  return {
    step: 'work',
    caller: { role: context.role },
    call,
    resource,
    basis: 'documented',
    source: context.source,
    from: context.pipeline.stack,
    ...more,
  };
}

/** The calls of rows, for an action. */
export function callsOfRows(context: ActionContext, rows: readonly Row[]): Call[] {
  const made = rows.filter(({ when }) => !when || when(context));
  return made
    .flatMap((row) => itemsOf(row, context).map((item) => [row, item] as const))
    .flatMap(([row, item]) => {
      const resource = fill(
        row.on.replace('{each}', () => item),
        context,
      );
      return [row.call].flat().map((call) =>
        callOf(context, call, resource, {
          step: row.step ?? 'work',
          alternativeResource: row.alternativeOn === undefined ? undefined : fill(row.alternativeOn, context),
          grant: row.grant === undefined ? undefined : fill(row.grant, context),
          basis: row.basis ?? 'documented',
          source: row.source ?? context.source,
          context: row.context?.(context),
          uncertainty: row.uncertainty,
        }),
      );
    });
}

function itemsOf({ each }: Row, context: ActionContext) {
  return each === undefined
    ? ['']
    : (configured(context, each) ?? '')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
}

/** A pattern with its placeholders filled in. */
export function fill(pattern: string, context: ActionContext): string {
  let whole: string | undefined;
  const filled = pattern.replace(/\{(\w+)\}/g, (_, placeholder: string) => {
    const value = placeholderValue(placeholder, context);
    if (value.startsWith('arn:') && placeholder !== 'store') whole = pattern.replace(/^.*\{\w+\}/, value);
    return value;
  });
  return whole ?? filled;
}

function placeholderValue(placeholder: string, context: ActionContext): string {
  switch (placeholder) {
    case 'partition':
      return context.pipeline.stack.partition;
    case 'region':
      return context.region;
    case 'account':
      return context.account;
    case 'pipeline':
      return context.pipeline.name;
    case 'store':
      return context.store;
    case 'run':
      return unknown(context, 'run');
    default:
      return (
        configured(context, placeholder) ??
        unknown(context, `${placeholder} of action ${context.action.name} in pipeline ${context.pipeline.name}`)
      );
  }
}

/** A value of the configuration; a variable (`#{…}`) is known at run time only. */
export function configured(context: ActionContext, key: string): string | undefined {
  const { configuration } = context.action;
  if (!Object.hasOwn(configuration, key)) return undefined;
  return configuration[key].replace(/#\{[^{}]*\}/g, (variable) => unknown(context, `variable ${variable}`));
}

export function unknown({ pipeline }: Pick<ActionContext, 'pipeline'>, words: string) {
  return pipeline.stack.unknown('runtime', words);
}
