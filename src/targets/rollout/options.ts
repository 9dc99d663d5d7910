import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda, Duration } from 'aws-cdk-lib';

/** Options of every {@link Rollout} that moves traffic from one release to another. */
export interface RolloutOptions {
  /**
   * Alarms of the account and region of the environment, at most 10. One that goes off while traffic moves, or until the old release is gone, takes
   * all traffic back to it and fails the deployment.
   *
   * @default - none: only tasks that do not become healthy, and hooks, take it back
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * How long the old release stays beside the new one when all traffic has moved; until then traffic can go back at once. Whole minutes, at most 48
   * hours; two releases cost what two cost.
   *
   * @default - 5 minutes
   */
  readonly bakeTime?: Duration;

  /**
   * Functions that are asked whether to go on.
   *
   * @default - none
   */
  readonly hooks?: RolloutHooks;
}

/**
 * Functions that are asked during a deployment, each at one point of it, in this order. A function that fails, or does not answer within an hour,
 * takes traffic back.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-ecs
 */
export interface RolloutHooks {
  /**
   * Before the tasks of the new release are made. There is nothing to take back yet.
   *
   * @default - none
   */
  readonly beforeInstall?: lambda.IFunction;

  /**
   * When its tasks are there, and get no traffic yet.
   *
   * @default - none
   */
  readonly afterInstall?: lambda.IFunction;

  /**
   * When the test listener sends its traffic to it: the moment for tests before any user sees it.
   *
   * @default - none
   */
  readonly afterAllowTestTraffic?: lambda.IFunction;

  /**
   * Before the first traffic of users is sent to it.
   *
   * @default - none
   */
  readonly beforeAllowTraffic?: lambda.IFunction;

  /**
   * When all traffic of users is sent to it.
   *
   * @default - none
   */
  readonly afterAllowTraffic?: lambda.IFunction;
}
