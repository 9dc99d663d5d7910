import { App, Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  container,
  environment,
  OTHER,
  promotion,
  stackIn,
  unset,
  type Untyped,
  web,
  type WrongInput,
  ENV,
  TARGET,
  at,
  shifted,
  hosted,
  certificate,
  ROLLOUT,
} from './inputs';
import { DeploymentWave, DeployTarget, Notification, Rollout } from '../../../src';

/** Wrong environments and deployments. */
export const ENVIRONMENTS: Readonly<Record<string, WrongInput>> = {
  '26': [
    'a Region with a typing error',
    at({ account: OTHER.account, region: 'eu-wst-1' }),
    `${ENV}.region`,
    'consist of',
  ],
  '27': [
    'an account as a number',
    at({ account: 222222222222, region: 'eu-west-1' }),
    `${ENV}.account`,
    'be a non-empty string',
  ],
  '28': [
    'an account without its zero',
    at({ account: String(12345678901), region: 'eu-west-1' }),
    `${ENV}.account`,
    'consist of 12 digits',
  ],
  '29': [
    'an account from an unset variable',
    at({ account: unset(), region: 'eu-west-1' }),
    `${ENV}.account`,
    'be set in an env',
  ],
  '30': [
    'a pipeline of any account',
    (_, app) => at(OTHER)(new Stack(app, 'Any'), app),
    ENV,
    'be in a pipeline stack with a concrete account',
  ],
  '31': ['env as a string', at('222222222222/eu-west-1'), ENV, 'be an object with account and region'],
  '42': ['0 %', shifted(() => Rollout.canary(0, Duration.minutes(5))), `${ROLLOUT}.percentage`, 'be'],
  '43': ['100 %', shifted(() => Rollout.canary(100, Duration.minutes(5))), `${ROLLOUT}.percentage`, 'be'],
  '44': ['101 %', shifted(() => Rollout.canary(101, Duration.minutes(5))), `${ROLLOUT}.percentage`, 'be'],
  '45': ['a share of 0.1', shifted(() => Rollout.canary(0.1, Duration.minutes(5))), `${ROLLOUT}.percentage`, 'be'],
  '46': [
    'a percentage as a string',
    shifted(() => Rollout.canary('10' as Untyped, Duration.minutes(5))),
    `${ROLLOUT}.percentage`,
    'be',
  ],
  '47': ['a wait as a number', shifted(() => Rollout.canary(10, 5 as Untyped)), `${ROLLOUT}.wait`, 'be a Duration'],
  '48': ['a negative wait', shifted(() => Rollout.canary(10, Duration.minutes(-5))), '', 'cannot be negative'],
  '49': [
    'a canary of a rolling service',
    container(({ service }) => DeployTarget.ecsService(service, { rollout: Rollout.canary(10, Duration.minutes(5)) })),
    ROLLOUT,
    'be Rollout.rolling()',
  ],
  '50': ['90 seconds', shifted(() => Rollout.canary(10, Duration.seconds(90))), `${ROLLOUT}.wait`, 'be'],
  '51': ['3 days', shifted(() => Rollout.canary(10, Duration.days(3))), `${ROLLOUT}.wait`, 'be'],
  '59': [
    'an address from an unset variable',
    web(() => ({ notifications: Notification.email([unset()]) })),
    'notifications.addresses[0]',
    'be',
  ],
  '61': [
    'a Slack workspace by its name',
    web(() => ({ notifications: Notification.slack('acme', 'C0123ABCD') })),
    'notifications.workspaceId',
    'consist of',
  ],
  '63': [
    '60 stacks in a wave',
    promotion(() => [
      new DeploymentWave(
        'w',
        [...Array(60).keys()].map((i) => environment(`e${i}`, { target: DeployTarget.cloudFormationStack(`s${i}`) })),
      ),
    ]),
    'environments',
    "have at most 50 actions in stage 'w'",
  ],
  '64': ['a stack with an underscore', promotion(() => [stackIn('my_stack')]), `${TARGET}.stackName`, 'consist of'],
  '65': [
    'a stack whose name is a token',
    promotion(() => [stackIn(Aws.STACK_NAME)]),
    `${TARGET}.stackName`,
    'be known',
  ],
  '66': [
    'a template outside',
    promotion(() => [stackIn('x', { templatePath: '../t.yaml' })]),
    `${TARGET}.templatePath`,
    "not contain '..'",
  ],
  '67': [
    'an absolute template',
    promotion(() => [stackIn('x', { templatePath: '/t.yaml' })]),
    `${TARGET}.templatePath`,
    'be',
  ],
  '69': [
    'a number as a parameter',
    promotion(() => [stackIn('x', { parameters: { Count: 3 } })]),
    `${TARGET}.parameters.Count`,
    'be a string',
  ],
  '70': ['no target', promotion([environment('p')]), TARGET, 'be a DeployTarget'],
  '84': [
    'an id twice',
    (stack) => {
      web({})(stack, stack.node.root as App);
      web({})(stack, stack.node.root as App);
    },
    '',
    'already a Construct with name',
  ],
  '85': [
    'a certificate of another Region',
    hosted((stack) => ({ domain: { names: ['a.example.com'], certificate: certificate(stack, 'eu-west-1') } })),
    `${TARGET}.hosting.domain.certificate`,
    'be a certificate in us-east-1',
  ],
  '86': [
    'a name as a URL',
    hosted((stack) => ({ domain: { names: ['https://www.example.com'], certificate: certificate(stack) } })),
    `${TARGET}.hosting.domain.names`,
    'be domain names',
  ],
  '87': [
    'no names',
    hosted((stack) => ({ domain: { names: [], certificate: certificate(stack) } })),
    `${TARGET}.hosting.domain.names`,
    'contain at least one name',
  ],
  '88': [
    'a name in two environments',
    hosted((stack) => ({ domain: { names: ['www.example.com'], certificate: certificate(stack) } }), 'a', 'b'),
    'environments[1].target.hosting.domain.names',
    'contain only names that no other site uses',
  ],
};
