import * as cdk from 'aws-cdk-lib';
import {
  aws_appconfig as appconfig,
  aws_cloudfront as cloudfront,
  aws_cloudwatch as cloudwatch,
  aws_codebuild as codebuild,
  aws_codecommit as codecommit,
  aws_codedeploy as codedeploy,
  aws_codepipeline as codepipeline,
  aws_codepipeline_actions as actions,
  aws_cognito as cognito,
  aws_dynamodb as dynamodb,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_efs as efs,
  aws_eks as eks,
  aws_events as events,
  aws_iam as iam,
  aws_kinesis as kinesis,
  aws_kinesisfirehose as firehose,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_rds as rds,
  aws_route53 as route53,
  aws_s3 as s3,
  aws_scheduler as scheduler,
  aws_sns as sns,
  aws_sqs as sqs,
  aws_ssm as ssm,
  aws_stepfunctions as stepfunctions,
} from 'aws-cdk-lib';
import { referenceOf, REFERENCES, type ResourceReference } from '../../src/assembly/references';
import { COMPUTE } from '../../src/assembly/references/compute';
import { DEVELOPER_TOOLS } from '../../src/assembly/references/developer-tools';
import { fillPattern, type PatternSource } from '../../src/assembly/references/fill';
import { IDENTITY } from '../../src/assembly/references/identity';
import { MESSAGING } from '../../src/assembly/references/messaging';
import { NETWORK } from '../../src/assembly/references/network';
import { STORAGE } from '../../src/assembly/references/storage';
import { Unknowns } from '../../src/assembly/unknown';

/** Returns the generated class of a resource type, which represents the schema of the type. */
interface CfnClass {
  readonly prototype: object;
  new (
    scope: cdk.Stack,
    id: string,
    props: unknown,
  ): cdk.CfnResource & { readonly cfnPropertyNames: Readonly<Record<string, string>> };
}

const app = new cdk.App({
  context: {
    '@aws-cdk/core:enablePartitionLiterals': true,
    '@aws-cdk/aws-ecs:arnFormatIncludesClusterName': true,
  },
});
const stack = new cdk.Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });

function classOf(type: string): CfnClass {
  const [, namespace, resource] = type.split('::');
  const home = namespace === 'CloudFormation' ? cdk : cdk[`aws_${namespace.toLowerCase()}` as keyof typeof cdk];
  return (home as unknown as Record<string, CfnClass>)[`Cfn${resource}`];
}

/** The getters of a class whose names match. */
function getters(type: string, name: RegExp) {
  return Object.entries(Object.getOwnPropertyDescriptors(classOf(type).prototype))
    .filter(([key, { get }]) => get && name.test(key))
    .map(([key, { get }]) => [key, get!] as const);
}

/** The attributes of a type, by the names of their getters. */
function attributesOf(type: string): Record<string, string> {
  return Object.fromEntries(
    getters(type, /^attr/).map(([key, get]) => {
      let attribute = '';
      get.call({
        getAtt: (name: string) => {
          attribute = name;
          return name;
        },
      });
      return [key, attribute];
    }),
  );
}

/** A `Ref` that holds several parts. */
const PARTS = 'part|part|part|part';

/**
 * What AWS's description documents about a reference to a type: by part, the getter that gives it, all of PARTS, or one
 * part of it.
 */
function partsOf(type: string): [part: string, from: string][] {
  const source = new Proxy({}, { get: (_, key) => (key === 'ref' ? PARTS : String(key)) });
  return getters(type, /Ref$/).flatMap(([, get]) => Object.entries(get.call(source) as Record<string, string>));
}

/** Has a value for every property: a list if the name is plural, otherwise a string. */
const ANY_PROPERTIES = new Proxy(
  {},
  {
    get: (_, key) => {
      if (typeof key === 'symbol' || /tags/i.test(key)) return undefined;
      return /(?:[^s]s|Set|vpcZoneIdentifier)$/.test(key) ? ['x'] : 'x';
    },
  },
);
let count = 0;

function instance(type: string) {
  return new (classOf(type))(stack, `Any${count++}`, ANY_PROPERTIES);
}

function propertiesOf(type: string) {
  return Object.values(instance(type).cfnPropertyNames);
}

