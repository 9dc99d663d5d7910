import type { aws_ecr as ecr, aws_s3 as s3, aws_iam as iam, aws_sns as sns } from 'aws-cdk-lib';
import type { Environment } from './env';
import type { ActionProvider, ActionProviderId } from '../aws/action-providers';
import type { Architecture } from '../aws/builds';

export type PullRequestEventPlan = 'OPEN' | 'UPDATED' | 'CLOSED';

/** Describes globs: at least one of `includes` must match, and none of `excludes`. */
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

/** Describes a filter, which matches if all of its parts match. */
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
  /** Name of the pipeline, which may be a token. */
  readonly name: string;
  /** Text that identifies the pipeline at synth time, independent of account and Region. */
  readonly key: string;
}

/** Describes the events that a channel is notified of. */
export interface NotificationPlan {
  /** Path of the property that the notification comes from, such as `notifications.all[1]`. */
  readonly path: string;
  /** Unique ids of events, in the order of the enum. */
  readonly events: readonly string[];
  readonly detail: 'FULL' | 'BASIC';
  readonly channel: ChannelSpec;
}

/**
 * Describes a channel with everything that rendering requires. Each kind of channel extends it in its own folder; only
 * that folder reads its fields.
 */
export interface ChannelSpec {
  readonly kind: string;
  /** Identity among all channels, by which duplicates are recognized. */
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
  /** Path of the property that the environment comes from, such as `environments[1]`. */
  readonly path: string;
  /** Explicit account and Region. By default, those of the pipeline. */
  readonly env: Environment;
  /** Whether a `DeploymentAccess` creates its roles. */
  readonly existingAccess: boolean;
}

/**
 * Describes an action or a rule with everything that rendering requires. Each kind extends it in its own folder; only
 * that folder reads the further fields. Fields that the rest of the pipeline reads belong to {@link StepPlan}.
 */
export interface ActionSpec {
  readonly kind: string;
}

/**
 * Describes a pipeline before it is rendered. A plan is plain data: primitives, other plans, and constructs of the user
 * that planning passes on without reading them.
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
  /** Bucket of the user for the artifacts. By default, a new one. */
  readonly artifactBucket?: s3.IBucket;
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
  /** Path of the property that the stage comes from, such as `environments[1]`. */
  readonly path: string;
  /** Environments that the stage deploys to. */
  readonly environments?: readonly EnvironmentPlan[];
  /** Set for a wave, whose environments have other names than the stage. */
  readonly wave?: true;
  /** Condition for an execution to enter the stage. */
  readonly beforeEntry?: ConditionPlan<'FAIL' | 'SKIP'>;
  /** Condition that is evaluated after all actions have succeeded. */
  readonly onSuccess?: ConditionPlan<'FAIL' | 'ROLLBACK'>;
  /** Action of CodePipeline when the stage fails. None by default. */
  readonly onFailure?: FailurePlan;
  /** Reason why the transition into the stage is disabled. */
  readonly disabledReason?: string;
  readonly actions: readonly ActionPlan[];
}

/** Describes a condition at one point of a stage, and the result when one of its rules fails. */
export interface ConditionPlan<Result extends string> {
  /** Path of the property that the condition comes from. */
  readonly path: string;
  readonly result: Result;
  readonly rules: readonly RulePlan[];
}

/** Describes a rule of a condition: a step without a run order and without outputs. */
export type RulePlan = StepPlan;

