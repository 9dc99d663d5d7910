import { Token } from 'aws-cdk-lib';
import type { DeploymentAccessProps } from './props';
import { ACCOUNT_ID, ENVIRONMENT_NAME, PIPELINE_NAME, REGION } from '../../aws/limits';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Environment } from '../../pipeline/env';
import { checkName, problem, type Problem } from '../../pipeline/problems';
import { checkLogDays, planLogDays } from '../../environments/retention';

/** What an environment consists of, and how long its logs are kept. */
export interface AccessPlan {
  readonly environments: ReadonlyArray<{ readonly name: string; readonly steps: readonly StepPlan[] }>;
  readonly logDays: number;
}

/** The artifact is the pipeline's; nothing that is made here depends on which one it is. */
const ARTIFACT = 'Build';

export const planAccess = ({ environments, logRetention }: DeploymentAccessProps): AccessPlan => ({
  logDays: planLogDays(logRetention),
  environments: environments.map(({ environmentName, _options: { target } }) => ({
    name: environmentName,
    steps: target?._plan({ environment: environmentName, artifact: ARTIFACT }) ?? [],
  })),
});

/**
 * Everything that is wrong with the props.
 *
 * @param here account and region of the construct
 */
export function checkAccess(props: DeploymentAccessProps, here: Environment): Problem[] {
  const { pipelineName, pipelineEnv = {}, environments = [], logRetention } = props ?? {};
  const example = "env: { account: '222222222222', region: 'eu-west-1' }";
  const names = environments.map(({ environmentName }) => environmentName);
  return [
    ...checkName('pipelineName', pipelineName, PIPELINE_NAME, 'pass the pipelineName of the pipeline'),
    ...checkName('pipelineEnv.account', pipelineEnv.account, ACCOUNT_ID, 'pass the account of the pipeline'),
    ...checkName('pipelineEnv.region', pipelineEnv.region, REGION, 'pass the region of the pipeline'),
    ...(Token.isUnresolved(here.account) || Token.isUnresolved(here.region)
      ? [
          problem(
            'scope',
            'be in a stack whose account and region are known',
            'tokens',
            `give the stack its place, ${example}`,
          ),
        ]
      : []),
    ...(here.account === pipelineEnv.account && here.region === pipelineEnv.region
      ? [
          problem(
            'pipelineEnv',
            'be another account or region than that of this stack',
            pipelineEnv,
            'leave it to the pipeline: its own account and region need no access',
          ),
        ]
      : []),
    ...(environments.length > 0
      ? []
      : [
          problem(
            'environments',
            'hold at least one environment',
            environments,
            'name those that are in this account and region',
          ),
        ]),
    ...environments.flatMap(({ environmentName, _options: { target, env } }, i) => [
      ...checkName(
        `environments[${i}].environmentName`,
        environmentName,
        ENVIRONMENT_NAME,
        'name it as the pipeline does',
      ),
      ...(names.indexOf(environmentName) < i
        ? [problem(`environments[${i}].environmentName`, 'be named once', environmentName, 'remove one of the two')]
        : []),
      ...(target
        ? target._check(`environments[${i}].target`, { environment: environmentName, artifact: ARTIFACT })
        : [
            problem(
              `environments[${i}].target`,
              'be a DeployTarget',
              target,
              'pass the target that the environment has in the pipeline, also if it is the default of a pattern',
            ),
          ]),
      ...(differs(here, env)
        ? [
            problem(
              `environments[${i}].env`,
              'be the account and region of this stack, if it is given',
              env,
              'put its access into a stack of that account and region',
            ),
          ]
        : []),
    ]),
    ...checkLogDays(planLogDays(logRetention)),
  ];
}

const differs = (here: Environment, env: Environment = {}) =>
  (['account', 'region'] as const).some(
    (key) =>
      env[key] !== undefined &&
      !Token.isUnresolved(here[key]) &&
      !Token.isUnresolved(env[key]) &&
      env[key] !== here[key],
  );
