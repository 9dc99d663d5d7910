import { ACCOUNT, type ActionFixture, callsOfActions, REGION, stackWith } from './actions';
import { FIXTURES } from './actions/fixtures';
import type { Resource } from '../../../src/assembly/template';
import type { Call } from '../../../src/check/calls/call';
import { check } from '../../../src/check/check';
import { buildCommands, indexCommands } from '../../../src/steps/docker/docker-commands';
import { pullCommands } from '../../../src/steps/ecr-commands';
import { allow, document } from '../../helpers/small-pipeline';

type Resources = Readonly<Record<string, Resource>>;

function arn(service: string, resource: string) {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}

function role(name: string) {
  return `arn:aws:iam::${ACCOUNT}:role/${name}`;
}

function show(text: string) {
  return text.replace(/[\u{f0000}-\u{10fffd}]/gu, '{}');
}

/** Returns the calls of a role, and of the services that assume it. */
function callsOf(name: string, provider: string, action: ActionFixture, resources: Resources) {
  return callsOfActions(provider, [action], resources).filter(({ caller, resource }) =>
    'role' in caller ? caller.role === role(name) : resource === role(name),
  );
}

function inShort({ call, resource }: Call) {
  return `${call} ${show(resource)}`;
}

const SERVICE = arn('ecs', 'service/cluster/service');
const PASSED = ['task', 'execution'].map((name) => `iam:PassRole ${role(name)}`);

describe('a state machine', () => {
  const [ACTION] = FIXTURES['Invoke/StepFunctions'];

  function task(api: string, Arguments: object) {
    return { Type: 'Task', Resource: `arn:aws:states:::aws-sdk:ecs:${api}`, Arguments };
  }

  const update = task('updateService', { Cluster: 'cluster', Service: 'service', TaskDefinition: '{% $given %}' });
  const look = task('describeServiceRevisions', { ServiceRevisionArns: '{% $listed %}' });

  function calls(properties: object) {
    return callsOf('machine', 'Invoke/StepFunctions', ACTION, {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { StateMachineName: 'machine', RoleArn: role('machine'), ...properties },
      },
    });
  }

  function of(States: object) {
    return calls({ DefinitionString: JSON.stringify({ States }) }).map(inShort);
  }

  const LOOKS = ['service/cluster/service', 'service-revision/cluster/service/{}'].map(
    (one) => `ecs:DescribeServiceRevisions ${arn('ecs', one)}`,
  );
  const TAKEN_ON = `sts:AssumeRole ${role('machine')}`;

  test('is assumed by Step Functions, and a task without a service uses the service of another task', () => {
    expect(of({ update, look })).toEqual([TAKEN_ON, `ecs:UpdateService ${SERVICE}`, ...PASSED, ...LOOKS]);
    expect(calls({})[0].context).toEqual({
      'aws:sourcearn': [arn('states', 'stateMachine:machine')],
      'aws:sourceaccount': [ACCOUNT],
    });
  });

  test('passes no roles if it updates without a task definition', () => {
    expect(of({ update: task('updateService', { Cluster: 'cluster', Service: 'service', DesiredCount: 2 }) })).toEqual([
      TAKEN_ON,
      `ecs:UpdateService ${SERVICE}`,
    ]);
  });

  test('reports an unknown resource for two services', () => {
    const other = task('listServiceDeployments', { Cluster: 'cluster', Service: 'other' });
    expect(of({ update, other, look }).filter((call) => call.includes('Revisions'))).toEqual([
      `ecs:DescribeServiceRevisions ${arn('ecs', 'service/{}')}`,
      `ecs:DescribeServiceRevisions ${arn('ecs', 'service-revision/{}/{}')}`,
    ]);
  });

  test('makes the calls of its branches and maps', () => {
    const both = {
      Type: 'Parallel',
      Branches: [{ States: { update } }, { States: { each: { Type: 'Map', ItemProcessor: { States: { look } } } } }],
    };
    expect(of({ both })).toEqual(of({ update, look }));
  });

  test('has names with substitutions', () => {
    const filled = JSON.stringify({ States: { update, look } }).replace('"service"', '"${name}"');
    expect(calls({ DefinitionString: filled, DefinitionSubstitutions: { name: 'service' } }).map(inShort)).toEqual(
      of({ update, look }),
    );
  });

  test.each([
    ['no JSON', '{'],
    [
      'other services',
      JSON.stringify({ States: { call: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' } } }),
    ],
  ])('makes no known calls: %s', (_, DefinitionString) => {
    expect(calls({ DefinitionString }).map(inShort)).toEqual([TAKEN_ON]);
  });
});

describe('a deployment group of ECS', () => {
  const [ACTION] = FIXTURES['Deploy/CodeDeployToECS'];
  const [USERS, TESTS] = ['users', 'tests'].map((name) => arn('elasticloadbalancing', `listener/app/api/1/${name}`));

  function groupWith(more: object = {}): Resource {
    return {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: {
        ...ACTION.configuration,
        ServiceRoleArn: role('mover'),
        ECSServices: [{ ClusterName: 'cluster', ServiceName: 'service' }],
        ...more,
      },
    };
  }

  function group(more: object) {
    return callsOf('mover', 'Deploy/CodeDeployToECS', ACTION, { Group: groupWith(more) });
  }

  test('is assumed by CodeDeploy, which makes the calls of the managed policy', () => {
    const calls = group({
      LoadBalancerInfo: {
        TargetGroupPairInfoList: [
          { ProdTrafficRoute: { ListenerArns: [USERS] }, TestTrafficRoute: { ListenerArns: [TESTS] } },
        ],
      },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: 'errors' }] },
    });
    expect(calls[0].context).toEqual({
      'aws:sourceaccount': [ACCOUNT],
      'aws:sourcearn': [arn('codedeploy', 'deploymentgroup:shop/servers')],
    });

    function rules(listener: string) {
      return `${listener.replace(':listener/', ':listener-rule/')}/{}`;
    }

    expect(calls.map(inShort)).toEqual([
      `sts:AssumeRole ${role('mover')}`,
      ...['DescribeServices', 'UpdateServicePrimaryTaskSet'].map((call) => `ecs:${call} ${SERVICE}`),
      ...['CreateTaskSet', 'DeleteTaskSet'].map((call) => `ecs:${call} ${arn('ecs', 'task-set/cluster/service/{}')}`),
      ...['DescribeTargetGroups', 'DescribeListeners', 'DescribeRules'].map((call) => `elasticloadbalancing:${call} *`),
      ...[USERS, TESTS].map((listener) => `elasticloadbalancing:ModifyListener ${listener}`),
      ...[USERS, TESTS].map((listener) => `elasticloadbalancing:ModifyRule ${rules(listener)}`),
      `cloudwatch:DescribeAlarms ${arn('cloudwatch', 'alarm:errors')}`,
      ...PASSED,
    ]);
  });

  /** It is unknown whether a call has this tag. */
  const PERHAPS = { Condition: { StringEquals: { 'aws:RequestTag/team': 'shop' } } };
  test.each<[string, object, string]>([
    ['the service', allow('Make', 'ecs:CreateTaskSet', SERVICE), 'ALLOWED'],
    ['the task set', allow('Make', 'ecs:CreateTaskSet', arn('ecs', 'task-set/cluster/service/*')), 'ALLOWED'],
    ['perhaps the service', allow('Make', 'ecs:CreateTaskSet', SERVICE, PERHAPS), 'UNKNOWN'],
    [
      'perhaps the task set',
      allow('Make', 'ecs:CreateTaskSet', arn('ecs', 'task-set/cluster/service/*'), PERHAPS),
      'UNKNOWN',
    ],
    ['another service', allow('Make', 'ecs:CreateTaskSet', arn('ecs', 'service/cluster/other')), 'DENIED'],
  ])('creates task sets if its role allows it on %s', (_, statement, expected) => {
    const verdicts: string[] = [];
    const mover = {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'mover',
        AssumeRolePolicyDocument: document(),
        Policies: [{ PolicyName: 'Mover', PolicyDocument: document(statement) }],
      },
    };
    check([stackWith('Deploy/CodeDeployToECS', [ACTION], { Group: groupWith(), Mover: mover })], {
      onCall: ({ call, evaluation }) => void (call.call === 'ecs:CreateTaskSet' && verdicts.push(evaluation.verdict)),
    });
    expect(verdicts).toEqual([expected]);
  });

  test.each([
    ['its name', 'cluster', SERVICE],
    ['its ARN', arn('ecs', 'cluster/cluster'), SERVICE],
    ['nothing, which is the default one', undefined, arn('ecs', 'service/default/service')],
  ])('references its cluster by %s', (_, ClusterName, service) => {
    const calls = group({ ECSServices: [{ ClusterName, ServiceName: 'service' }] }).map(inShort);
    expect(calls).toContain(`ecs:DescribeServices ${service}`);
  });

  test.each([false, 'false'])('reads no disabled alarms: %p', (Enabled) => {
    expect(
      group({ AlarmConfiguration: { Enabled, Alarms: [{ Name: 'errors' }] } }).filter(({ call }) =>
        call.startsWith('cloudwatch:'),
      ),
    ).toEqual([]);
  });
});

