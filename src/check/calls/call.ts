import type { StackScope } from '../../assembly/scope';
import type { Context } from '../iam/request';
import type { ActionModel, PipelineModel } from '../pipeline';
import type { IamModel } from '../model/iam-model';

/**
 * The evidence that the permission for a call is required. The verdict on a denied call depends on it:
 *
 * - `documented`: AWS requires the permission for the action or for the service behind it. The denial is an error.
 * - `reported`: AWS does not document the permission for the action, but a real denial was reported. The source is the
 *   report. The denial is a warning.
 * - `inferred`: there is neither. The call has an uncertainty, and the verdict is UNKNOWN; or evidence that it is not
 *   required, and a denial is no finding.
 */
export type Basis = 'documented' | 'reported' | 'inferred';

/** The steps of an action, in this order. */
export const STEPS = ['assume', 'read', 'work', 'write'] as const;
export type Step = (typeof STEPS)[number];

/** Describes an API call that an action, or a service on its behalf, makes. */
export interface Call {
  readonly step: Step;
  /** The ARN of a role, the name of a service, or an account on whose behalf a service calls. */
  readonly caller: { readonly role: string } | { readonly service: string } | { readonly account: string };
  /** E.g. "s3:GetObject". */
  readonly call: string;
  /** The former name of the call. It is unknown whether a permission for only this name is sufficient. */
  readonly formerName?: string;
  /** Whether the resource is a connection, which is assumed to be in the account of the caller if that is unknown. */
  readonly isConnection?: boolean;
  /** An ARN, or "*". */
  readonly resource: string;
  /** Another form of the resource, if the documentation is ambiguous. A permission for one of them is sufficient. */
  readonly alternativeResource?: string;
  /** The resource for a statement that allows the call. Defaults to the resource, with `*` for its unknown parts. */
  readonly grant?: string;
  readonly basis: Basis;
  /** The URL of the documentation of the call. */
  readonly source: string;
  /** The known condition keys, in addition to those of the caller and the resource. */
  readonly context?: Context;
  /** The stack that references the resource. */
  readonly from: StackScope;
  /**
   * The reason if it is uncertain whether the call is made, e.g. because pipelines work without the permission that AWS
   * lists.
   */
  readonly uncertainty?: string;
  /**
   * The reason if published evidence shows that pipelines work without the permission that AWS lists. A denied call is
   * no finding. The report lists it under the assumptions.
   */
  readonly notRequired?: string;
  /** The reason if not every pipeline makes the call, so that its denial is a warning, e.g. when the call is made. */
  readonly caution?: string;
}

/** Describes one or several calls of a provider on a kind of resource. */
export interface Row {
  readonly call: string | readonly string[];
  /**
   * An ARN with placeholders: {partition}, {region} of the action, {account} of the acting role, {pipeline}, {store}
   * (the ARN of the artifact bucket), {run} (known only at run time), or a key of the configuration. A value that is
   * itself an ARN replaces the whole pattern.
   */
  readonly on: string;
  /** Another form of the resource. A permission for one of them is sufficient. */
  readonly alternativeOn?: string;
  /** The resource for a statement that allows the call, if it differs. */
  readonly grant?: string;
  /** @default 'documented' */
  readonly basis?: Basis;
  /** @default 'work' */
  readonly step?: Step;
  /** @default - always */
  readonly when?: (action: ActionContext) => boolean;
  readonly context?: (action: ActionContext) => Context;
  readonly uncertainty?: string;
  readonly notRequired?: string;
  readonly caution?: string;
  /** The key of a comma-separated list in the configuration. Each item is one call, with the placeholder {each}. */
  readonly each?: string;
  /** @default - the page of the provider */
  readonly source?: string;
}

/** Describes the calls of an action provider or a rule provider. */
export interface ProviderCalls {
  /** The URL of the provider's documentation. */
  readonly source: string;
  /** Whether the acting role reads the input artifacts from the artifact store. */
  readonly reads?: boolean | ((action: ActionContext) => boolean);
  /** Whether the acting role writes the output artifacts. */
  readonly writes?: boolean | ((action: ActionContext) => boolean);
  /** The evidence for the calls that read and write artifacts. @default - documented by AWS for all actions */
  readonly artifacts?: { readonly basis: Basis; readonly source: string };
  readonly rows?: readonly Row[];
  /** Returns the calls that depend on other resources. */
  readonly more?: (action: ActionContext) => Call[];
}

/** Provides an action with the information that its calls depend on. */
export interface ActionContext {
  readonly model: IamModel;
  readonly pipeline: PipelineModel;
  readonly action: ActionModel;
  /** The ARN of the role that the action runs under. */
  readonly role: string;
  /** The account of that role, in which the action runs. */
  readonly account: string;
  readonly region: string;
  /** The ARN of the artifact bucket of the Region. */
  readonly store: string;
  readonly inputs: readonly StoredArtifact[];
  readonly source: string;
}

/** Describes an artifact in the store of a Region. */
export interface StoredArtifact {
  readonly name: string;
  readonly bucketArn: string;
  /** The ARN of the object, with an unknown object key. */
  readonly objectArn: string;
  /** The ARN of its encryption key. */
  readonly keyArn: string;
  /** The source action, if the artifact is a reference to a repository instead of its files. */
  readonly cloneOf?: ActionContext;
}

/** Returns a call of an action under its role. */
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

/** Returns the calls of rows for an action. */
export function callsOfRows(context: ActionContext, rows: readonly Row[]): Call[] {
  return rows.filter(({ when }) => !when || when(context)).flatMap((row) => callsOfRow(context, row));
}

function callsOfRow(context: ActionContext, row: Row): Call[] {
  const common: Partial<Call> = {
    step: row.step ?? 'work',
    alternativeResource: row.alternativeOn && fill(row.alternativeOn, context),
    grant: row.grant && fill(row.grant, context),
    basis: row.basis ?? 'documented',
    source: row.source ?? context.source,
    context: row.context?.(context),
    uncertainty: row.uncertainty,
    notRequired: row.notRequired,
    caution: row.caution,
  };
  return itemsOf(row, context).flatMap((item) => {
    const pattern = row.on.replace('{each}', () => item);
    const resource = fill(pattern, context);
    return [row.call].flat().map((call) => callOf(context, call, resource, common));
  });
}

function itemsOf({ each }: Row, context: ActionContext) {
  if (each === undefined) return [''];
  return listItems(configured(context, each));
}

/** Returns the items of a comma-separated list. */
export function listItems(list = ''): string[] {
  return list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Fills the placeholders of a pattern. */
export function fill(pattern: string, context: ActionContext): string {
  let arn: string | undefined;
  const filled = pattern.replace(/\{(\w+)\}/g, (_, placeholder: string) => {
    const value = placeholderValue(placeholder, context);
    if (value.startsWith('arn:') && placeholder !== 'store') arn = pattern.replace(/^.*\{\w+\}/, value);
    return value;
  });
  return arn ?? filled;
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

/** Returns a value of the configuration. Variables (`#{…}`) are known only at run time. */
export function configured(context: ActionContext, key: string): string | undefined {
  const { configuration } = context.action;
  if (!Object.hasOwn(configuration, key)) return undefined;
  return configuration[key].replace(/#\{[^{}]*\}/g, (variable) => unknown(context, `variable ${variable}`));
}

/** Returns the value of a condition key. */
export function contextValue(value: string | undefined): Context[string] {
  if (value === undefined) return 'absent';
  return [value];
}

export function unknown({ pipeline }: Pick<ActionContext, 'pipeline'>, description: string) {
  return pipeline.stack.unknown('runtime', description);
}
