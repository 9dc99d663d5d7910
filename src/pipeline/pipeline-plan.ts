import type { aws_codepipeline as codepipeline, aws_ecr as ecr, aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import type { BuildPlan, NetworkPlan, ProjectPlan } from '../steps/build/build-spec';
import type { DeployServicePlan, PrepareServicePlan, RunTaskPlan } from '../targets/ecs/ecs-specs';
import type { DeployEksPlan } from '../targets/eks/eks-spec';
import type { EnvironmentPlan } from './environment-plan';
import type { PushedImage } from './image-consumers';
import type { DeployLambdaImagePlan } from '../targets/lambda-image/lambda-image-spec';
import type { MonitoringPlan } from './monitoring-plan';
import type { NotificationPlan } from './notification-plan';
import type {
  AlarmRulePlan,
  CommandsRulePlan,
  ConditionPlan,
  FailurePlan,
  LambdaRulePlan,
  PlainRulePlan,
  RulePlan,
} from './condition-plan';
import type { SecretPlan } from '../steps/build/secret-plan';
import type { SelfUpdatePlan } from '../steps/self-update/self-update-spec';
import type { SourcePlan } from '../sources/source-specs';
import type { ExecuteStackPlan, PrepareCdkStackPlan, PrepareStackPlan } from '../targets/cloudformation/stack-specs';
import type { GitTriggerPlan, EventTriggerPlan } from './trigger-plan';
import type { StaticSitePlan } from '../targets/static-site/static-site-spec';
import type { DeviceFarmPlan, InspectorScanPlan, LambdaPlan, StateMachinePlan } from '../steps/test-specs';
import type { ActionProvider, ActionProviderId } from '../aws/action-providers';

/**
 * What a pipeline consists of, decided but not yet rendered. Plain data: primitives, other plan objects, and L2 constructs of the
 * user that plan code carries but never reads.
 */
export interface PipelinePlan {
  readonly stages: readonly StagePlan[];
  /** What starts a run by a git trigger. */
  readonly gitTriggers: readonly GitTriggerPlan[];
  /** What starts a run by an event or a schedule. */
  readonly eventTriggers: readonly EventTriggerPlan[];
  readonly executionMode: ExecutionModePlan;
  readonly variables: readonly PipelineVariablePlan[];
  readonly notifications: readonly NotificationPlan[];
  /** How it is watched; not at all, unless it is said. */
  readonly monitoring?: MonitoringPlan;
  /** A run in progress begins anew when the pipeline is changed. */
  readonly restartOnUpdate: boolean;
  /** Days that an artifact is kept. */
  readonly artifactDays: number;
  /** Days that the logs of builds and deployments are kept. */
  readonly logDays: number;
}

export type ExecutionModePlan = 'SUPERSEDED' | 'QUEUED' | 'PARALLEL';

/** A variable of the pipeline as a whole. */
export interface PipelineVariablePlan {
  readonly name: string;
  readonly defaultValue?: string;
  readonly description?: string;
}

export interface StagePlan {
  readonly name: string;
  /** Environments that the stage deploys to. */
  readonly environments?: readonly EnvironmentPlan[];
  /** They have names of their own: the stage has that of the wave which they make. */
  readonly wave?: true;
  /** What must hold when a run enters the stage. */
  readonly beforeEntry?: ConditionPlan<'FAIL' | 'SKIP'>;
  /** What must hold when all actions have succeeded. */
  readonly onSuccess?: ConditionPlan<'FAIL' | 'ROLLBACK'>;
  /** What happens when the stage fails; nothing, unless it is said. */
  readonly onFailure?: FailurePlan;
  /** Why nothing enters the stage until somebody enables the transition into it. */
  readonly disabledReason?: string;
  readonly actions: readonly ActionPlan[];
}

/** A step, before it has a place among the others of its stage. */
export interface StepPlan {
  /** Unique in the pipeline. */
  readonly name: string;
  readonly provider: ActionProviderId | ActionProvider;
  /** Names of artifacts: that of a step's own is the name of the step, that of a further one begins with it. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Names of steps of the same stage that end before this one starts, besides those whose artifacts and variables it uses. */
  readonly after?: readonly string[];
  /**
   * The same for steps that may also stand in an earlier stage: what this one works on is theirs, though neither an artifact nor a variable says
   * so.
   */
  readonly follows?: readonly string[];
  /** Namespace of the variables that the action produces. */
  readonly namespace?: string;
  /** The same namespace as an action of aws-codepipeline-actions writes it: a token. */
  readonly namespaceToken?: string;
  /** Names of these variables, where the provider leaves them to the user. */
  readonly exports?: readonly string[];
  /** Those of them that are ids, digests or names of few characters by what exports them: nothing that a shell or JSON would take for its own. */
  readonly safeExports?: readonly string[];
  /** How long an approval waits. */
  readonly timeoutMinutes?: number;
  /** The part of the configuration that is known before anything is rendered. */
  readonly configuration: Readonly<Record<string, string>>;
  /** What a Commands action runs, as far as it is known before anything is rendered. */
  readonly commands?: readonly string[];
  /** Environment variables of an action that has some of its own. CodePipeline fills in variables. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** Files of the output, where the action type asks for them. */
  readonly files?: readonly string[];
  /** The environment that the step deploys to: it runs there, under the role of the environment. */
  readonly environment?: string;
  /** It serves an environment, but stands beside the pipeline wherever the environment is. */
  readonly inPipelineEnv?: boolean;
  /** The environment that the step tests: it is given what the environment tells of itself. */
  readonly tests?: string;
  /** The image that its artifact describes. */
  readonly image?: PushedImage;
  readonly spec: ActionSpec;
}

export interface ActionPlan extends StepPlan {
  readonly runOrder: number;
}

/** What an action does, and all that rendering it needs. */
export type ActionSpec =
  | SourcePlan
  | BuildPlan
  | ProjectPlan
  | SelfUpdatePlan
  | CommandsPlan
  | ImagePlan
  | LambdaPlan
  | StateMachinePlan
  | DeviceFarmPlan
  | InspectorScanPlan
  | StaticSitePlan
  | PrepareStackPlan
  | PrepareCdkStackPlan
  | ExecuteStackPlan
  | PrepareServicePlan
  | DeployServicePlan
  | RunTaskPlan
  | DeployEksPlan
  | DeployLambdaImagePlan
  | AlarmRulePlan
  | PlainRulePlan
  | LambdaRulePlan
  | CommandsRulePlan
  | ApprovalPlan
  | CustomActionPlan
  | CustomTypePlan;

/** Commands on compute of CodePipeline. */
export interface CommandsPlan {
  readonly kind: 'commands';
  readonly secrets: Readonly<Record<string, SecretPlan>>;
  readonly network?: NetworkPlan;
  /** The repository whose images are described; commands find its URI in `IMAGE_REPOSITORY`. */
  readonly describes?: ecr.IRepository;
}

/** An image that CodePipeline builds and pushes. */
export interface ImagePlan {
  readonly kind: 'image';
  readonly repository: ecr.IRepository;
}

/** People who are asked. */
export interface ApprovalPlan {
  readonly kind: 'approval';
  /** Who is allowed to answer by us, besides those who may anyway. */
  readonly approvers: readonly iam.IGrantable[];
  /** What they are told on. */
  readonly topic?: sns.ITopic;
  readonly emails: readonly string[];
}

/** An action of aws-codepipeline that the user made. */
export interface CustomActionPlan {
  readonly kind: 'custom-action';
  readonly action: codepipeline.IAction;
}

/** An action of a type that AWS does not know: its workers poll, so it needs no permission. */
export interface CustomTypePlan {
  readonly kind: 'custom-type';
}

/** All actions of a pipeline, in the order in which they may start. */
export function allActions(plan: PipelinePlan): ActionPlan[] {
  return plan.stages.flatMap(({ actions }) => [...actions].sort((a, b) => a.runOrder - b.runOrder));
}

/** All actions and all rules of a pipeline, in the order in which they may start. */
export const allSteps = (plan: PipelinePlan): StepPlan[] => inOrder(plan).map(({ action }) => action);

/** Every action and every rule with the actions that have ended when it starts. */
export function inOrder(plan: PipelinePlan): Array<{ stage: StagePlan; action: StepPlan; earlier: ActionPlan[] }> {
  return plan.stages.flatMap((stage, s) => {
    const before = plan.stages.slice(0, s).flatMap(({ actions }) => actions);
    const at = (earlier: ActionPlan[]) => (action: StepPlan) => ({ stage, action, earlier });
    return [
      ...(stage.beforeEntry?.rules ?? []).map(at(before)),
      ...[...stage.actions]
        .sort((a, b) => a.runOrder - b.runOrder)
        .map((action) => at([...before, ...stage.actions.filter((other) => other.runOrder < action.runOrder)])(action)),
      ...(stage.onSuccess?.rules ?? []).map(at([...before, ...stage.actions])),
      // Which of its actions have ended when a stage fails, nobody knows.
      ...failureRules(stage).map(at(before)),
    ];
  });
}

const failureRules = ({ onFailure }: StagePlan): readonly RulePlan[] =>
  onFailure?.kind === 'roll-back' ? onFailure.rules : [];

/** May the stage go back to the last release that succeeded in it? */
export const mayRollBack = ({ onSuccess, onFailure }: StagePlan) =>
  onSuccess?.result === 'ROLLBACK' || onFailure?.kind === 'roll-back';
