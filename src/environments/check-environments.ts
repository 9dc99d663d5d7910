import { Token } from 'aws-cdk-lib';
import { checkApproval } from './approval/check-approval';
import type { DeploymentEnvironment } from './deployment-environment';
import { DeploymentWave } from './deployment-wave';
import { checkConditionsOf } from '../conditions/plan-conditions';
import {
  deployRequest,
  environmentsIn,
  environmentSteps,
  isCount,
  type EnvironmentsRequest,
} from './plan-environments';
import type { ReleaseDestination, ReleaseDestinationOptions } from './release-destination';
import { ACCOUNT_ID, ENVIRONMENT_NAME, type NameRule, REGION } from '../aws/limits';
import type { Environment } from '../pipeline/env';
import { checkName, problem, type Problem } from '../pipeline/problems';
import { checkRunOrder } from '../pipeline/run-order';

/**
 * What is wrong with where releases go. Names that two of them have are found in the pipeline as a whole.
 *
 * @param place where the user wrote each of them
 */
export function checkEnvironments(
  prop: string,
  request: EnvironmentsRequest,
  place = (index: number) => `${prop}[${index}]`,
): Problem[] {
  const { destinations } = request;
  if (destinations.length === 0)
    return [
      problem(prop, 'hold at least one environment', [], "leave the prop out for a single one named 'production'"),
    ];
  return [
    ...destinations.flatMap((destination, i) => [
      ...(destination instanceof DeploymentWave ? checkWave(place(i), destination) : []),
      ...written(destination, place(i)).flatMap(([at, one]) => checkEnvironment(at, one, request)),
      ...checkStage(place(i), destination._options),
    ]),
    ...environmentSteps(request).flatMap((environments, i) =>
      written(destinations[i], place(i)).flatMap(([at], e) => checkRunOrder(`${at}.tests`, environments[e])),
    ),
  ];
}

/** The environments of a destination, each with the place where the user wrote it. */
const written = (
  destination: ReleaseDestination,
  at: string,
): Array<[at: string, environment: DeploymentEnvironment]> =>
  environmentsIn(destination).map((one, i) => [
    destination instanceof DeploymentWave ? `${at}.environments[${i}]` : at,
    one,
  ]);

/** What is said of a stage. */
const checkStage = (at: string, options: ReleaseDestinationOptions): Problem[] => [
  ...checkApproval(`${at}.approval`, options.approval),
  ...checkConditionsOf(at, options),
];

function checkEnvironment(
  at: string,
  { environmentName, _options: options }: DeploymentEnvironment,
  request: EnvironmentsRequest,
): Problem[] {
  const { target = request.defaultTarget, tests = [] } = options;
  return [
    ...checkName(`${at}.environmentName`, environmentName, ENVIRONMENT_NAME, 'rename it'),
    ...(target
      ? target._check(`${at}.target`, deployRequest(environmentName, request))
      : [
          problem(
            `${at}.target`,
            'be a DeployTarget',
            target,
            `say where releases go, e.g. ${request.image ? 'DeployTarget.ecsService(service)' : 'DeployTarget.staticSite()'}`,
          ),
        ]),
    ...checkEnv(`${at}.env`, options.env),
    ...checkTargetPlace(at, options.env, target?._place()),
    ...tests.flatMap((test, t) => test._check(`${at}.tests[${t}]`)),
  ];
}

/** Tokens are looked at where it is known what they become. */
function checkEnv(prop: string, { account, region }: Environment = {}): Problem[] {
  const known = (key: string, value: string | undefined, rule: NameRule, fix: string) =>
    value === undefined || Token.isUnresolved(value) ? [] : checkName(`${prop}.${key}`, value, rule, fix);
  return [
    ...known('account', account, ACCOUNT_ID, "write it as a text, e.g. '222222222222'"),
    ...known('region', region, REGION, "write it as in 'eu-west-1'"),
  ];
}

/** What is released to an environment may say by itself where it goes; then both must say the same. */
function checkTargetPlace(prop: string, env: Environment = {}, place?: Environment): Problem[] {
  if (place === undefined) return [];
  return (['account', 'region'] as const).flatMap((key) => {
    const [said, known] = [env[key], place[key]];
    if (said === undefined || said === known || Token.isUnresolved(said)) return [];
    return known === undefined
      ? [
          problem(
            `${prop}.target`,
            `say its ${key} where the environment does`,
            'nothing',
            `give the stage the prop env: { ${key}: '${said}' }`,
          ),
        ]
      : [problem(`${prop}.env.${key}`, `be that of the target, ${known}`, said, 'leave it out')];
  });
}

/** What is said of a wave, and not of its stage; and what is said of its environments that belongs to the wave. */
function checkWave(at: string, wave: DeploymentWave): Problem[] {
  const { waveName, _environments: environments, _options: options } = wave;
  return [
    ...checkName(`${at}.waveName`, waveName, ENVIRONMENT_NAME, 'rename it'),
    ...(environments.length > 0
      ? []
      : [problem(`${at}.environments`, 'hold at least one environment', [], 'name one, or leave the wave out')]),
    ...checkMaxParallel(`${at}.maxParallel`, options.maxParallel),
    ...written(wave, at).flatMap(([place, one]) => checkInside(place, one, waveName)),
  ];
}

/** How many begin decides in which order all actions stand, so it cannot be left to the deployment. */
function checkMaxParallel(prop: string, maxParallel: number | undefined): Problem[] {
  if (maxParallel === undefined || isCount(maxParallel)) return [];
  const got = Token.isUnresolved(maxParallel) ? 'a token' : maxParallel;
  return [
    problem(
      prop,
      'be a whole number, at least 1',
      got,
      'say how many environments may be released to at the same time, or leave it out for all',
    ),
  ];
}

/** What is said of a stage, and so of a wave as a whole. Named one by one, so that what is added must be decided, too. */
const OF_THE_WAVE: Readonly<Record<keyof ReleaseDestinationOptions, true>> = {
  production: true,
  approval: true,
  beforeEntry: true,
  onSuccess: true,
  onFailure: true,
};

const checkInside = (
  at: string,
  { environmentName, _options: options }: DeploymentEnvironment,
  waveName: string,
): Problem[] =>
  (Object.keys(OF_THE_WAVE) as Array<keyof ReleaseDestinationOptions>)
    .filter((key) => options[key] !== undefined)
    .map((key) =>
      problem(
        `${at}.${key}`,
        'be left out of an environment in a wave',
        environmentName,
        `say it on the wave '${waveName}': its environments are let in and taken back together`,
      ),
    );