const TYPES = Object.entries(REFERENCES);

function patternsOf({ arn, ref, attributes = {} }: ResourceReference) {
  return [arn, ref, ...Object.values(attributes)].filter((pattern) => pattern !== undefined);
}

/** Returns the problems of the types, one per line. */
function mistakes(find: (type: string, reference: ResourceReference) => unknown[]) {
  return TYPES.flatMap(([type, reference]) => find(type, reference).map((mistake) => `${type}: ${String(mistake)}`));
}

describe('the schema of the resource types', () => {
  test('contains every attribute of the table', () => {
    expect(
      mistakes((type, { attributes = {} }) => {
        const known = Object.values(attributesOf(type));
        return Object.keys(attributes).filter((attribute) => !known.includes(attribute));
      }),
    ).toEqual([]);
  });

  test('contains every property of the table', () => {
    const properties = /\{(?:prop|arnOf|tailOf|dirOf|barOf|spelled):(\w+)/g;
    expect(
      mistakes((type, reference) => {
        const inPatterns = patternsOf(reference).flatMap((pattern) =>
          [...pattern.matchAll(properties)].map(([, property]) => property),
        );
        const used = [...inPatterns, ...Object.keys(reference.spelled ?? {}), ...Object.keys(reference.names ?? {})];
        if (reference.name !== undefined) used.push(reference.name.split('.')[0]);
        const known = used.length > 0 ? propertiesOf(type) : [];
        return used.filter((property) => !known.includes(property));
      }),
    ).toEqual([]);
  });

  test('has the same ARN attribute', () => {
    expect(
      mistakes((type, reference) => {
        const attributes = attributesOf(type);
        const arns = partsOf(type)
          .filter(([part, from]) => /Arn$/.test(part) && from.startsWith('attr'))
          .map(([, getter]) => attributes[getter]);
        return arns
          .filter((arn) => !NEWER_ATTRIBUTES.includes(arn))
          .filter((arn) => (arn === 'Arn' ? reference.arn === undefined : reference.attributes?.[arn] !== '{arn}'));
      }),
    ).toEqual([]);
  });

  test('returns an ARN for the Ref of the same types', () => {
    expect(
      mistakes((type, reference) => {
        const part = partsOf(type).find(([, from]) => from === PARTS)?.[0];
        if (part === undefined || reference.ref === '{unknown}') return [];
        const isArn = fillPattern(reference.ref ?? '{name}', reference, SOURCE).startsWith('arn:');
        return isArn === /Arn$/.test(part) || (isArn && REF_CALLED_ID.includes(type)) ? [] : [`Ref is ${part}`];
      }),
    ).toEqual([]);
  });

  test('has the same number of parts in Ref', () => {
    // The label of an application version is what an environment's VersionLabel takes from its `Ref`.
    expect(
      mistakes((type, { ref = '{name}' }) => {
        const parts = partsOf(type)
          .filter(([, from]) => from === 'part')
          .map(([part]) => part);
        return ref === '{unknown}' || ref.split('|').length === (parts.length || 1) ? [] : [parts.join('|')];
      }),
    ).toEqual(['AWS::ElasticBeanstalk::ApplicationVersion: applicationName|applicationVersionId']);
  });
});

test('lists no type twice', () => {
  const tables = [COMPUTE, DEVELOPER_TOOLS, IDENTITY, MESSAGING, NETWORK, STORAGE];
  expect(tables.flatMap((table) => Object.keys(table)).sort()).toEqual(Object.keys(REFERENCES).sort());
});

test('uses only known placeholders, and has a type for every property with a name', () => {
  const filled = TYPES.flatMap(([, reference]) =>
    patternsOf(reference).map((pattern) => fillPattern(pattern, reference, SOURCE)),
  );
  expect(filled.filter((text) => /[{}]/.test(text))).toEqual([]);
});

/** Attributes that the oldest supported aws-cdk-lib does not know yet. */
const NEWER_ATTRIBUTES = ['DBParameterGroupArn', 'DBSubnetGroupArn'];

/** Types of which AWS's description calls the ARN an id. */
const REF_CALLED_ID = [
  'AWS::CertificateManager::Certificate',
  'AWS::SecretsManager::Secret',
  'AWS::SecretsManager::SecretTargetAttachment',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::CloudFormation::Stack',
];

const SOURCE: PatternSource = {
  identity: { stackName: 'Stack', logicalId: 'Thing', account: '111111111111', region: 'eu-west-1' },
  name: 'my-name',
  partition: 'aws',
  dns: 'amazonaws.com',
  property: (path) => {
    if (path === 'Path') return undefined;
    return /arn$/i.test(path) ? 'arn:aws:x:eu-west-1:111111111111:thing/my-name' : 'my-name';
  },
  arnOf: (type, name) => fillPattern(REFERENCES[type].arn!, REFERENCES[type], { ...SOURCE, name }),
  unknown: (words) => `<${words}>`,
  mark: (generated: string) => generated,
};

/** Replaces the variable parts of an ARN to compare formats. */
function format(arn: string) {
  return arn.replace(/\{[^{}]*\}/g, '*');
}

/** Lists the ARNs of the tables that differ from the formats of the generated classes of aws-cdk-lib. */
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'The attribute ends with the streams.',
  'AWS::Events::Connection': 'The attribute ends with an id.',
  'AWS::Events::ApiDestination': 'The attribute ends with an id.',
  'AWS::SecretsManager::Secret': 'The ARN ends with six characters more than the name.',
  'AWS::Cognito::UserPool': 'The id is a region and characters.',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'The ARN ends with an id that is told nowhere.',
  'AWS::Cognito::IdentityPool': 'The id is a region and characters.',
};