/** Describes failure handling. A rollback without rules always occurs. Rules and a retry exclude each other. */
export type FailurePlan =
  | { readonly kind: 'roll-back'; readonly path: string; readonly rules: readonly RulePlan[] }
  | { readonly kind: 'retry'; readonly path: string; readonly mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS' };

/** Describes a step without its run order in the stage. */
export interface StepPlan<Spec extends ActionSpec = ActionSpec> extends StepTraits {
  /** Name, unique in the pipeline. */
  readonly name: string;
  /** Path of the property that the step comes from, such as `environments[1].target`. */
  readonly path: string;
  /** Names of the properties below `path` by configuration key, where they differ. */
  readonly propNames?: Readonly<Record<string, string>>;
  readonly provider: ActionProviderId | ActionProvider;
  /** Names of artifacts. The primary artifact has the name of the step; other names begin with it. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Names of steps of the same stage that complete before this one starts, besides those whose outputs it uses. */
  readonly after?: readonly string[];
  /** Names of steps of this or earlier stages whose results it uses without an artifact or a variable. */
  readonly follows?: readonly string[];
  /** Namespace of the variables that the action produces. */
  readonly namespace?: string;
  /** Token of the namespace, as actions of aws-codepipeline-actions refer to it. */
  readonly namespaceToken?: string;
  /** Names of the variables, if the provider lets the user choose them. */
  readonly exports?: readonly string[];
  /** Variables whose values are ids, digests or names, and therefore safe in a shell or in JSON. */
  readonly safeExports?: readonly string[];
  /** Timeout of an approval. */
  readonly timeoutMinutes?: number;
  /** Configuration that is known before rendering. */
  readonly configuration: Readonly<Record<string, string>>;
  /** Commands of a Commands action that are known before rendering. */
  readonly commands?: readonly string[];
  /** Environment variables of the action, in which CodePipeline resolves variables. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** Files of the output artifact, where the action type requires them. */
  readonly files?: readonly string[];
  /** Environment that the step deploys to. The step runs there with the action role of the environment. */
  readonly environment?: string;
  /** Set for a step of an environment that runs in the account and Region of the pipeline. */
  readonly inPipelineEnv?: boolean;
  /** Environment that the step tests. The step receives the outputs of the environment. */
  readonly tests?: string;
  /** Set for a test that runs in the account and Region of its environment, under a separate role there. */
  readonly inTestedEnv?: true;
  readonly spec: Spec;
}

/** Describes the properties of a step that the rest of the pipeline reads, independent of its kind. */
export interface StepTraits {
  /** Image that the artifact of the step describes. */
  readonly image?: EcrImage;
  /** Set for a build that certainly writes no description of an image. */
  readonly writesNoImage?: true;
  /** Images that the step deploys. */
  readonly imageUse?: ImageUse;
  /** Set for a source whose artifact is a reference to a repository, which only CodeBuild can resolve. */
  readonly fullClone?: boolean;
  /** Set for a step that can resolve such a reference. */
  readonly readsFullClone?: true;
  /**
   * Variables of a source that some executions lack because of what started them, with these starts in words, as in
   * `a pull request`.
   */
  readonly missingVariables?: Readonly<Record<string, string>>;
  /** Actions on the artifact store that a source performs in addition to reading and writing artifacts. */
  readonly artifactCalls?: readonly string[];
  /** Account and Region of the resource that a source reads. */
  readonly resourceEnv?: Environment;
  /** CloudFormation stack that the step deploys. */
  readonly stackName?: string;
  /** What the step does with a change set of a CloudFormation stack. */
  readonly changeSet?: 'create' | 'execute';
  /** Set for a step that publishes the assets that change sets require. */
  readonly publishesAssets?: true;
  /** Resource that receives the release. It must not receive releases of another step. */
  readonly receiver?: ReceiverPlan;
  /** Domain names of the site that the step deploys. */
  readonly domainNames?: readonly string[];
  /** Outputs of the environment that tests receive. */
  readonly environmentOutputs?: EnvironmentOutputsPlan;
  /** How the step receives stack outputs, if it can: from the files of their artifacts, or from variables. */
  readonly readsStackOutputs?: 'files' | 'variables';
  /** Maximum number of environment variables of the step, if it is limited. */
  readonly maxVariables?: number;
  /** Names that the user defines for the step, which must differ from the outputs of its environment. */
  readonly definedNames?: readonly DefinedName[];
  /** Texts of the user that become part of a build project, and so of the template. */
  readonly projectTexts?: readonly ProjectText[];
  /** Fix of a secret in a text of the step, if the step has no option for secrets. */
  readonly secretFix?: string;
  /** Set for the step that deploys the stack of the pipeline. */
  readonly updatesPipeline?: true;
  /** Warnings about the step. */
  readonly warnings?: readonly SynthWarning[];
}

/** Describes the image in ECR that a step pushes, or that a source reads. */
export interface EcrImage {
  readonly repository: ecr.IRepository;
  /** Architectures of the image; several for an image index, and undefined if they are unknown. */
  readonly architectures?: readonly Architecture[];
}

/** Describes the images that a step deploys. */
export interface ImageUse {
  /** Artifacts that describe them, or `by-variable` for images whose variables the step uses. */
  readonly artifacts: readonly string[] | 'by-variable';
  /** Whether an image index with several platforms can be deployed. */
  readonly takesIndex: boolean;
  /** Architecture that the images run on, if known. */
  readonly architecture?: Architecture;
  /** Task definition of this app whose execution role pulls the images. */
  readonly taskDefinition?: PullingTaskDefinition;
}

/** Describes a task definition on capacity where the execution role pulls images. */
export interface PullingTaskDefinition {
  /** Property below the path of the step. */
  readonly prop: string;
  /** Path of the construct. */
  readonly constructPath: string;
  readonly executionRole?: iam.IRole;
}

/** Describes a resource of an environment that receives releases. */
export interface ReceiverPlan {
  /** Kind of the resource, such as `service`. */
  readonly resourceKind: string;
  /** Name of the resource in error messages. */
  readonly name: string;
  /** Identity among the receivers of the same kind, account and Region. */
  readonly identity: readonly string[];
}

/** Describes the outputs of an environment that its tests receive. */
export interface EnvironmentOutputsPlan {
  /** Names of environment variables that every test receives. */
  readonly variables?: readonly string[];
  /** Stack outputs, which tests that run commands read from a file. */
  readonly stack?: StackOutputsPlan;
}

/** Describes stack outputs, which the action that executes the change set writes to a file of its artifact. */
export interface StackOutputsPlan {
  readonly stackName: string;
  /** Names of the outputs, and of the environment variables of tests that contain them. */
  readonly outputs: readonly string[];
  readonly artifact: string;
  readonly file: string;
  /** Namespace of the variables with the outputs. */
  readonly namespace: string;
}

/** Describes a name that the user defines, with the property that defines it. */
export interface DefinedName {
  readonly prop: string;
  readonly name: string;
}

/** Describes a text of the user in a build project. */
export interface ProjectText {
  /** Property below the path of the step. */
  readonly prop: string;
  readonly text: string;
  /** Set if CodePipeline resolves variables in the text. CodePipeline does not read build projects. */
  readonly substituted?: true;
}

/** Describes a configuration that the service accepts but that may have unexpected effects. */
export interface SynthWarning {
  /** Id by which the warning can be acknowledged. */
  readonly id: string;
  readonly text: string;
  /** Set for an information that requires no change of the configuration. */
  readonly informational?: true;
}

export interface ActionPlan extends StepPlan {
  readonly runOrder: number;
}
