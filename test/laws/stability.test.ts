import { isDeepStrictEqual } from 'node:util';
import { aws_sns as sns, type Stack } from 'aws-cdk-lib';
import { ALL_VARIANTS } from './all-variants';
import { source } from './variants';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeployTarget,
  EntryCondition,
  FailureHandling,
  Gate,
  Notification,
  NotificationEvent,
  ReleaseFreeze,
  SiteRelease,
  SuccessCondition,
  type WebAppPipelineProps,
} from '../../src';
import { GATES } from '../helpers/gates';
import { statefulOf } from '../helpers/stateful';
import { type CfnTemplate, pipelineOf, resourcesOf, rulesOf, templateOf } from '../helpers/synth';
import { synthesized } from '../helpers/synthesized';

function env(name: string) {
  return new DeploymentEnvironment(name);
}

const two: WebAppPipelineProps = { source, environments: [env('staging'), env('production')] };

/** What the user changes, and which stateful resources may go because of it. */
const CHANGES: ReadonlyArray<[string, WebAppPipelineProps, WebAppPipelineProps, RegExp | undefined]> = [
  ['add the first environment by name', { source }, { source, environments: [env('production')] }, undefined],
  ['add an environment before', { source }, two, undefined],
  [
    'add an environment between',
    two,
    { source, environments: [env('staging'), env('qa'), env('production')] },
    undefined,
  ],
  ['remove an environment', two, { source, environments: [env('production')] }, /Environmentsstaging/],
  ['rename an environment', two, { source, environments: [env('preview'), env('production')] }, /Environmentsstaging/],
  ['reorder environments', two, { source, environments: [env('production'), env('staging')] }, undefined],
  [
    'add an approval',
    { source },
    { source, environments: [new DeploymentEnvironment('production', { approval: Approval.manual() })] },
    undefined,
  ],
  [
    'take an approval out',
    {
      source,
      environments: [
        new DeploymentEnvironment('production', { approval: Approval.manual({ notifyEmails: ['owner@example.com'] }) }),
      ],
    },
    { source },
    /^SiteApproveproduction/,
  ],
  ['add a notification', two, { ...two, notifications: Notification.email(['team@example.com']) }, undefined],
  [
    'take a notification out',
    { ...two, notifications: Notification.email(['team@example.com']) },
    two,
    /^SiteNotificationsEmail/,
  ],
  [
    'change the build',
    two,
    { ...two, buildStep: BuildStep.nodeJs({ directory: 'web', testReports: [], coverageReports: [] }) },
    undefined,
  ],
  [
    'release atomically',
    { source },
    {
      source,
      environments: [
        new DeploymentEnvironment('production', { target: DeployTarget.staticSite({ release: SiteRelease.atomic() }) }),
      ],
    },
    undefined,
  ],
  ['name the pipeline', two, { ...two, pipelineName: 'shop' }, /^Site(Pipeline|ActionLogs)/],
];

test.each(CHANGES)(
  'replaces and deletes no stateful resource unless the user removes it: %s',
  (_, before, after, mayGo) => {
    const was = statefulOf(templateOf(before));
    const is = statefulOf(templateOf(after));
    const gone = Object.keys(was).filter((id) => JSON.stringify(was[id]) !== JSON.stringify(is[id]));
    expect(gone.filter((id) => !mayGo?.test(id))).toEqual([]);
    if (mayGo) expect(gone.length).toBeGreaterThan(0);
  },
);

// But for what the user names, and for the connection of another provider, which is another one.
test('keeps common resources equal between any two variants', () => {
  function isComparable(name: string) {
    return !/named|GitHub Enterprise|GitLab|Bitbucket|Azure/.test(name);
  }

  const variants = Object.entries(ALL_VARIANTS)
    .filter(([name]) => isComparable(name))
    .map(([name, make]) => ({ name, stateful: statefulOf(synthesized(name, make).template) }));
  const shared = new Map<string, { readonly name: string; readonly resource: unknown }>();
  const differing: string[] = [];
  for (const { name, stateful } of variants) {
    for (const [id, resource] of Object.entries(stateful)) {
      const first = shared.get(id);
      if (first === undefined) {
        shared.set(id, { name, resource });
      } else if (!isDeepStrictEqual(first.resource, resource)) {
        differing.push(`${id} of '${first.name}' and of '${name}'`);
      }
    }
  }
  expect(differing).toEqual([]);
});

function commands(ruleName: string) {
  return Gate.commands(['./ready.sh'], { ruleName });
}

function build(stepName: string) {
  return Gate.buildStep(BuildStep.shell(['make ready'], { stepName }));
}

function person(approvalName: string, emails: string[]) {
  return Approval.manual({ approvalName, notifyEmails: emails });
}

