interface PredefinedConfiguration {
  readonly kind: string;
  readonly percentage?: number;
  readonly minutes?: number;
  readonly name: string;
}

/**
 * Lists the predefined deployment configurations for Amazon ECS.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
export const PREDEFINED_ECS: readonly PredefinedConfiguration[] = [
  { kind: 'all-at-once', name: 'CodeDeployDefault.ECSAllAtOnce' },
  { kind: 'canary', percentage: 10, minutes: 5, name: 'CodeDeployDefault.ECSCanary10Percent5Minutes' },
  { kind: 'canary', percentage: 10, minutes: 15, name: 'CodeDeployDefault.ECSCanary10Percent15Minutes' },
  { kind: 'linear', percentage: 10, minutes: 1, name: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' },
  { kind: 'linear', percentage: 10, minutes: 3, name: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes' },
];

/**
 * Lists the limits of CodeDeploy.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TimeBasedCanary.html
 */
export const CODE_DEPLOY_LIMITS = {
  /** The percentage of the traffic that one step shifts. */
  percentage: { min: 1, max: 99 },
  /** Minutes between two steps, and between the first and the last. */
  minutes: { min: 1, max: 2880 },
  /** Minutes until the original tasks are terminated: the quota. The API allows 2,880. */
  bakeMinutes: { min: 0, max: 2800 },
  /** Alarms of a deployment group. The quota can be increased. */
  alarms: 50,
} as const;

/** The default number of minutes until the original tasks are terminated. */
export const DEFAULT_BAKE_MINUTES = 5;

/**
 * Describes the files and placeholders of the action CodeDeployToECS.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export const CODE_DEPLOY_TO_ECS = {
  taskDefinition: 'taskdef.json',
  appSpec: 'appspec.yaml',
  /** The placeholder in the AppSpec for the registered task definition. */
  taskDefinitionPlaceholder: '<TASK_DEFINITION>',
  /** The maximum number of images. */
  images: 4,
} as const;

/** Returns the name of the placeholder for an image. */
export function imagePlaceholder(index: number) {
  return `IMAGE${index + 1}_NAME`;
}

/** Returns the form of a placeholder in a task definition. */
export function placeholderToken(placeholder: string) {
  return `<${placeholder}>`;
}

/**
 * Maps the options of the library to the hooks of an AppSpec for Amazon ECS.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
 */
export const APP_SPEC_HOOKS = {
  beforeInstall: 'BeforeInstall',
  afterInstall: 'AfterInstall',
  afterAllowTestTraffic: 'AfterAllowTestTraffic',
  beforeAllowTraffic: 'BeforeAllowTraffic',
  afterAllowTraffic: 'AfterAllowTraffic',
} as const;
