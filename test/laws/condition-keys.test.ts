import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, aws_kms as kms, aws_s3 as s3, aws_sns as sns, Stack } from 'aws-cdk-lib';
import { ACROSS, HOME } from './across-variants';
import { VARIANT_GROUPS } from './all-variants';
import { ContainerRepository, PipelineMonitoring, PipelineSource, WebAppPipeline } from '../../src';
import { SOMEWHERE, synthesized, synthesizedApp } from '../helpers/synthesized';

const DOCS = 'https://docs.aws.amazon.com';
const SERVICE_AUTHORIZATION = `${DOCS}/service-authorization/latest/reference`;

interface DocumentedKey {
  /** Service that calls, or the action if the caller is a role. */
  readonly call: RegExp;
  readonly key: string;
  readonly see: string;
}

/** The condition keys that AWS documents for a call, with the page. All others must be used with `IfExists`. */
const DOCUMENTED: readonly DocumentedKey[] = [
  {
    call: /^AWS (sts:AssumeRole|events:PutEvents|s3:.*|kms:.*)$/,
    key: 'aws:PrincipalArn',
    see: `${DOCS}/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn`,
  },
  {
    call: /^AWS (s3:\*|sns:Publish)$/,
    key: 'aws:SecureTransport',
    see: `${DOCS}/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport`,
  },
  {
    call: /^codebuild.amazonaws.com sts:AssumeRole$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html`,
  },
  {
    call: /^events.amazonaws.com sts:AssumeRole$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html`,
  },
  {
    call: /^codedeploy.amazonaws.com sts:AssumeRole$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/codedeploy/latest/userguide/security_confused_deputy.html`,
  },
  {
    call: /^codedeploy.amazonaws.com sts:AssumeRole$/,
    key: 'aws:SourceArn',
    see: `${DOCS}/codedeploy/latest/userguide/security_confused_deputy.html`,
  },
  {
    call: /^states.amazonaws.com sts:AssumeRole$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/step-functions/latest/dg/procedure-create-iam-role.html`,
  },
  {
    call: /^states.amazonaws.com sts:AssumeRole$/,
    key: 'aws:SourceArn',
    see: `${DOCS}/step-functions/latest/dg/procedure-create-iam-role.html`,
  },
  {
    call: /^logging.s3.amazonaws.com s3:PutObject$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
  },
  {
    call: /^logging.s3.amazonaws.com s3:PutObject$/,
    key: 'aws:SourceArn',
    see: `${DOCS}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
  },
  {
    call: /^cloudfront.amazonaws.com s3:GetObject$/,
    key: 'aws:SourceArn',
    see: `${DOCS}/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html`,
  },
  {
    call: /^codestar-notifications.amazonaws.com sns:Publish$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/dtconsole/latest/userguide/security_iam_troubleshoot.html`,
  },
  {
    call: /^codestar-notifications.amazonaws.com kms:(GenerateDataKey\*|Decrypt)$/,
    key: 'kms:ViaService',
    see: `${DOCS}/dtconsole/latest/userguide/set-up-sns.html`,
  },
  {
    call: /^cloudwatch.amazonaws.com sns:Publish$/,
    key: 'aws:SourceAccount',
    see: `${DOCS}/sns/latest/dg/sns-access-policy-use-cases.html`,
  },
  {
    call: /^lambda.amazonaws.com ecr:/,
    key: 'aws:SourceArn',
    see: `${DOCS}/lambda/latest/dg/images-create.html`,
  },
  {
    call: /^role kms:(Decrypt|Encrypt|GenerateDataKey\*|ReEncrypt\*)$/,
    key: 'kms:ViaService',
    see: `${DOCS}/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service`,
  },
  { call: /^role s3:/, key: 's3:ResourceAccount', see: `${SERVICE_AUTHORIZATION}/list_amazons3.html` },
  { call: /^role s3:ListBucket$/, key: 's3:prefix', see: `${SERVICE_AUTHORIZATION}/list_amazons3.html` },
  {
    call: /^role iam:PassRole$/,
    key: 'iam:PassedToService',
    see: `${SERVICE_AUTHORIZATION}/list_awsidentityandaccessmanagementiam.html`,
  },
  {
    call: /^role ecs:TagResource$/,
    key: 'ecs:CreateAction',
    see: `${DOCS}/codepipeline/latest/userguide/action-reference-ECS.html`,
  },
  {
    call: /^role ecs:RunTask$/,
    key: 'ecs:cluster',
    see: `${SERVICE_AUTHORIZATION}/list_amazonelasticcontainerservice.html`,
  },
  {
    call: /^role ec2:CreateNetworkInterfacePermission$/,
    key: 'ec2:Subnet',
    see: `${DOCS}/codepipeline/latest/userguide/tutorials-eks-deploy.html`,
  },
  {
    call: /^role ec2:CreateNetworkInterfacePermission$/,
    key: 'ec2:AuthorizedService',
    see:
      `${DOCS}/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html` +
      '#customer-managed-policies-example-create-vpc-network-interface',
  },
];