/** Replaces the parts of a CDK value that are unknown until deployment. */
function textOf(value: unknown): string {
  const resolved: unknown = stack.resolve(value);
  if (typeof resolved === 'string') return resolved;
  const parts = (resolved as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1] ?? [];
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      return (part as { Ref?: string }).Ref === 'AWS::Partition' ? 'aws' : '*';
    })
    .join('');
}

describe('has the ARN formats of the generated classes of aws-cdk-lib', () => {
  function ours({ arn = '' }: ResourceReference) {
    return format(
      arn
        .replace('{partition}', 'aws')
        .replace('{region}', 'eu-west-1')
        .replace('{account}', '111111111111')
        .replace('{prop:Path|/}', '/'),
    );
  }

  /** Returns the ARN that `arnForX` and `fromXName` of a class create for the name '*'. */
  function theirs(type: string): string[] {
    const statics = classOf(type) as unknown as Record<string, (...args: unknown[]) => unknown>;
    const made = Object.keys(Object.getOwnPropertyDescriptors(classOf(type))).flatMap((name) => {
      if (/^arnFor/.test(name)) return [statics[name](instance(type))];
      if (!/^from.+(Name|Id)$/.test(name)) return [];
      const [, parts] = Object.entries(statics[name](stack, `From${count++}`, '*') as object).find(([key]) =>
        /Ref$/.test(key),
      )!;
      return Object.entries(parts as object)
        .filter(([part]) => /Arn$/.test(part))
        .map(([, arn]) => arn as unknown);
    });
    return made.map(textOf).filter((text) => text.startsWith('arn:'));
  }

  const compared = TYPES.map(([type, reference]) => [type, reference, theirs(type)] as const).filter(
    ([, , formats]) => formats.length > 0,
  );

  test('except for the listed reasons', () => {
    expect(compared.length).toBeGreaterThan(75);
    const differing = compared.filter(([, reference, formats]) => formats.some((other) => other !== ours(reference)));
    expect(differing.map(([type]) => type).sort()).toEqual(Object.keys(OTHER_FORMATS).sort());
  });
});

