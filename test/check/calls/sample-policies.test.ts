import { ActionFixture, callsOfActions, CALLERS, groupsOf } from './actions';
import { ABROAD, FIXTURES, TOKEN_SOURCE } from './actions/fixtures';
import { isOfKind } from './actions/kinds';
import { LEFT_OUT, MADE_OTHERWISE, NO_COUNTERPART, OTHER_PAGES } from './actions/left-out';
import { OBSERVED_DENIALS, ObservedDenial, SAMPLE_POLICIES, SampleGrant } from './sample-policies';
import type { Call } from '../../../src/check/calls/call';
import { PROVIDERS } from '../../../src/check/calls/providers';

type Actions = readonly [provider: string, fixtures: readonly ActionFixture[]];
type Caller = keyof typeof CALLERS;

/** Lists the samples whose calls are not those of the provider under the action role. */
const PLACES: Readonly<Record<string, { readonly actions: readonly Actions[]; readonly caller: Caller }>> = {
  Pipeline: { actions: [['Deploy/S3', FIXTURES['Deploy/S3']]], caller: 'pipeline' },
  'Pipeline/CrossAccountActionRole': { actions: Object.entries(ABROAD), caller: 'abroad' },
  'Source/GitHub': { actions: [['Source/GitHub', [TOKEN_SOURCE]]], caller: 'pipeline' },
  'Invoke/Lambda/FunctionRole': { actions: [['Invoke/Lambda', FIXTURES['Invoke/Lambda']]], caller: 'function' },
  'Project/CodeBuild': { actions: [['Build/CodeBuild', FIXTURES['Build/CodeBuild']]], caller: 'project' },
  'Project/CodeBuild/BatchRole': { actions: [['Build/CodeBuild', FIXTURES['Build/CodeBuild']]], caller: 'batch' },
};

function placeOf(provider: string, caller: Caller = 'action') {
  return Object.hasOwn(PLACES, provider)
    ? PLACES[provider]
    : { actions: [[provider, FIXTURES[provider]]] as const, caller };
}

/** Calls by one of the roles. */
function callsBy({ actions, caller }: { readonly actions: readonly Actions[]; readonly caller: Caller }): Call[] {
  return actions
    .flatMap((one) => callsOfActions(...one))
    .filter((call) => 'role' in call.caller && call.caller.role === CALLERS[caller]);
}

/** Returns whether a call matches the pattern of a policy on a kind of resource. */
function isCall(pattern: string, kinds: string) {
  const [start, end] = pattern.split('*');
  return ({ call, resource, alternativeResource: or }: Call) =>
    (end === undefined ? call === pattern : call.startsWith(start) && call.endsWith(end)) &&
    [resource, or].some((arn) => arn !== undefined && isOfKind(kinds, arn));
}

describe('the table contains every call that AWS recommends to allow, or a reason for its absence', () => {
  const sampled = Object.keys(SAMPLE_POLICIES).filter((provider) => !Object.hasOwn(NO_COUNTERPART, provider));

  test.each(sampled)('%s', (provider) => {
    const calls = callsBy(placeOf(provider));
    const missing = SAMPLE_POLICIES[provider].flatMap((grant: SampleGrant) =>
      grant.actions
        .filter((action) => !calls.some(isCall(action, grant.on)))
        .map((action) => `${action} on ${grant.on}`),
    );
    // Calls that are made must be removed from the list of omissions.
    expect(missing.sort()).toEqual(Object.keys(LEFT_OUT[provider] ?? {}).sort());
  });

  test('each reason belongs to a provider of the samples and is a sentence', () => {
    const reasons = [
      ...Object.values(LEFT_OUT).flatMap(Object.values),
      ...Object.values(NO_COUNTERPART),
      ...Object.values(MADE_OTHERWISE),
      ...Object.values(OTHER_PAGES),
    ];
    expect(reasons.filter((reason: string) => reason.length < 10)).toEqual([]);
    expect(
      [...Object.keys(LEFT_OUT), ...Object.keys(NO_COUNTERPART)].filter(
        (provider) => !Object.hasOwn(SAMPLE_POLICIES, provider),
      ),
    ).toEqual([]);
  });

  test('roles are passed to the services that AWS documents', () => {
    for (const [provider, grants] of Object.entries(SAMPLE_POLICIES)) {
      const services = grants.flatMap(({ passedTo }) => passedTo?.split('|') ?? []);
      if (services.length === 0) continue;
      const passed = callsBy(placeOf(provider))
        .filter(({ call }) => call === 'iam:PassRole')
        .flatMap(({ context }) => context?.['iam:passedtoservice'] ?? []);
      expect([provider, passed.length > 0, passed.filter((service) => !services.includes(service))]).toEqual([
        provider,
        true,
        [],
      ]);
    }
  });
});

