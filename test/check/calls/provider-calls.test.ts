import { ACCOUNT, ActionFixture, callsOfActions, CALLERS, REGION, stackWith } from './actions';
import { FIXTURES, TOKEN_SOURCE } from './actions/fixtures';
import { RESOURCES } from './actions/resources';
import { ResourceModel } from '../../../src/assembly/resource-model';
import type { Resource } from '../../../src/assembly/template';
import type { Call } from '../../../src/check/calls/call';
import { check } from '../../../src/check/check';
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

function nameOf({ caller }: Call) {
  return 'role' in caller ? caller.role.split('/')[1] : Object.values(caller)[0];
}

const MARKS = { documented: '', reported: '^', inferred: '~' } as const;

/**
 * A call in short: `<caller> <call> <resource>`; `~` before it when it is inferred, `^` when it is reported, `!` when
 * it has a caution, `?` when it is doubted, `{}` for what is unknown.
 */
function inShort(call: Call) {
  return (
    `${MARKS[call.basis]}${call.caution === undefined ? '' : '!'}${call.uncertainty === undefined ? '' : '?'}` +
    `${nameOf(call)} ${call.call} ` +
    `${show(call.resource)}`
  );
}

/** Those of the calls of an action whose short form fits. */
function calls(provider: string, action: ActionFixture, about: RegExp, resources?: Resources) {
  return callsOfActions(provider, [action], resources)
    .map(inShort)
    .filter((call) => about.test(call));
}

/** Creates a minimal project. */
function project(more: Readonly<Record<string, unknown>> = {}): Resources {
  return {
    Build: {
      Type: 'AWS::CodeBuild::Project',
      Properties: { Name: 'build', ServiceRole: role('project'), Source: { Type: 'CODEPIPELINE' }, ...more },
    },
  };
}

function spec(BuildSpec: string) {
  return { Source: { Type: 'CODEPIPELINE', BuildSpec } };
}

function build(configuration: Readonly<Record<string, string>> = {}): ActionFixture {
  return { configuration: { ProjectName: 'build', ...configuration } };
}

function variables(...given: object[]) {
  return build({ EnvironmentVariables: JSON.stringify(given) });
}

const REPORTS = ['CreateReportGroup', 'CreateReport', 'UpdateReport', 'BatchPutTestCases'];

function reportCalls(apis: readonly string[], groupArn: string, mark = '') {
  return apis.map((api) => `${mark}project codebuild:${api} ${groupArn}`);
}

function group(name: string) {
  return arn('codebuild', `report-group/${name}`);
}

