import type { IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentScope } from './environment-scope';
import type { RenderContext, RenderedAction, RenderedEnvironment, RenderedStepRole } from './rendered';
import type { SameEnvReference } from './environment-context';
import type { Environment, ResolvedEnv } from '../pipeline/env';
import type { ActionSpec, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Describes how a kind of action or rule is rendered. Each kind is registered in the list of its family. */
export interface ActionKind<Spec extends ActionSpec = ActionSpec> {
  readonly kind: Spec['kind'];
  /** Creates the resources of the action, and returns its configuration. */
  render(context: RenderContext, spec: Spec, step: StepPlan): RenderedAction;
  /** Validates the step against the construct tree, e.g. the values of tokens. */
  validate?(scope: Construct, step: StepPlan<Spec>, problems: Problems): void;
  /** Returns the resources that must be in the account and Region of the pipeline, because they are found by name. */
  sameEnvReferences?(spec: Spec, step: StepPlan): readonly SameEnvReference[];
}

/**
 * Describes how a kind of action that runs in the account and Region of an environment is rendered. All members are
 * required, so that the compiler reports missing ones.
 */
export interface EnvironmentActionKind<Spec extends ActionSpec = ActionSpec> extends ActionKind<Spec> {
  /** Returns the resources of the user that must be in the account of the environment. */
  referencedResources(spec: Spec): readonly ReferencedResource[];
  /** Returns the resources that require an explicit name if the environment is in another account or Region. */
  requiredNames(spec: Spec): readonly RequiredName[];
  /** Validates the step against the account and Region of the environment. */
  validateEnvironment(step: StepPlan<Spec>, placement: EnvironmentPlacement, problems: Problems): void;
}

/** Describes how a kind of deployment action and the resources of its environment are rendered. */
export interface TargetKind<Spec extends ActionSpec = ActionSpec> extends EnvironmentActionKind<Spec> {
  /**
   * Creates the resources of the environment for this step in the account and Region of the environment. Returns
   * undefined if another step creates them.
   */
  renderResources(scope: EnvironmentScope, spec: Spec, step: StepPlan): RenderedEnvironment | undefined;
}

/** Describes how a kind of test that runs under a separate role in the account of its environment is rendered. */
export interface EnvironmentTestKind<Spec extends ActionSpec = ActionSpec> extends EnvironmentActionKind<Spec> {
  /** Creates the role of the test in the account of an environment in another account or Region. */
  renderTestRole(scope: EnvironmentScope, spec: Spec, step: StepPlan): RenderedStepRole;
}

/** Describes the account and Region of an environment and of its pipeline. */
export interface EnvironmentPlacement {
  /** Construct of the pipeline. */
  readonly scope: Construct;
  readonly env: Environment;
  readonly pipelineEnv: Environment;
  /** Account and Region of the environment, if they differ from those of the pipeline. */
  readonly crossEnv?: ResolvedEnv;
  /** Whether a `DeploymentAccess` creates the resources of the environment. */
  readonly existingAccess: boolean;
  readonly isCrossAccount: boolean;
}

/** Describes a resource of the user that an environment uses. */
export interface ReferencedResource {
  /** Property below the target. */
  readonly prop: string;
  /** Kind of the resource, with its article, as in `a bucket`. */
  readonly resourceKind: string;
  readonly resource: Pick<IResource, 'env' | 'node'>;
  /** Whether it must be in the Region of the environment, too. */
  readonly regional?: boolean;
  /** Returns the fix of a resource in another account or Region; by default, another resource of this kind. */
  readonly fix?: (env: ResolvedEnv) => string;
}

/** Describes a resource that must have an explicit name. */
export interface RequiredName {
  readonly prop: string;
  /** Property that sets it. */
  readonly nameProp: string;
  readonly name: string;
  /** @default - to set it */
  readonly fix?: string;
}

/**
 * Kinds of a family by name. Each is returned by a function, so that the compiled package evaluates the modules of a
 * kind when a pipeline first uses it.
 */
export type KindTable<Kind extends { readonly kind: string }> = Readonly<Record<string, () => Kind>>;

/**
 * Returns the kinds of a family. Each must be registered under its own name. It is exact for its own spec; the registry
 * passes it no other.
 */
export function actionKinds<Name extends string>(kinds: {
  readonly [Key in Name]: () => ActionKind<ActionSpec & { readonly kind: Key }>;
}): KindTable<ActionKind> {
  return kinds;
}

/** Registry of all kinds of actions and rules. */
export class ActionKinds {
  public constructor(private readonly byName: KindTable<ActionKind>) {}

  /** Returns the kind of a step. */
  public of({ spec }: StepPlan): ActionKind {
    const kind = Object.hasOwn(this.byName, spec.kind) ? this.byName[spec.kind]() : undefined;
    if (!kind) throw new Error(`internal error: no kind '${spec.kind}' is registered; please report it`);
    return kind;
  }

  /** Returns the kind of a step that runs in the account and Region of an environment, or undefined for another. */
  public environmentKindOf(step: StepPlan): EnvironmentActionKind | undefined {
    return this.targetOf(step) ?? this.testOf(step);
  }

  /** Returns the kind of a test that runs in the account and Region of its environment, or undefined for another. */
  public testOf(step: StepPlan): EnvironmentTestKind | undefined {
    const kind = this.of(step);
    if (!('renderTestRole' in kind)) return undefined;
    return kind as EnvironmentTestKind;
  }

  /** Returns the kind of a deployment step, or undefined for a step that creates no resources in an environment. */
  public targetOf(step: StepPlan): TargetKind | undefined {
    const kind = this.of(step);
    if (!('renderResources' in kind)) return undefined;
    return kind as TargetKind;
  }
}