describe('Docker commands', () => {
  function asked(commands: readonly string[]) {
    return callsOf(
      'project',
      'Build/CodeBuild',
      { configuration: { ProjectName: 'build' } },
      {
        Build: {
          Type: 'AWS::CodeBuild::Project',
          Properties: {
            Name: 'build',
            ServiceRole: role('project'),
            Source: {
              Type: 'CODEPIPELINE',
              BuildSpec: JSON.stringify({ version: 0.2, phases: { build: { commands } } }),
            },
            Environment: {
              EnvironmentVariables: [
                { Name: 'IMAGE_REPOSITORY', Value: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/acme/api` },
              ],
            },
          },
        },
      },
    )
      .filter(({ call }) => call.startsWith('ecr:'))
      .map(inShort);
  }

  function on(...apis: string[]) {
    return apis.map((api) => `ecr:${api} ${arn('ecr', 'repository/acme/api')}`);
  }

  const TOKEN = 'ecr:GetAuthorizationToken *';

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'an image that is built and pushed',
      buildCommands({}, { hasEcrBaseImages: false, registries: [] }),
      [
        TOKEN,
        ...on(
          'BatchCheckLayerAvailability',
          'InitiateLayerUpload',
          'UploadLayerPart',
          'CompleteLayerUpload',
          'PutImage',
          'DescribeImages',
        ),
      ],
    ],
    ['one of several platforms', indexCommands({}), [TOKEN, ...on('BatchGetImage', 'PutImage', 'DescribeImages')]],
    ['one that is pulled', pullCommands(), [TOKEN, ...on('BatchGetImage', 'GetDownloadUrlForLayer')]],
    ['none', ['docker push elsewhere/acme'], []],
  ])('%s', (_, commands, expected) => expect(asked(commands)).toEqual(expected));
});