describe('has the ARNs of the constructs of aws-cdk-lib', () => {
  const VPC = { vpcId: 'my-name', availabilityZones: ['a'] };

  function cluster() {
    return ecs.Cluster.fromClusterAttributes(stack, `Ecs${count++}`, {
      clusterName: 'my-name',
      vpc: ec2.Vpc.fromVpcAttributes(stack, `Vpc${count++}`, VPC),
      securityGroups: [],
    });
  }

  test.each<[type: string, arn: () => string]>([
    [
      'AWS::AppConfig::Application',
      () => appconfig.Application.fromApplicationId(stack, 'App', 'my-name').applicationArn,
    ],
    [
      'AWS::CloudFront::Distribution',
      () =>
        cloudfront.Distribution.fromDistributionAttributes(stack, 'Dist', {
          distributionId: 'my-name',
          domainName: 'x',
        }).distributionArn,
    ],
    ['AWS::CloudWatch::Alarm', () => cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'my-name').alarmArn],
    [
      'AWS::CloudWatch::CompositeAlarm',
      () => cloudwatch.CompositeAlarm.fromCompositeAlarmName(stack, 'Composite', 'my-name').alarmArn,
    ],
    ['AWS::CodeBuild::Project', () => codebuild.Project.fromProjectName(stack, 'Project', 'my-name').projectArn],
    [
      'AWS::CodeBuild::ReportGroup',
      () => codebuild.ReportGroup.fromReportGroupName(stack, 'Reports', 'my-name').reportGroupArn,
    ],
    [
      'AWS::CodeCommit::Repository',
      () => codecommit.Repository.fromRepositoryName(stack, 'Source', 'my-name').repositoryArn,
    ],
    [
      'AWS::CodeDeploy::Application',
      () => codedeploy.ServerApplication.fromServerApplicationName(stack, 'Servers', 'my-name').applicationArn,
    ],
    [
      'AWS::CodeDeploy::DeploymentConfig',
      () =>
        codedeploy.ServerDeploymentConfig.fromServerDeploymentConfigName(stack, 'Config', 'my-name')
          .deploymentConfigArn,
    ],
    [
      'AWS::CodeDeploy::DeploymentGroup',
      () =>
        codedeploy.LambdaDeploymentGroup.fromLambdaDeploymentGroupAttributes(stack, 'Group', {
          application: codedeploy.LambdaApplication.fromLambdaApplicationName(stack, 'Functions', 'my-name'),
          deploymentGroupName: 'my-name',
        }).deploymentGroupArn,
    ],
    ['AWS::Cognito::UserPool', () => cognito.UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_my-name').userPoolArn],
    ['AWS::DynamoDB::Table', () => dynamodb.Table.fromTableName(stack, 'Table', 'my-name').tableArn],
    ['AWS::EC2::VPC', () => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', VPC).vpcArn],
    ['AWS::ECR::Repository', () => ecr.Repository.fromRepositoryName(stack, 'Images', 'my-name').repositoryArn],
    ['AWS::ECS::Cluster', () => cluster().clusterArn],
    [
      'AWS::ECS::Service',
      () =>
        ecs.FargateService.fromFargateServiceAttributes(stack, 'Service', {
          serviceName: 'my-name',
          cluster: cluster(),
        }).serviceArn,
    ],
    [
      'AWS::EFS::FileSystem',
      () =>
        efs.FileSystem.fromFileSystemAttributes(stack, 'Files', {
          fileSystemId: 'my-name',
          securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group1', 'sg-1'),
        }).fileSystemArn,
    ],
    ['AWS::EKS::Cluster', () => eks.Cluster.fromClusterAttributes(stack, 'Eks', { clusterName: 'my-name' }).clusterArn],
    ['AWS::Events::EventBus', () => events.EventBus.fromEventBusName(stack, 'Bus', 'my-name').eventBusArn],
    ['AWS::IAM::Group', () => iam.Group.fromGroupName(stack, 'People', 'my-name').groupArn],
    [
      'AWS::IAM::InstanceProfile',
      () => iam.InstanceProfile.fromInstanceProfileName(stack, 'Profile', 'my-name').instanceProfileArn,
    ],
    [
      'AWS::IAM::ManagedPolicy',
      () => iam.ManagedPolicy.fromManagedPolicyName(stack, 'Policy', 'my-name').managedPolicyArn,
    ],
    ['AWS::IAM::Role', () => iam.Role.fromRoleName(stack, 'Role', 'my-name').roleArn],
    ['AWS::IAM::User', () => iam.User.fromUserName(stack, 'User', 'my-name').userArn],
    [
      'AWS::KinesisFirehose::DeliveryStream',
      () => firehose.DeliveryStream.fromDeliveryStreamName(stack, 'Delivery', 'my-name').deliveryStreamArn,
    ],
    ['AWS::Lambda::Function', () => lambda.Function.fromFunctionName(stack, 'Function', 'my-name').functionArn],
    [
      'AWS::Lambda::Alias',
      () =>
        lambda.Alias.fromAliasAttributes(stack, 'Alias', {
          aliasName: 'my-name',
          aliasVersion: lambda.Version.fromVersionArn(
            stack,
            'Version',
            'arn:aws:lambda:eu-west-1:111111111111:function:my-name:1',
          ),
        }).functionArn,
    ],
    ['AWS::Logs::LogGroup', () => logs.LogGroup.fromLogGroupName(stack, 'Logs', 'my-name').logGroupArn],
    [
      'AWS::RDS::DBCluster',
      () => rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Db', { clusterIdentifier: 'my-name' }).clusterArn,
    ],
    [
      'AWS::RDS::DBInstance',
      () =>
        rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Instance', {
          instanceIdentifier: 'my-name',
          instanceEndpointAddress: 'x',
          port: 1,
          securityGroups: [],
        }).instanceArn,
    ],
    ['AWS::Route53::HostedZone', () => route53.HostedZone.fromHostedZoneId(stack, 'Zone', 'my-name').hostedZoneArn],
    ['AWS::S3::Bucket', () => s3.Bucket.fromBucketName(stack, 'Bucket', 'my-name').bucketArn],
    [
      'AWS::Scheduler::ScheduleGroup',
      () => scheduler.ScheduleGroup.fromScheduleGroupName(stack, 'Schedules', 'my-name').scheduleGroupArn,
    ],
    [
      'AWS::SSM::Parameter',
      () => ssm.StringParameter.fromStringParameterName(stack, 'Parameter', 'my-name').parameterArn,
    ],
    [
      'AWS::StepFunctions::Activity',
      () => stepfunctions.Activity.fromActivityName(stack, 'Activity', 'my-name').activityArn,
    ],
    [
      'AWS::StepFunctions::StateMachine',
      () => stepfunctions.StateMachine.fromStateMachineName(stack, 'States', 'my-name').stateMachineArn,
    ],
  ])('%s', (type, arn) => {
    expect(fillPattern('{arn}', REFERENCES[type], SOURCE)).toBe(textOf(arn()));
  });

  // Those without a `fromName`: a reference into another account and region holds the ARN instead of a token.
  const elsewhere = new cdk.Stack(app, 'Elsewhere', { env: { account: '222222222222', region: 'us-east-1' } });

  test.each<[type: string, arn: () => string]>([
    ['AWS::CodePipeline::Pipeline', () => pipeline(elsewhere).pipelineArn],
    ['AWS::Kinesis::Stream', () => new kinesis.Stream(elsewhere, 'Stream', { streamName: 'my-name' }).streamArn],
    ['AWS::SNS::Topic', () => new sns.Topic(elsewhere, 'Topic', { topicName: 'my-name' }).topicArn],
    ['AWS::SQS::Queue', () => new sqs.Queue(elsewhere, 'Queue', { queueName: 'my-name' }).queueArn],
  ])('%s', (type, arn) => {
    const identity = { ...SOURCE.identity, account: '222222222222', region: 'us-east-1' };
    expect(fillPattern('{arn}', REFERENCES[type], { ...SOURCE, identity })).toBe(textOf(arn()));
  });
});

