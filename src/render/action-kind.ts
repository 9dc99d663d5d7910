import type { IResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { EnvironmentScope } from './environment-scope';
import type { RenderContext, RenderedAction, RenderedEnvironment } from './rendered';
import type { SameEnvReference } from './environment-context';
import type { Environment } from '../pipeline/env';
import type { ActionSpec, StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/**
 * Everything about a kind of action or rule that rendering it requires. It is registered once, in the list of its
 * family.
 */
export interface ActionKind<Spec extends ActionSpec = ActionSpec> {
  readonly kind: Spec['kind'];
  /** Creates what the action needs, and returns how to configure it. */
  render(context: RenderContext, spec: Spec, step: StepPlan): RenderedAction;
  /** Validates what only the construct tree shows, such as what tokens become. */
  validate?(scope: Construct, step: StepPlan<Spec>, problems: Problems): void;
  /** Returns what is found by its name, and so in the account and Region of the pipeline only. */
  sameEnvReferences?(spec: Spec, step: StepPlan): readonly SameEnvReference[];
}

/**
 * Everything about a kind of deployment action: besides, what its environment consists of. Every member is required, so
 * that none is forgotten.
 */
export interface TargetKind<Spec extends ActionSpec = ActionSpec> extends ActionKind<Spec> {
  /**
   * Creates what the environment needs for this step, in its own account and Region; nothing when another step does.
   */
  renderResources(scope: EnvironmentScope, spec: Spec, step: StepPlan): RenderedEnvironment | undefined;
  /** Returns what the user passes that must be in the account of the environment. */
  referencedResources(spec: Spec): readonly ReferencedResource[];
  /** Returns the names that the pipeline must know when the environment is in another account or Region. */
  requiredNames(spec: Spec): readonly RequiredName[];
  /** Validates what depends on where the environment is. */
  validateEnvironment(step: StepPlan<Spec>, placement: EnvironmentPlacement, problems: Problems): void;
}

/** Describes where an environment is, seen from its pipeline. */
export interface EnvironmentPlacement {
  readonly env: Environment;
  readonly pipelineEnv: Environment;
  readonly isCrossAccount: boolean;
}

/** Names a resource of an environment by the property that passes it. */
export interface ReferencedResource {
  /** Property below the target. */
  readonly prop: string;
  /** Kind of the resource, with its article, as in `a bucket`. */
  readonly what: string;
  readonly resource: Pick<IResource, 'env' | 'node'>;
  /** Whether it must be in the Region of the environment, too. */
  readonly regional?: boolean;
}

/** Names a name that the pipeline must know. */
export interface RequiredName {
  readonly prop: string;
  /** Property that sets it. */
  readonly what: string;
  readonly name: string;
  /** @default - to set it */
  readonly fix?: string;
}

/** Returns the kinds of a family as one list. Each is exact for its own spec; the registry passes it no other. */
export function actionKinds(...kinds: readonly ActionKind[]): readonly ActionKind[] {
  return kinds;
}

/** Registry of all kinds of actions and rules. */
export class ActionKinds {
  private readonly byName: ReadonlyMap<string, ActionKind>;

  public constructor(kinds: readonly ActionKind[]) {
    this.byName = new Map(kinds.map((kind) => [kind.kind, kind]));
  }

  /** Returns the kind of a step. */
  public of({ spec }: StepPlan): ActionKind {
    const kind = this.byName.get(spec.kind);
    if (!kind) throw new Error(`internal error: no kind '${spec.kind}' is registered; please report it`);
    return kind;
  }

  /**
   * Returns the kind of a step that deploys, or undefined for a step that needs nothing of its own in the environment.
   */
  public targetOf(step: StepPlan): TargetKind | undefined {
    const kind = this.of(step);
    return 'renderResources' in kind ? (kind as TargetKind) : undefined;
  }
}
