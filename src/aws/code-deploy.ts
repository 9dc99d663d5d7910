interface PredefinedConfiguration {
  readonly kind: string;
  readonly percentage?: number;
  readonly minutes?: number;
  readonly name: string;
}

/**
 * Deployment configurations of AWS for Amazon ECS.
 *
 * @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-ecs
 */
export const PREDEFINED_ECS: readonly PredefinedConfiguration[] = [
  { kind: 'all-at-once', name: 'CodeDeployDefault.ECSAllAtOnce' },
  { kind: 'canary', percentage: 10, minutes: 5, name: 'CodeDeployDefault.ECSCanary10Percent5Minutes' },
  { kind: 'canary', percentage: 10, minutes: 15, name: 'CodeDeployDefault.ECSCanary10Percent15Minutes' },
  { kind: 'linear', percentage: 10, minutes: 1, name: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' },
  { kind: 'linear', percentage: 10, minutes: 3, name: 'CodeDeployDefault.ECSLinear10PercentEvery3Minutes' },
];

/**
 * What CodeDeploy can do.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html
 * @see https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TimeBasedCanary.html
 */
export const CODE_DEPLOY_LIMITS = {
  /** Percent of the traffic that one step moves. */
  percentage: { min: 1, max: 99 },
  /** Minutes between two steps, and between the first and the last. */
  minutes: { min: 1, max: 2880 },
  /** Minutes that the old tasks stay. */
  bakeMinutes: { min: 0, max: 2880 },
  alarms: 10,
} as const;

/** Minutes that the old tasks stay unless somebody says otherwise. */
export const DEFAULT_BAKE_MINUTES = 5;

/**
 * What the action CodeDeployToECS fills in when it runs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECSbluegreen.html
 */
export const CODE_DEPLOY_TO_ECS = {
  taskDefinition: 'taskdef.json',
  appSpec: 'appspec.yaml',
  /** In the AppSpec: the revision that it has registered. */
  taskDefinitionPlaceholder: '<TASK_DEFINITION>',
  /** Images that it can fill in. */
  images: 4,
} as const;

/** The name of a placeholder for an image, and how it stands in a task definition. */
export function imagePlaceholder(index: number) {
  return `IMAGE${index + 1}_NAME`;
}
export function placed(placeholder: string) {
  return `<${placeholder}>`;
}

/**
 * The hooks of an AppSpec for Amazon ECS, by what we call them. @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
 */
export const APP_SPEC_HOOKS = {
  beforeInstall: 'BeforeInstall',
  afterInstall: 'AfterInstall',
  afterAllowTestTraffic: 'AfterAllowTestTraffic',
  beforeAllowTraffic: 'BeforeAllowTraffic',
  afterAllowTraffic: 'AfterAllowTraffic',
} as const;