/** A pipeline which is called my-name. */
function pipeline(scope: cdk.Stack) {
  const artifact = new codepipeline.Artifact();
  const source = new actions.S3SourceAction({
    actionName: 'Source',
    bucket: new s3.Bucket(scope, 'Source'),
    bucketKey: 'x',
    output: artifact,
  });
  return new codepipeline.Pipeline(scope, 'Pipeline', {
    pipelineName: 'my-name',
    stages: [
      { stageName: 'Source', actions: [source] },
      { stageName: 'Approve', actions: [new actions.ManualApprovalAction({ actionName: 'Approve' })] },
    ],
  });
}

describe('patterns', () => {
  const unknowns = new Unknowns();
  const open = unknowns.text({ kind: 'parameter', description: 'open' });

  function fill(
    pattern: string,
    given: { name?: string; properties?: Record<string, string> } = {},
    reference: ResourceReference = {},
  ) {
    return fillPattern(pattern, reference, {
      ...SOURCE,
      name: given.name ?? 'my-name',
      property: (path) => given.properties?.[path],
    });
  }

  test.each([
    ['{name}', {}, 'my-name'],
    ['{/name}', {}, '/my-name'],
    ['{/name}', { name: '/a/b' }, '/a/b'],
    ['{stack}/{logicalId}', {}, 'Stack/Thing'],
    ['{partition} {region} {account} {dns}', {}, 'aws eu-west-1 111111111111 amazonaws.com'],
    ['{prop:A.B}', { properties: { 'A.B': 'x' } }, 'x'],
    ['{prop:Path|/}', {}, '/'],
    ['{prop:Path|/}', { properties: { Path: '/team/' } }, '/team/'],
    ['{prop:Path}', {}, '<Path of Thing>'],
    ['{unknown}', {}, '<return value of Thing>'],
    ['{tailOf:Cluster|default}', {}, 'default'],
    ['{tailOf:Cluster|default}', { properties: { Cluster: 'web' } }, 'web'],
    ['{tailOf:Cluster|default}', { properties: { Cluster: 'arn:aws:ecs:eu-west-1:111111111111:cluster/web' } }, 'web'],
    ['{tailOf:Bus}', { properties: { Bus: 'aws.partner/shop/orders' } }, 'aws.partner/shop/orders'],
    [
      '{tailOf:Url}',
      { properties: { Url: 'https://token.actions.githubusercontent.com/x' } },
      'token.actions.githubusercontent.com/x',
    ],
    ['{dirOf:Bus}', {}, ''],
    ['{dirOf:Bus}', { properties: { Bus: 'default' } }, ''],
    ['{dirOf:Bus}', { properties: { Bus: 'arn:aws:events:eu-west-1:111111111111:event-bus/default' } }, ''],
    ['{dirOf:Bus}', { properties: { Bus: 'arn:aws:events:eu-west-1:111111111111:event-bus/shop' } }, 'shop/'],
    ['{barOf:Bus}', { properties: { Bus: 'shop' } }, 'shop|'],
    ['{dirOf:Bus}', { properties: { Bus: open } }, open],
  ])('%s of %j is %s', (pattern, given, expected) => {
    expect(fill(pattern, given)).toBe(expected);
  });

  test('resolves {arnOf:…} for a name, an ARN, and a partly unknown value', () => {
    const alias = referenceOf('AWS::Lambda::Alias')!;

    function of(FunctionName: string) {
      return fill('{arnOf:FunctionName}', { properties: { FunctionName } }, alias);
    }

    expect(of('work')).toBe('arn:aws:lambda:eu-west-1:111111111111:function:work');
    expect(of('arn:aws:lambda:us-east-1:222222222222:function:work')).toBe(
      'arn:aws:lambda:us-east-1:222222222222:function:work',
    );
    expect(of(open)).toBe(open);
    expect(of(`work-${open}`)).toBe(`arn:aws:lambda:eu-west-1:111111111111:function:work-${open}`);
  });

  test('resolves {spelled:…} for known values', () => {
    const balancer = referenceOf('AWS::ElasticLoadBalancingV2::LoadBalancer')!;

    function full(properties: Record<string, string>) {
      return fill(balancer.attributes!.LoadBalancerFullName, { properties }, balancer);
    }

    expect(full({})).toMatch(/^app\/my-name\/[0-9a-f]{16}$/);
    expect(full({ Type: 'network' })).toMatch(/^net\/my-name\//);
    expect(full({ Type: 'constructor' })).toMatch(/^constructor\//);
    expect(fill('{arn}', {}, balancer)).toBe(
      `arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/${full({})}`,
    );
  });

  test('throws for an unknown placeholder', () => {
    expect(() => fill('{nmae}')).toThrow(new Error('unknown placeholder: {nmae}'));
  });
});

test.each(['__proto__', 'constructor', 'toString', 'Custom::Thing', 'AWS::CDK::Metadata'])(
  'has no entry for the type %s',
  (type) => {
    expect(referenceOf(type)).toBeUndefined();
  },
);