interface StatementJson {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Principal?: string | { readonly Service?: string | string[]; readonly AWS?: unknown };
  readonly Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements with conditions anywhere in a template: of identity, trust and resource policies. */
function conditionalStatements(value: unknown): StatementJson[] {
  if (typeof value !== 'object' || value === null) return [];
  const nested = Object.values(value).flatMap(conditionalStatements);
  const { Effect, Condition } = value as Partial<StatementJson>;
  const isConditional = Effect !== undefined && Condition !== undefined;
  return isConditional ? [value as StatementJson, ...nested] : nested;
}

function callersOf({ Principal }: StatementJson): string[] {
  if (Principal === undefined) return ['role'];
  if (typeof Principal === 'string' || Principal.Service === undefined) return ['AWS'];
  return [Principal.Service].flat();
}

interface Use {
  readonly call: string;
  readonly operator: string;
  readonly key: string;
}

function usesIn(directory: string): Use[] {
  const templates = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  return templates
    .flatMap((file) => conditionalStatements(JSON.parse(readFileSync(join(directory, file), 'utf8'))))
    .flatMap((statement) =>
      Object.entries(statement.Condition).flatMap(([operator, keys]) =>
        Object.keys(keys).flatMap((key) =>
          callersOf(statement).flatMap((caller) =>
            [statement.Action]
              .flat()
              .map((action) => ({ call: `${caller} ${action.replace(/^SNS:/, 'sns:')}`, operator, key })),
          ),
        ),
      ),
    );
}

function isDocumented({ call, key }: Use) {
  return (row: DocumentedKey) => row.call.test(call) && row.key.toLowerCase() === key.toLowerCase();
}

/** Policies of resources that no variant has. */
const MORE: Readonly<Record<string, (app: App) => void>> = {
  'alarms to an encrypted topic': (app) => {
    const stack = new Stack(app, 'Shop', { env: HOME });
    const alarmTopic = new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') });
    new WebAppPipeline(stack, 'Site', {
      source: PipelineSource.gitHub('acme/shop', 'main'),
      monitoring: PipelineMonitoring.standard({ alarmTopic }),
    });
  },
  'a repository for Lambda': (app) => {
    new ContainerRepository(new Stack(app, 'Images', { env: HOME }), 'Images', { lambdaPull: true });
  },
  'a bucket of another account with a key': (app) => {
    const key = new kms.Key(new Stack(app, 'Data', { env: { ...HOME, account: '222222222222' } }), 'Key');
    const bucket = new s3.Bucket(key.stack, 'Bucket', {
      bucketName: 'acme-data',
      versioned: true,
      encryptionKey: key,
    });
    new WebAppPipeline(new Stack(app, 'Shop', { env: HOME }), 'Site', {
      source: PipelineSource.s3(bucket, 'app.zip'),
    });
  },
};

const uses = [
  ...Object.values(VARIANT_GROUPS).flatMap((variants) =>
    Object.entries(variants).flatMap(([name, make]) => usesIn(synthesized(name, make, SOMEWHERE).directory)),
  ),
  ...Object.entries({ ...ACROSS, ...MORE }).flatMap(([name, make]) => usesIn(synthesizedApp(name, make))),
];

test('uses condition keys that AWS does not document for the call only with IfExists', () => {
  const undocumented = uses.filter((use) => !use.operator.endsWith('IfExists') && !DOCUMENTED.some(isDocumented(use)));
  expect([...new Set(undocumented.map(({ call, operator, key }) => `${operator} ${key}: ${call}`))]).toEqual([]);
});

test('lists no condition key that no policy uses', () => {
  const unused = DOCUMENTED.filter((row) => !uses.some((use) => isDocumented(use)(row)));
  expect(unused.map(({ call, key }) => `${key}: ${call.source}`)).toEqual([]);
});

test('sees every condition key of the sources', () => {
  const keys = new Set(uses.map(({ key }) => key.toLowerCase()));
  const missing = conditionsInSources().filter((key) => !keys.has(key.toLowerCase()));
  expect(missing).toEqual([]);
});

const SOURCES = join(__dirname, '../../src');

/** Keys of the conditions that the sources write, other than those of the check. */
function conditionsInSources(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/^(check|assembly)\//.test(file),
  );
  const keys = files.flatMap((file) =>
    [
      ...readFileSync(join(SOURCES, file), 'utf8').matchAll(/'((?:aws|kms|s3|iam|ecs|ec2|code\w+|sns):[A-Z]\w+)': /gi),
    ].map(([, key]) => key),
  );
  expect(keys.length).toBeGreaterThan(10);
  return [...new Set(keys)];
}