const OWNER = person('Owner', ['owner@example.com']);
const TEAM = Notification.email(['team@example.com']);
const SLACK = Notification.slack('T0123ABCD', 'C0123ABCD');

type Options = (stack: Stack) => DeploymentEnvironmentOptions;
type PropsOf = (stack: Stack) => WebAppPipelineProps;

function promoted(options: Options, notifications?: Notification, more: Partial<WebAppPipelineProps> = {}): PropsOf {
  return (stack) => ({
    ...more,
    source,
    notifications,
    environments: [
      new DeploymentEnvironment('staging'),
      new DeploymentEnvironment('production', {
        approval: OWNER,
        beforeEntry: EntryCondition.failUnless([commands('Ready'), build('Steady')]),
        onSuccess: SuccessCondition.rollBackUnless([commands('Ready'), build('Go')]),
        ...options(stack),
      }),
    ],
  });
}

const BEFORE = promoted(() => ({}), TEAM);

/** What is added to a pipeline that has some of everything, or set in front of it. */
const ADDITIONS: Readonly<Record<string, ReturnType<typeof promoted>>> = {
  'a gate in front': promoted(
    () => ({
      beforeEntry: EntryCondition.failUnless([commands('First'), build('Second'), commands('Ready'), build('Steady')]),
    }),
    TEAM,
  ),
  'a gate behind': promoted(
    (stack) => ({
      onSuccess: SuccessCondition.rollBackUnless([commands('Ready'), build('Go'), GATES.function(stack, 'Success')]),
    }),
    TEAM,
  ),
  'an alarm': promoted(
    (stack) => ({
      onSuccess: SuccessCondition.failUnless([GATES.alarm(stack, 'Success'), build('Go'), commands('Ready')]),
    }),
    TEAM,
  ),
  'a freeze': promoted(
    (stack) => ({
      beforeEntry: EntryCondition.failUnless([
        new ReleaseFreeze(stack, 'SiteFreeze').gate(),
        commands('Ready'),
        build('Steady'),
      ]),
    }),
    TEAM,
  ),
  'a retry': promoted(() => ({ onFailure: FailureHandling.retryAllActions() }), TEAM),
  'an approval beside': promoted(
    () => ({ approval: Approval.all([person('Board', ['board@example.com']), OWNER]) }),
    TEAM,
  ),
  'an approval before': promoted(() => ({ approval: Approval.inOrder([person('Board', []), OWNER]) }), TEAM),
  'an address of an approval': promoted(
    () => ({ approval: person('Owner', ['other@example.com', 'owner@example.com']) }),
    TEAM,
  ),
  'an address of a notification': promoted(() => ({}), Notification.email(['other@example.com', 'team@example.com'])),
  'a channel': promoted(() => ({}), Notification.all([SLACK, TEAM])),
  'others who hear of something else': promoted(
    () => ({}),
    Notification.all([
      Notification.email(['lead@example.com'], { audience: 'Leads', events: [NotificationEvent.PIPELINE_STARTED] }),
      TEAM,
    ]),
  ),
  'a topic': (stack) =>
    promoted(() => ({}), Notification.all([Notification.topic(new sns.Topic(stack, 'Other')), TEAM]))(stack),
  'a retry of the build': promoted(() => ({}), TEAM, { onBuildFailure: FailureHandling.retryFailedActions() }),
};

/** The rules of the pipeline and of its notifications, with what each names. */
function namedRules(template: CfnTemplate) {
  return [
    ...rulesOf(template).map(({ rule }) =>
      JSON.stringify([rule.Name, rule.RuleTypeId.Provider, rule.Configuration, rule.RoleArn]),
    ),
    ...resourcesOf(template, 'AWS::CodeStarNotifications::NotificationRule').map(([id, { Properties }]) =>
      JSON.stringify([id, Properties.Name, Properties.EventTypeIds]),
    ),
  ];
}

test.each(Object.entries(ADDITIONS))('keeps the ids and names of all other resources when %s is added', (_, after) => {
  const was = templateOf(BEFORE);
  const is = templateOf(after);
  expect(Object.keys(is.Resources)).toEqual(expect.arrayContaining(Object.keys(was.Resources)));
  expect(statefulOf(is)).toEqual(expect.objectContaining(statefulOf(was)));
  // A rule at success may be looked at to fail instead, but it is the same rule.
  expect(namedRules(is)).toEqual(expect.arrayContaining(namedRules(was)));
  const [stagesBefore, stagesAfter] = [was, is].map((template) => pipelineOf(template).Stages.map(({ Name }) => Name));
  expect(stagesAfter).toEqual(stagesBefore);
  expect(is).not.toEqual(was);
});