describe('overrides of a build in an action', () => {
  const about = /PassRole|codebuild.* sts:AssumeRole|PutLogEvents/;
  const otherRole = build({ ServiceRoleArnOverride: role('override') });
  const log = `logs:PutLogEvents ${arn('logs', 'log-group:/aws/codebuild/build:log-stream:{}')}`;

  function assumed(name: string) {
    return `codebuild.amazonaws.com sts:AssumeRole ${role(name)}`;
  }

  const overridden = [
    assumed('override'),
    `action iam:PassRole ${role('override')}`,
    assumed('override'),
    `override ${log}`,
  ];

  test.each<[title: string, provider: string, action: ActionFixture, expected: readonly string[]]>([
    ['none', 'Build/CodeBuild', build(), [assumed('project'), `project ${log}`]],
    ['its role', 'Build/CodeBuild', otherRole, overridden],
    ['its role, by a test', 'Test/CodeBuild', otherRole, overridden],
  ])('role: %s', (_, provider, action, expected) => {
    expect(calls(provider, action, about)).toEqual(expected);
  });

  test('a rule passes no role to CodeBuild', () => {
    expect(calls('Rule/CodeBuild', otherRole, /PassRole/)).toEqual([]);
  });

  const inline = ['env:', '  parameter-store: { TOKEN: /other }', 'reports: { other: { files: [junit.xml] } }'].join(
    '\n',
  );
  test.each<[title: string, override: Readonly<Record<string, string>>, expected: readonly string[]]>([
    [
      'none',
      {},
      [...reportCalls(REPORTS, group('build-own')), `project ssm:GetParameters ${arn('ssm', 'parameter/own')}`],
    ],
    [
      'its text',
      { BuildspecOverride: inline },
      [...reportCalls(REPORTS, group('build-other')), `project ssm:GetParameters ${arn('ssm', 'parameter/other')}`],
    ],
    [
      'its path',
      { BuildspecOverride: 'ci/other.yml' },
      reportCalls([...REPORTS, 'BatchPutCodeCoverages'], group('build-{}'), '~?'),
    ],
  ])('buildspec: %s', (_, configuration, expected) => {
    const own = project(spec('env: { parameter-store: { TOKEN: /own } }\nreports: { own: { files: [junit.xml] } }'));
    expect(calls('Build/CodeBuild', build(configuration), /codebuild:(Create|Update|BatchPut)|ssm:/, own)).toEqual(
      expected,
    );
  });

  const declared = project({
    ...spec('phases: {}\n'),
    Environment: { EnvironmentVariables: [{ Name: 'TOKEN', Type: 'PARAMETER_STORE', Value: '/shop/token' }] },
  });
  test.each<[title: string, action: ActionFixture, expected: readonly string[]]>([
    ['none', build(), [`project ssm:GetParameters ${arn('ssm', 'parameter/shop/token')}`]],
    ['one of the same name, plain', variables({ name: 'TOKEN', value: 'plain' }), []],
    [
      'one of the same name, of another parameter',
      variables({ name: 'TOKEN', value: 'new', type: 'PARAMETER_STORE' }),
      [`project ssm:GetParameters ${arn('ssm', 'parameter/new')}`],
    ],
    [
      'one that a variable of the pipeline names',
      variables({ name: 'TOKEN', value: '#{variables.token}', type: 'PARAMETER_STORE' }),
      ['project ssm:GetParameters {}'],
    ] /* it may be an ARN */,
    [
      'one of another name',
      variables({ name: 'PASSWORD', value: 'shop-#{variables.stage}:key', type: 'SECRETS_MANAGER' }),
      [
        `project ssm:GetParameters ${arn('ssm', 'parameter/shop/token')}`,
        `project secretsmanager:GetSecretValue ${arn('secretsmanager', 'secret:shop-{}-??????')}`,
      ],
    ],
    [
      'what is no JSON',
      build({ EnvironmentVariables: '[' }),
      [`project ssm:GetParameters ${arn('ssm', 'parameter/shop/token')}`],
    ],
  ])('variables: %s', (_, action, expected) => {
    expect(calls('Build/CodeBuild', action, /ssm:|secretsmanager:/, declared)).toEqual(expected);
  });
});

