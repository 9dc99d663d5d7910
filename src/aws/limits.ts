/**
 * Name patterns and limits of the services.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */

import { REGION_PATTERN } from './regions';

/** Describes the pattern and the maximum length of a name. `description` describes the pattern in errors. */
export interface NameRule {
  readonly pattern: RegExp;
  readonly maxLength: number;
  readonly description: string;
  /** Reserved names. */
  readonly reserved?: readonly string[];
}

/**
 * Names of pipelines. CodePipeline also accepts '@', but the name is part of the name of a log group, which must not
 * contain it.
 */
export const PIPELINE_NAME: NameRule = {
  pattern: /^[A-Za-z0-9._-]+$/,
  maxLength: 100,
  description: "letters, digits, '.', '_' and '-'",
};

/** Lists the construct ids that a pattern uses in addition to those of its steps. */
const PATTERN_IDS = [
  'Role',
  'ImmutableRoleRole',
  'RolePolicy',
  'Pipeline',
  'ArtifactBucket',
  'ArtifactKey',
  'ActionLogs',
  'Triggers',
  'Notifications',
  'Monitoring',
  'Environments',
  'Sources',
];

/** Lists the construct ids that an environment uses in addition to those of named deployments. */
const ENVIRONMENT_IDS = [
  'Tests',
  'ActionRole',
  'MutableRoleActionRole',
  'Outputs',
  'CloudFormationRole',
  'Configuration',
  'AccessLogs',
  'Bucket',
  'Distribution',
  'OriginAccess',
  'ReleaseStore',
  'Router',
  'Url',
  'Service',
  'Cluster',
];

/**
 * Names of steps. They are more restricted than action names, because the name is also an artifact name (no '.', no
 * '@') and, with a suffix, a variable namespace.
 */
export const STEP_NAME: NameRule = {
  pattern: /^[A-Za-z0-9_-]+$/,
  maxLength: 60,
  description: "letters, digits, '_' and '-'",
  // The name is also a construct id. Constructs reserve two ids, and the names of Object exist on every parent.
  reserved: ['Default', 'Resource', ...Object.getOwnPropertyNames(Object.prototype), ...PATTERN_IDS],
};

/** Names of stages. They have the same characters as the stage names that the library generates. */
export const PIPELINE_STAGE_NAME: NameRule = { ...STEP_NAME, maxLength: 100 };

/** Names of environments. They are shorter than step names, because prefixes such as `Approve-` are added. */
export const ENVIRONMENT_NAME: NameRule = { ...STEP_NAME, maxLength: 50 };

/** Names of deployments, which distinguish the deployments of an environment. */
export const DEPLOYMENT_NAME: NameRule = {
  ...STEP_NAME,
  maxLength: 30,
  reserved: [...STEP_NAME.reserved!, ...ENVIRONMENT_IDS],
};