describe('the table contains every call whose denial was reported', () => {
  const CALLER: Readonly<Record<ObservedDenial['caller'], Caller>> = {
    'pipeline role': 'action',
    'action role': 'action',
    'cross-account action role': 'action',
    'deployment role': 'deployment',
    'project role': 'project',
    'function role': 'function',
  };
  const PLACE: Readonly<Record<string, (denial: ObservedDenial) => ReturnType<typeof placeOf>>> = {
    Pipeline: ({ caller }) => placeOf(caller === 'pipeline role' ? 'Pipeline' : 'Pipeline/CrossAccountActionRole'),
    'Project/CodeBuild': () => placeOf('Project/CodeBuild'),
  };

  function nameOf({ provider, call, resource }: ObservedDenial) {
    return `${provider} ${call} on ${resource}`;
  }

  test('for the same role and the same kind of resource, except for the listed ones', () => {
    const missing = OBSERVED_DENIALS.filter((denial) => {
      const place = PLACE[denial.provider]?.(denial) ?? placeOf(denial.provider, CALLER[denial.caller]);
      return !callsBy(place).some(isCall(denial.call, denial.resource));
    });
    expect([...new Set(missing.map(nameOf))].sort()).toEqual(Object.keys(MADE_OTHERWISE).sort());
  });
});

describe('providers', () => {
  test('includes all providers that AWS documents', () => {
    expect(Object.keys(PROVIDERS).sort()).toEqual([
      'Approval/Manual',
      'Build/CodeBuild',
      'Build/ECRBuildAndPublish',
      'Compute/Commands',
      'Deploy/AlexaSkillsKit',
      'Deploy/AppConfig',
      'Deploy/CloudFormation',
      'Deploy/CloudFormationStackInstances',
      'Deploy/CloudFormationStackSet',
      'Deploy/CodeDeploy',
      'Deploy/CodeDeployToECS',
      'Deploy/EC2',
      'Deploy/ECS',
      'Deploy/EKS',
      'Deploy/ElasticBeanstalk',
      'Deploy/Lambda',
      'Deploy/OpsWorks',
      'Deploy/S3',
      'Deploy/ServiceCatalog',
      'Invoke/CodePipeline',
      'Invoke/InspectorScan',
      'Invoke/Lambda',
      'Invoke/StepFunctions',
      'Rule/CloudWatchAlarm',
      'Rule/CodeBuild',
      'Rule/Commands',
      'Rule/DeploymentWindow',
      'Rule/LambdaInvoke',
      'Rule/VariableCheck',
      'Source/CodeCommit',
      'Source/CodeStarSourceConnection',
      'Source/ECR',
      'Source/GitHub',
      'Source/S3',
      'Test/CodeBuild',
      'Test/DeviceFarm',
    ]);
  });

  test('cites the page of the sample for each provider', () => {
    const others = Object.keys(FIXTURES).filter((provider) => {
      const pages = SAMPLE_POLICIES[provider].map(({ source }) => source);
      return pages.length > 0 && !pages.includes(PROVIDERS[provider].source);
    });
    expect(others.sort()).toEqual(Object.keys(OTHER_PAGES).sort());
  });

  test(
    'custom actions, such as those of Jenkins, call nothing under roles of ours, and an unknown provider is said ' +
      'to be unknown',
    () => {
      const [, jenkins] = groupsOf('Build/Jenkins', [{ owner: 'Custom', configuration: { ProjectName: 'shop' } }]);
      expect(jenkins).toMatchObject({ action: 'Tested0', calls: [] });
      expect(jenkins.unmodelled).toBeUndefined();
      expect(groupsOf('Deploy/XebiaLabs', [{ owner: 'ThirdParty' }])[1].unmodelled).toBe(
        'Deploy by XebiaLabs (owner ThirdParty)',
      );
    },
  );
});
