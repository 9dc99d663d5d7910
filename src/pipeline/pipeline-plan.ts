import type { aws_ecr as ecr, aws_sns as sns } from 'aws-cdk-lib';
import type { Environment } from './env';
import type { ActionProvider, ActionProviderId } from '../aws/action-providers';
import type { Architecture } from '../aws/builds';

export type PullRequestEventPlan = 'OPEN' | 'UPDATED' | 'CLOSED';

/** Globs of which one must match and none may. */
export interface PatternsPlan {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** Describes a git trigger of the pipeline: all filters on one source. */
export interface GitTriggerPlan {
  readonly source: string;
  readonly push: readonly GitFilterPlan[];
  readonly pullRequest: readonly GitFilterPlan[];
}

/** Describes a filter, which matches when each of its parts does. */
export interface GitFilterPlan {
  readonly tags?: PatternsPlan;
  readonly branches?: PatternsPlan;
  readonly paths?: PatternsPlan;
  readonly events?: readonly PullRequestEventPlan[];
}

/** Describes a rule of EventBridge that starts the pipeline. */
export type EventTriggerPlan =
  | { readonly kind: 'source-change'; readonly source: string }
  | { readonly kind: 'schedule'; readonly expression: string }
  | OtherPipelinePlan;

/** Describes a pipeline whose success starts an execution. */
export interface OtherPipelinePlan {
  readonly kind: 'pipeline';
  /** Its name, which may be a token. */
  readonly name: string;
  /** Text that identifies it at synth time, the same wherever the app is deployed. */
  readonly key: string;
}

/** Describes a channel that is notified, and of what. */
export interface NotificationPlan {
  /** Property that the notification comes from, as the user writes it, such as `notifications.all[1]`. */
  readonly path: string;
  /** Ids of events, each once, in the order of the enum. */
  readonly events: readonly string[];
  readonly detail: 'FULL' | 'BASIC';
  readonly channel: ChannelSpec;
}

/**
 * Describes a channel, with everything that rendering it requires. Each kind extends it in its own folder; only that
 * folder reads the fields.
 */
export interface ChannelSpec {
  readonly kind: string;
  /** Identity among all channels: a channel that is configured twice is one. */
  readonly identity: string;
}

/** Describes the monitoring of a pipeline, with all its defaults resolved. */
export interface MonitoringPlan {
  readonly alarmTopic?: sns.ITopic;
  /** Duration above which an execution raises an alarm; none by default. */
  readonly maxDurationSeconds?: number;
  readonly maxApprovalWaitSeconds: number;
  readonly dashboard: boolean;
}

/** Describes an environment that releases are deployed to. */
export interface EnvironmentPlan {
  readonly name: string;
  /** Property that the environment comes from, as the user writes it, such as `environments[1]`. */
  readonly path: string;
  /** Account and Region, as far as the user configures them; otherwise those of the pipeline. */
  readonly env: Environment;
  /** Whether its roles were created by a `DeploymentAccess`. */
  readonly existingAccess: boolean;
}

/**
 * Describes what an action or a rule does, with everything that rendering it requires. Each kind extends it in its own
 * folder; only that folder reads the further fields. What the pipeline as a whole needs of a step is a field of
 * {@link StepPlan}.
 */
export interface ActionSpec {
  readonly kind: string;
}

/**
 * Describes a pipeline, decided but not yet rendered. Plain data: primitives, other plan objects, and L2 constructs of
 * the user that planning carries but never reads.
 */
export interface PipelinePlan {
  readonly stages: readonly StagePlan[];
  /** Git triggers that start executions. */
  readonly gitTriggers: readonly GitTriggerPlan[];
  /** Events and schedules that start executions. */
  readonly eventTriggers: readonly EventTriggerPlan[];
  readonly executionMode: ExecutionModePlan;
  readonly variables: readonly PipelineVariablePlan[];
  readonly notifications: readonly NotificationPlan[];
  /** Monitoring of the pipeline, if any. */
  readonly monitoring?: MonitoringPlan;
  /** Whether an execution in progress restarts when the pipeline is updated. */
  readonly restartOnUpdate: boolean;
  /** Days that artifacts are kept. */
  readonly artifactDays: number;
  /** Days that the logs of builds and deployments are kept. */
  readonly logDays: number;
}

export type ExecutionModePlan = 'SUPERSEDED' | 'QUEUED' | 'PARALLEL';

/** Describes a variable of the pipeline as a whole. */
export interface PipelineVariablePlan {
  readonly name: string;
  readonly defaultValue?: string;
  readonly description?: string;
}

export interface StagePlan {
  readonly name: string;
  /** Property that the stage comes from, as the user writes it, such as `environments[1]`. */
  readonly path: string;
  /** Environments that the stage deploys to. */
  readonly environments?: readonly EnvironmentPlan[];
  /** Set for a wave, whose environments have names of their own. */
  readonly wave?: true;
  /** Condition for an execution to enter the stage. */
  readonly beforeEntry?: ConditionPlan<'FAIL' | 'SKIP'>;
  /** Condition that is evaluated after all actions have succeeded. */
  readonly onSuccess?: ConditionPlan<'FAIL' | 'ROLLBACK'>;
  /** What CodePipeline does when the stage fails; nothing by default. */
  readonly onFailure?: FailurePlan;
  /** Reason why the transition into the stage is disabled. */
  readonly disabledReason?: string;
  readonly actions: readonly ActionPlan[];
}

/** Describes a condition at one point of a stage, and the result when one of its rules fails. */
export interface ConditionPlan<Result extends string> {
  /** Property that the condition comes from. */
  readonly path: string;
  readonly result: Result;
  readonly rules: readonly RulePlan[];
}

/** Describes a rule of a condition: like a step, but without a run order, and without outputs. */
export type RulePlan = StepPlan;

/** Describes failure handling. No rules: always. Rules and a retry exclude each other, so no plan can hold both. */
export type FailurePlan =
  | { readonly kind: 'roll-back'; readonly path: string; readonly rules: readonly RulePlan[] }
  | { readonly kind: 'retry'; readonly mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS' };

/** Describes a step before it has a run order among the others of its stage. */
export interface StepPlan<Spec extends ActionSpec = ActionSpec> extends StepTraits {
  /** Unique in the pipeline. */
  readonly name: string;
  /** Property that the step comes from, as the user writes it, such as `environments[1].target`. */
  readonly path: string;
  /** Properties below `path` that configuration keys come from, where their names differ. */
  readonly propNames?: Readonly<Record<string, string>>;
  readonly provider: ActionProviderId | ActionProvider;
  /** Names of artifacts: the main one has the name of the step, the name of a further one begins with it. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /**
   * Names of steps of the same stage that end before this one starts, besides those whose artifacts and variables it
   * uses.
   */
  readonly after?: readonly string[];
  /**
   * Names of steps, also of earlier stages, whose results the step works on although it uses no artifact or variable of
   * them.
   */
  readonly follows?: readonly string[];
  /** Namespace of the variables that the action produces. */
  readonly namespace?: string;
  /** The same namespace as an action of aws-codepipeline-actions writes it: a token. */
  readonly namespaceToken?: string;
  /** Names of these variables, where the provider leaves them to the user. */
  readonly exports?: readonly string[];
  /** Those of them that are ids, digests or names, and so harmless in a shell or in JSON. */
  readonly safeExports?: readonly string[];
  /** Timeout of an approval. */
  readonly timeoutMinutes?: number;
  /** Part of the configuration that is known before anything is rendered. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Commands of a Commands action, as far as they are known before anything is rendered. */
  readonly commands?: readonly string[];
  /** Environment variables of the action, in which CodePipeline substitutes variables. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** Files of the output artifact, where the action type requires them. */
  readonly files?: readonly string[];
  /** Environment that the step deploys to: it runs there, under the role of the environment. */
  readonly environment?: string;
  /** Set for a step that serves an environment but runs beside the pipeline, wherever the environment is. */
  readonly inPipelineEnv?: boolean;
  /** Environment that the step tests: it receives the outputs of the environment. */
  readonly tests?: string;
  readonly spec: Spec;
}

/** Describes what the rest of the pipeline has to know about a step, whatever its kind is. */
export interface StepTraits {
  /** Image that its artifact describes. */
  readonly image?: PushedImage;
  /** Images that it deploys. */
  readonly imageUse?: ImageUse;
  /** Set for a source whose artifact is a reference to a repository, which only CodeBuild can follow. */
  readonly fullClone?: boolean;
  /** Set for a step that can follow such a reference. */
  readonly readsFullClone?: true;
  /** Account and Region of the resource that a source reads. */
  readonly resourceEnv?: Environment;
  /** CloudFormation stack that it deploys. */
  readonly stackName?: string;
  /** Resource that receives the release, and must receive it from one deployment only. */
  readonly receiver?: ReceiverPlan;
  /** Outputs of the environment that tests receive. */
  readonly environmentOutputs?: EnvironmentOutputsPlan;
  /** Set for a step that can read outputs of stacks from files. */
  readonly readsStackOutputs?: true;
  /** Names that the user defines for the step, which outputs of an environment must not overwrite. */
  readonly definedNames?: readonly DefinedName[];
  /** Texts of the user that end up in a build project, and so in the template. */
  readonly projectTexts?: readonly ProjectText[];
  /** Set for the step that deploys the stack of the pipeline. */
  readonly updatesPipeline?: true;
  /** Warnings about the step. */
  readonly warnings?: readonly SynthWarning[];
}

/** Describes an image that a step pushes. */
export interface PushedImage {
  readonly repository: ecr.IRepository;
  /** Several for an index. */
  readonly architectures: readonly Architecture[];
}

/** Describes the images that a step deploys. */
export interface ImageUse {
  /** Artifacts that describe them, or `by-variable` for images whose variables the step uses. */
  readonly artifacts: readonly string[] | 'by-variable';
  /** Whether an index of several platforms can be deployed. */
  readonly takesIndex: boolean;
  /** Architecture that the images run on, if it is known. */
  readonly architecture?: Architecture;
}

/** Describes a resource of an environment that receives releases. */
export interface ReceiverPlan {
  /** Kind of the resource, such as `service`. */
  readonly what: string;
  /** Name that the user knows it by. */
  readonly name: string;
  /** Identity among all receivers of its kind, account and Region. */
  readonly identity: readonly string[];
}

/** Describes what an environment reports to its tests. */
export interface EnvironmentOutputsPlan {
  /** Names of environment variables that every test receives. */
  readonly variables?: readonly string[];
  /** Outputs of a stack, which tests that run commands read from a file. */
  readonly stack?: StackOutputsPlan;
}

/** Describes outputs of a stack, in a file of the artifact of the action that executes its change set. */
export interface StackOutputsPlan {
  readonly stackName: string;
  /** Names of the outputs, and of the environment variables that tests find them in. */
  readonly outputs: readonly string[];
  readonly artifact: string;
  readonly file: string;
}

/** Describes a name that the user defines, by the property that defines it. */
export interface DefinedName {
  readonly prop: string;
  readonly name: string;
}

/** Describes a text of the user in a build project. */
export interface ProjectText {
  /** Property below the path of the step. */
  readonly prop: string;
  readonly text: string;
  /** Whether CodePipeline substitutes variables in it. It never looks into a project. */
  readonly substituted?: true;
}

/** Describes something that the service accepts but that may not do what its author expects. */
export interface SynthWarning {
  /** Id by which the warning can be acknowledged. */
  readonly id: string;
  readonly text: string;
}

export interface ActionPlan extends StepPlan {
  readonly runOrder: number;
}