/**
 * Names of containers in task definitions.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const CONTAINER_NAME: NameRule = {
  pattern: /^[A-Za-z0-9_-]+$/,
  maxLength: 255,
  description: "letters, digits, '_' and '-'",
};

/**
 * Families of task definitions.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const TASK_FAMILY: NameRule = {
  pattern: /^[A-Za-z0-9_-]+$/,
  maxLength: 255,
  description: "letters, digits, '_' and '-'",
};
/** Names of Helm releases. @see https://helm.sh/docs/chart_template_guide/builtin_objects/ */
export const HELM_RELEASE: NameRule = {
  pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  maxLength: 53,
  description: "lower case letters, digits and '-', beginning and ending with none of the last",
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const KUBERNETES_NAMESPACE: NameRule = { ...HELM_RELEASE, maxLength: 63 };

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const LAMBDA_ALIAS: NameRule = {
  pattern: /^(?![0-9]+$)[A-Za-z0-9_-]+$/,
  maxLength: 128,
  description: "letters, digits, '_' and '-', not digits alone",
};

/** Paths of charts and manifests. CodePipeline uses them in comma-separated lists and in commands. */
export const KUBERNETES_PATH: NameRule = {
  pattern: /^[A-Za-z0-9_.\/-]+$/,
  maxLength: 255,
  description: "letters, digits, '_', '.', '-' and '/'",
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
export const EKS_ACCESS_POLICY: NameRule = {
  pattern: /^Amazon[A-Za-z0-9]+$/,
  maxLength: 128,
  description: "letters and digits, as in 'AmazonEKSEditPolicy'",
};

/**
 * Account IDs, and Regions of all partitions.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
 */
export const ACCOUNT_ID: NameRule = { pattern: /^\d{12}$/, maxLength: 12, description: '12 digits' };
export const REGION: NameRule = {
  pattern: REGION_PATTERN,
  maxLength: 25,
  description: "a Region such as 'eu-west-1'",
};

/**
 * Names of approvals and of rules. They are shorter than action names, because they are appended to the name of the
 * stage.
 */
export const APPROVAL_NAME: NameRule = { ...STEP_NAME, maxLength: 40, reserved: [] };
export const RULE_NAME: NameRule = APPROVAL_NAME;

/**
 * Branch names that Git accepts, and no full reference name.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export const BRANCH_NAME: NameRule = {
  pattern: new RegExp(
    '^(?![-/]|refs/)(?!.*(\\.\\.|@\\{|//|(^|/)\\.|\\.lock(/|$)))' +
      '[^\\s\\u0000-\\u0020~^:?*[\\\\\\u007f]*[^\\s\\u0000-\\u0020~^:?*[\\\\\\u007f./]$',
  ),
  maxLength: 255,
  description: 'a branch name as git accepts it',
};

/**
 * Names of connections.
 *
 * @see https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
 */
export const CONNECTION_NAME: NameRule = {
  pattern: /^[A-Za-z0-9_.@-]+$/,
  maxLength: 32,
  description: "letters, digits, '_', '.', '@' and '-'",
};

/** Names of Systems Manager parameters. */
export const SSM_PARAMETER_NAME: NameRule = {
  pattern: /^[A-Za-z0-9_.\/-]+$/,
  maxLength: 1011,
  description: "letters, digits, '_', '.', '-' and '/'",
};

/**
 * Matches names of Systems Manager parameters that are reserved.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export const RESERVED_PARAMETER = /^\/?(aws|ssm)/i;

export const PIPELINE_LIMITS = {
  minStages: 2,
  maxStages: 50,
  maxActionsPerStage: 50,
  maxActions: 1000,
  /** Characters of a configuration key. */
  configurationKey: 50,
  /** Characters of one configuration value of an action, before variables are resolved. */
  configurationValue: 1000,
  /** Commands of one Commands action. */
  commands: 50,
  /** Characters of one command. */
  commandLength: 1000,
  /** Minutes of the timeout of a manual approval. */
  approvalMinutes: { min: 5, max: 86_400 },
  /** Rules of one condition. A stage has at most one condition of each type. */
  rulesPerCondition: { min: 1, max: 5 },
  /** Minutes that a rule monitors an alarm: the timeout of an action. */
  alarmMinutes: { min: 1, max: 86_400 },
  pipelineVariables: 50,
  /** Characters of the value of a pipeline variable, and of its description. */
  variableValue: 1000,
  variableDescription: 200,
  /** Git triggers: filters of a kind for one source, patterns in one list, characters of a pattern. */
  filtersPerTrigger: 3,
  patternsPerList: 8,
  patternLength: 255,
  triggers: 50,
  /** Bytes of all git triggers together. */
  triggerBytes: 200 * 1024,
  /** Characters of the reason for a disabled transition. */
  disabledReason: {
    pattern: /^[a-zA-Z0-9!@ ().*?-]+$/,
    maxLength: 300,
    description: "letters, digits, spaces and any of '!@().*?-'",
  },
} as const;

/** Names of pipeline variables. */
export const PIPELINE_VARIABLE_NAME: NameRule = {
  pattern: /^[A-Za-z0-9@_-]+$/,
  maxLength: 128,
  description: "letters, digits, '@', '_' and '-'",
};

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionTypeId.html */
export const CUSTOM_ACTION_LIMITS = {
  providerPattern: /^[0-9A-Za-z_-]+$/,
  maxProviderLength: 35,
  maxVersionLength: 9,
} as const;

/**
 * Keys of a JSON secret that can be referenced. They must not contain a colon, which separates the parts of a
 * reference.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export const SECRET_FIELD: NameRule = {
  pattern: /^[^:\s]+$/,
  maxLength: 256,
  description: "characters other than ':' and spaces",
};

/** Names of actions, artifacts and namespaces. */
export const ACTION_NAME_LENGTH = 100;
export const ARTIFACT_NAME: NameRule = {
  pattern: /^[A-Za-z0-9_-]+$/,
  maxLength: 100,
  description: "letters, digits, '_' and '-'",
};
export const VARIABLE_NAMESPACE: NameRule = {
  pattern: /^[A-Za-z0-9@_-]+$/,
  maxLength: 100,
  description: "letters, digits, '@', '_' and '-'",
  reserved: ['codepipeline', 'variables'],
};

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html */
export const BUILD_LIMITS = {
  timeoutMinutes: { min: 5, max: 2160 },
  queuedTimeoutMinutes: { min: 5, max: 480 },
  /**
   * CodePipeline ends actions of the category Test after 8 hours.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
   */
  testTimeoutMinutes: { min: 5, max: 480 },
  securityGroups: { min: 1, max: 5 },
  subnets: { min: 1, max: 16 },
  /** Builds of one matrix. AWS documents no limit. This limit prevents accidental growth. */
  matrixBuilds: 100,
} as const;

/**
 * Names of environment variables of builds.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-env-vars.html
 */
export const BUILD_VARIABLE_NAME: NameRule = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  maxLength: 128,
  description: "letters, digits and '_', not beginning with a digit",
};