describe('calls of a build that depend on the project', () => {
  test.each<[format: string, call: string]>([
    ...['CLOVERXML', 'COBERTURAXML', 'JACOCOXML', 'SIMPLECOV', 'cloverxml'].map((format): [string, string] => [
      format,
      'BatchPutCodeCoverages',
    ]),
    ...['JUNITXML', 'CUCUMBERJSON', 'TESTNGXML', 'NUNITXML', 'VISUALSTUDIOTRX', ''].map((format): [string, string] => [
      format,
      'BatchPutTestCases',
    ]),
  ])("results in the format '%s': %s", (format, call) => {
    const reports = JSON.stringify({
      reports: { unit: { files: ['results'], ...(format !== '' && { 'file-format': format }) } },
    });
    expect(calls('Build/CodeBuild', build(), /BatchPut/, project(spec(reports)))).toEqual(
      reportCalls([call], group('build-unit')),
    );
  });

  test('does not create a report group with an ARN', () => {
    const reports = JSON.stringify({ reports: { [group('shared')]: { files: ['junit.xml'] } } });
    expect(calls('Build/CodeBuild', build(), /codebuild:(Create|Update|BatchPut)/, project(spec(reports)))).toEqual(
      reportCalls(REPORTS.slice(1), group('shared')),
    );
  });

  const PULL = ['BatchCheckLayerAvailability', 'GetDownloadUrlForLayer', 'BatchGetImage'].map(
    (api) => `ecr:${api} ${arn('ecr', 'repository/images')}`,
  );
  test.each<[type: string | undefined, expected: readonly string[]]>([
    ['SERVICE_ROLE', ['project ecr:GetAuthorizationToken *', ...PULL.map((call) => `project ${call}`)]],
    ['CODEBUILD', PULL.map((call) => `codebuild.amazonaws.com ${call}`)],
    [undefined, PULL.map((call) => `codebuild.amazonaws.com ${call}`)],
  ])('an image of ECR, pulled by %s', (ImagePullCredentialsType, expected) => {
    const Environment = {
      Image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/images:1`,
      ...(ImagePullCredentialsType && { ImagePullCredentialsType }),
    };
    expect(calls('Build/CodeBuild', build(), /ecr:/, project({ Environment }))).toEqual(expected);
  });

  test.each(['logs/build', 'arn:aws:s3:::logs/build'])('logs to the bucket %s', (Location) => {
    const logs = { LogsConfig: { CloudWatchLogs: { Status: 'DISABLED' }, S3Logs: { Status: 'ENABLED', Location } } };
    expect(calls('Build/CodeBuild', build(), /logs/, project(logs))).toEqual([
      'project s3:PutObject arn:aws:s3:::logs/build/{}',
    ]);
  });

  test('creates a network interface in a VPC, and allows CodeBuild to use it in each subnet', () => {
    const network = project({
      VpcConfig: { VpcId: 'vpc-1', Subnets: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] },
    });
    const made = callsOfActions('Build/CodeBuild', [build()], network).filter(({ call }) =>
      /^ec2:(Create|Delete)/.test(call),
    );
    const networkInterface = arn('ec2', 'network-interface/{}');

    function permission(subnet: string) {
      return [
        `project ec2:CreateNetworkInterfacePermission ${networkInterface}`,
        { 'ec2:subnet': [arn('ec2', `subnet/${subnet}`)], 'ec2:authorizedservice': ['codebuild.amazonaws.com'] },
      ];
    }

    expect(made.map((call) => [inShort(call), call.context])).toEqual([
      ...[
        networkInterface,
        arn('ec2', 'subnet/subnet-1'),
        arn('ec2', 'subnet/subnet-2'),
        arn('ec2', 'security-group/sg-1'),
      ].map((on) => [`project ec2:CreateNetworkInterface ${on}`, undefined]),
      [`project ec2:DeleteNetworkInterface ${networkInterface}`, undefined],
      permission('subnet-1'),
      permission('subnet-2'),
    ]);
  });
});

describe('calls that depend on the configuration of an action', () => {
  const [EC2] = FIXTURES['Deploy/EC2'];
  const [LAMBDA] = FIXTURES['Deploy/Lambda'];
  const [MACHINE] = FIXTURES['Invoke/StepFunctions'];
  const [APP_CONFIG] = FIXTURES['Deploy/AppConfig'];

  function changed({ configuration, ...rest }: ActionFixture, more: Readonly<Record<string, string>>): ActionFixture {
    return { ...rest, configuration: { ...configuration, ...more } };
  }

  function connection(ConnectionArn: unknown): ActionFixture {
    return {
      more: { Configuration: { ConnectionArn, FullRepositoryId: 'acme/shop', BranchName: 'main' } },
      outputs: ['Tested'],
    };
  }

  function machine(StateMachineType: string): Resources {
    return {
      Machine: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { StateMachineName: 'machine', StateMachineType },
      },
    };
  }

  function target(name: string) {
    return arn('elasticloadbalancing', `targetgroup/${name}/{}`);
  }

  const STORE_KEY = new ResourceModel([stackWith('Source/GitHub', [])]).resources('AWS::KMS::Key')[0].arn;
  const HANDLER = arn('lambda', 'function:handler');
  const executed = `action states:DescribeExecution ${arn('states', 'execution:machine:{}')}`;

  test.each<
    [
      title: string,
      provider: string,
      action: ActionFixture,
      about: RegExp,
      expected: readonly string[],
      resources?: Resources,
    ]
  >([
    [
      'each target group of a list',
      'Deploy/EC2',
      changed(EC2, { TargetGroupNameList: 'web, api' }),
      /RegisterTargets/,
      [target('web'), target('api')].map((one) => `action elasticloadbalancing:RegisterTargets ${one}`),
    ],
    ['no target group', 'Deploy/EC2', changed(EC2, { TargetGroupNameList: '' }), /RegisterTargets/, []],
    [
      'each alarm of a list',
      'Deploy/Lambda',
      changed(LAMBDA, { Alarms: 'errors,latency' }),
      /DescribeAlarms/,
      ['errors', 'latency'].map((name) => `action cloudwatch:DescribeAlarms ${arn('cloudwatch', `alarm:${name}`)}`),
    ],
    [
      'instances of EC2',
      'Deploy/EC2',
      EC2,
      /SendCommand .*instance/,
      [`action ssm:SendCommand ${arn('ec2', 'instance/{}')}`],
    ],
    [
      'managed nodes',
      'Deploy/EC2',
      changed(EC2, { InstanceType: 'SSM_MANAGED_NODE' }),
      /SendCommand .*instance/,
      [
        `action ssm:SendCommand ${arn('ec2', 'instance/{}')}`,
        `~?action ssm:SendCommand ${arn('ssm', 'managed-instance/{}')}`,
      ],
    ],
    [
      'a function with new code',
      'Deploy/Lambda',
      LAMBDA,
      /UpdateFunctionCode|PublishVersion/,
      ['PublishVersion', 'UpdateFunctionCode'].map((api) => `action lambda:${api} ${HANDLER}`),
    ],
    [
      'a function without',
      'Deploy/Lambda',
      { ...LAMBDA, inputs: [] },
      /lambda:\w+(?<!Alias|ConcurrencyConfig) /,
      [`action lambda:GetFunctionConfiguration ${HANDLER}`],
    ],
    ['an express state machine', 'Invoke/StepFunctions', MACHINE, /DescribeExecution/, [], machine('EXPRESS')],
    ['another state machine', 'Invoke/StepFunctions', MACHINE, /DescribeExecution/, [executed], machine('STANDARD')],
    [
      'a deployment of a configuration',
      'Deploy/AppConfig',
      APP_CONFIG,
      /StartDeployment/,
      [
        'application/app',
        'application/app/environment/env',
        'application/app/configurationprofile/profile',
        'deploymentstrategy/strategy',
      ].map((resource) => `action appconfig:StartDeployment ${arn('appconfig', resource)}`),
    ],
    [
      'no deployment strategy',
      'Deploy/AppConfig',
      { configuration: { Application: 'app', Environment: 'env', ConfigurationProfile: 'profile' } },
      /strategy/,
      [`action appconfig:StartDeployment ${arn('appconfig', 'deploymentstrategy/{}')}`],
    ],
    [
      'its course',
      'Deploy/AppConfig',
      APP_CONFIG,
      /GetDeployment/,
      ['', '/environment/env', '/environment/env/deployment/{}'].map(
        (resource) => `action appconfig:GetDeployment ${arn('appconfig', `application/app${resource}`)}`,
      ),
    ],
    [
      'what a function may answer',
      'Invoke/Lambda',
      FIXTURES['Invoke/Lambda'][0],
      /PutJob/,
      ['!function codepipeline:PutJobSuccessResult *', '~?function codepipeline:PutJobFailureResult *'],
    ],
    ...['codeconnections', 'codestar-connections'].map((service): [string, string, ActionFixture, RegExp, string[]] => [
      `a connection of ${service}`,
      'Source/CodeStarSourceConnection',
      connection(arn(service, 'connection/1')),
      /Use|ObjectAcl|VersionAcl/,
      [
        `action ${service}:UseConnection ${arn(service, 'connection/1')}`,
        '^action s3:PutObjectAcl arn:aws:s3:::artifacts/{}',
      ],
    ]),
    [
      'a token instead of a connection',
      'Source/GitHub',
      TOKEN_SOURCE,
      /^\^pipeline/,
      ['^pipeline s3:PutObject arn:aws:s3:::artifacts/{}', `^pipeline kms:GenerateDataKey ${STORE_KEY}`],
    ],
    [
      'a connection that is not known',
      'Source/CodeStarSourceConnection',
      connection({ 'Fn::ImportValue': 'connection' }),
      /UseConnection/,
      ['action codeconnections:UseConnection {}'],
    ],
    [
      'roles of tasks by their bare names',
      'Deploy/ECS',
      FIXTURES['Deploy/ECS'][0],
      /PassRole/,
      ['task', 'execution'].map((name) => `action iam:PassRole ${role(name)}`),
      {
        TaskDefinition: {
          ...RESOURCES.TaskDefinition,
          Properties: { Family: 'shop', TaskRoleArn: 'task', ExecutionRoleArn: 'execution' },
        },
      },
    ],
  ])('%s', (_, provider, action, about, expected, resources = {}) => {
    expect(calls(provider, action, about, resources)).toEqual(expected);
  });
});

describe('verdicts', () => {
  function stated(name: keyof typeof CALLERS, trusted: object, ...statements: object[]): Resource {
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name,
        AssumeRolePolicyDocument: document(allow('Trust', 'sts:AssumeRole', undefined, { Principal: trusted })),
        Policies: [{ PolicyName: name, PolicyDocument: document(...statements) }],
      },
    };
  }

  const ACTION = stated('action', { AWS: CALLERS.pipeline }, allow('Everything', '*', '*'));
  const ASSUME = allow('Assume', 'sts:AssumeRole', CALLERS.action);

  // As in https://github.com/aws-samples/ecs-refarch-continuous-deployment: of the objects, which have no versioning.
  const VERSIONING = allow('Versioning', 's3:GetBucketVersioning', 'arn:aws:s3:::artifacts/*');

  test.each<[title: string, statements: object[]]>([
    ['what the role of a reference architecture of AWS may', [ASSUME, VERSIONING]],
    ['nothing', [ASSUME]],
  ])('if all actions have roles, the pipeline role requires for artifacts: %s', (_, statements) => {
    const pipeline = stated('pipeline', { Service: 'codepipeline.amazonaws.com' }, ...statements);
    const {
      pipelines: [{ findings }],
    } = check([stackWith('Deploy/S3', FIXTURES['Deploy/S3'], { ActionRole: ACTION, PipelineRole: pipeline })]);
    expect(
      findings.filter(({ verdict }) => verdict === 'DENIED').map(({ severity, call }) => `${severity} ${call}`),
    ).toEqual([]);
    expect(
      findings
        .filter(({ caller, verdict }) => verdict === 'UNKNOWN' && /PipelineRole/.test(caller ?? ''))
        .map(({ call }) => call),
    ).toEqual(['s3:GetObject, kms:Decrypt, s3:PutObject, kms:GenerateDataKey']);
  });

  const PUT = { Principal: '*', Effect: 'Deny' };

  function denying(Condition: object): Resources {
    return {
      ActionRole: ACTION,
      SitePolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Site' },
          PolicyDocument: document(allow('Refuse', 's3:PutObject', 'arn:aws:s3:::site/*', { ...PUT, Condition })),
        },
      },
    };
  }

  const UNENCRYPTED = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };
  const NO_HEADER = { Null: { 's3:x-amz-server-side-encryption': 'true' } };
  const PUBLIC = { StringEquals: { 's3:x-amz-acl': 'public-read' } };
  const KEY = { KMSEncryptionKeyARN: arn('kms', 'key/1') };

  test.each<[title: string, refused: object, configuration: Readonly<Record<string, string>>, verdict: string]>([
    ['unencrypted objects, by an action that names a key', UNENCRYPTED, KEY, 'ALLOWED'],
    ['unencrypted objects, by an action that names none', UNENCRYPTED, {}, 'UNKNOWN'],
    ['puts without the header, by an action that names a key', NO_HEADER, KEY, 'ALLOWED'],
    ['puts without the header, by an action that names none', NO_HEADER, {}, 'UNKNOWN'],
    [
      'another key than that of the action',
      { StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': arn('kms', 'key/2') } },
      KEY,
      'DENIED',
    ],
    ['public objects, by an action that makes them', PUBLIC, { CannedACL: 'public-read' }, 'DENIED'],
    ['public objects, by an action that makes private ones', PUBLIC, { CannedACL: 'private' }, 'ALLOWED'],
    ['public objects, by an action without an ACL', PUBLIC, {}, 'ALLOWED'],
  ])('the bucket of a site denies %s', (_, refused, configuration, verdict) => {
    const put: string[] = [];
    check(
      [
        stackWith(
          'Deploy/S3',
          [{ configuration: { BucketName: 'site', Extract: 'true', ...configuration } }],
          denying(refused),
        ),
      ],
      {
        onCall: ({ call, evaluation }) =>
          void (
            call.call === 's3:PutObject' &&
            call.resource.startsWith('arn:aws:s3:::site/') &&
            put.push(evaluation.verdict)
          ),
      },
    );
    expect(put).toEqual([verdict]);
  });
});