/**
 * Limits of Commands actions.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_EnvironmentVariable.html
 */
export const COMMANDS_LIMITS = {
  environmentVariables: 10,
  environmentValue: { min: 1, max: 2000 },
  outputVariables: 15,
  outputVariable: 128,
  filePattern: 128,
} as const;

/** Match the ARNs of connections and hosts. */
export const CONNECTION_ARN =
  /^arn:aws(-[a-z]+)*:(codeconnections|codestar-connections):[a-z]+(-[a-z]+)+-\d:\d{12}:connection\/[A-Za-z0-9-]+$/;
export const CONNECTION_HOST_ARN =
  /^arn:aws(-[a-z]+)*:(codeconnections|codestar-connections):[a-z]+(-[a-z]+)+-\d:\d{12}:host\/[A-Za-z0-9/-]+$/;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
export const STACK_NAME: NameRule = {
  pattern: /^[A-Za-z][A-Za-z0-9-]*$/,
  maxLength: 128,
  description: "letters, digits and '-', beginning with a letter",
};

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
export const STACK_PARAMETER: NameRule = {
  pattern: /^[A-Za-z0-9]+$/,
  maxLength: 255,
  description: 'letters and digits',
};

/** Names of stack outputs that are also valid names of environment variables. */
export const STACK_OUTPUT: NameRule = {
  pattern: /^[A-Za-z][A-Za-z0-9]*$/,
  maxLength: 128,
  description: 'letters and digits, beginning with a letter',
};

/**
 * Bytes of the JSON of all parameters.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export const STACK_PARAMETERS_BYTES = 1024;

/**
 * Object keys without characters that require special handling.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export const OBJECT_KEY: NameRule = {
  pattern: /^[A-Za-z0-9!_.*'()\/-]*[A-Za-z0-9!_.*'()-]$/,
  maxLength: 1000,
  description: "letters, digits and any of '!-_.*'()/', not ending with '/'",
};

/** Image tags. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html */
export const IMAGE_TAG: NameRule = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/,
  maxLength: 128,
  description: "letters, digits, '_', '.' and '-', beginning with neither of the last two",
};

/**
 * Names of ECR repositories.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
 */
export const REPOSITORY_NAME: NameRule = {
  pattern: /^(?=.{2,})[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/,
  maxLength: 256,
  description: "2 or more lower-case letters and digits, with single '.', '_', '-' and '/' between them",
};

/**
 * Repository prefixes of pull-through cache rules.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 */
export const REPOSITORY_PREFIX: NameRule = { ...REPOSITORY_NAME, maxLength: 30 };

/** Domains of registries, with an optional port. */
export const REGISTRY_DOMAIN: NameRule = {
  pattern: /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:\d{1,5})?$/,
  maxLength: 255,
  description: 'a domain and perhaps a port',
};

/**
 * Limits the number of images that a repository keeps: at least one for a rollback, at most the quota of ECR.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
 */
export const KEPT_IMAGES = { min: 10, max: 10_000 };
