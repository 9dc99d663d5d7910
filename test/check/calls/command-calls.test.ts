import type { AssemblyStack } from '../../../src/assembly/cloud-assembly';
import { check } from '../../../src/check/check';
import { allow, document, smallPipeline } from '../../helpers/small-pipeline';
import { EU, PROD, stackOf, TOOLS } from '../../helpers/stacks';

function deployRole(account: string) {
  return `arn:\${AWS::Partition}:iam::${account}:role/cdk-hnb659fds-deploy-role-${account}-${EU}`;
}

/** Stacks of an app in two accounts, as `cdk synth` writes them. */
const APP: AssemblyStack[] = [TOOLS, PROD].map((account, index) => ({
  ...stackOf({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
  displayName: ['Staging/Data', 'Production/Data'][index],
  stackName: ['Staging-Data', 'Production-Data'][index],
  account,
  region: EU,
  deployRoleArn: deployRole(account),
}));

/** The small pipeline with a build or a Commands action. */
function pipelineWith(resources: Record<string, unknown>, action: object, statements: readonly object[]) {
  const [tools, prod] = smallPipeline(({ Pipeline, RolePolicy }) => {
    Pipeline.Properties.Stages.push({ Name: 'Test', Actions: [action] });
    RolePolicy.Properties.PolicyDocument.Statement.push(
      allow('Build', ['codebuild:*', 'logs:*'], '*'),
      ...('ActionTypeId' in action && JSON.stringify(action).includes('Commands') ? statements : []),
    );
  });
  const template = { ...tools.template, Resources: { ...tools.template.Resources, ...resources } };
  return [{ ...tools, template } as AssemblyStack, prod];
}

function denied(stacks: readonly AssemblyStack[], about: RegExp) {
  return check(stacks)
    .pipelines.flatMap(({ findings }) => findings)
    .filter(({ verdict, call }) => verdict === 'DENIED' && about.test(call ?? ''))
    .map(({ severity, call, resource }) => `${severity} ${call} ${resource}`);
}

/** A build that runs commands under a role with statements. */
function build(commands: readonly string[], statements: readonly object[] = [], more: Record<string, unknown> = {}) {
  const type = { Category: 'Build', Owner: 'AWS', Provider: 'CodeBuild', Version: '1' };
  return pipelineWith(
    {
      BuildRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: document(
            allow('Trust', 'sts:AssumeRole', undefined, { Principal: { Service: 'codebuild.amazonaws.com' } }),
          ),
          Policies: [{ PolicyName: 'p', PolicyDocument: document(allow('Logs', 'logs:*', '*'), ...statements) }],
        },
      },
      Project: {
        Type: 'AWS::CodeBuild::Project',
        Properties: {
          Name: 'project',
          ServiceRole: { 'Fn::GetAtt': ['BuildRole', 'Arn'] },
          Source: {
            Type: 'CODEPIPELINE',
            BuildSpec: JSON.stringify({ version: '0.2', phases: { build: { commands } } }),
          },
          Environment: { EnvironmentVariables: [{ Name: 'STAGE', Value: 'Production' }] },
        },
      },
      ...more,
    },
    { Name: 'Build', ActionTypeId: type, Configuration: { ProjectName: 'project' } },
    statements,
  );
}

const OWN_ACCOUNT = allow('Own', 'sts:AssumeRole', `arn:aws:iam::${TOOLS}:role/*`);

function assume(purpose: string, account: string) {
  return `warning sts:AssumeRole arn:aws:iam::${account}:role/cdk-hnb659fds-${purpose}-role-${account}-${EU}`;
}

const DEPLOY_PROD = ['deploy', 'file-publishing'].map((purpose) => assume(purpose, PROD));

test.each<[title: string, command: string, expected: readonly string[]]>([
  ['a stack by its path', 'npx cdk deploy Production/Data --require-approval never', DEPLOY_PROD],
  ['a stack by its name', 'npm run cdk -- deploy Production-Data', DEPLOY_PROD],
  ['stacks by a pattern', 'yarn cdk deploy "Production/**"', DEPLOY_PROD],
  ['a stack by a known variable', 'pnpm exec cdk deploy "$STAGE/Data"', DEPLOY_PROD],
  ['all stacks', 'npx aws-cdk@2 deploy --all', DEPLOY_PROD],
  ['a stack of the account', 'cdk deploy Staging/Data', []],
  ['a stack by an unknown variable', 'cdk deploy "$STACK"', []],
  ['a difference', 'cdk diff Production/Data', ['lookup', 'deploy', 'file-publishing'].map((p) => assume(p, PROD))],
  ['a removal', 'cdk destroy Production/Data --force', [assume('deploy', PROD)]],
  ['a synthesis', 'cdk synth Production/Data', []],
])('the CDK CLI assumes the bootstrap roles of %s', (_, command, expected) => {
  expect(denied([...build([command], [OWN_ACCOUNT]), ...APP], /AssumeRole/).sort()).toEqual([...expected].sort());
});

test('allows the CDK CLI to assume roles of both accounts', () => {
  const everywhere = allow('Any', 'sts:AssumeRole', 'arn:aws:iam::*:role/cdk-hnb659fds-*');
  expect(denied([...build(['cdk deploy --all'], [everywhere]), ...APP], /AssumeRole/)).toEqual([]);
});

const SITE = {
  Site: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'site',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'SiteKey' } } },
        ],
      },
    },
  },
  SiteKey: { Type: 'AWS::KMS::Key', Properties: {} },
  Images: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'api' } },
  Deployer: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'deployer',
      AssumeRolePolicyDocument: document(
        allow('Trust', 'sts:AssumeRole', undefined, { Principal: { Service: 'ec2.amazonaws.com' } }),
      ),
    },
  },
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: 'f', Role: 'arn:aws:iam::111111111111:role/f' },
  },
};

test.each<[command: string, expected: readonly string[]]>([
  [
    'aws s3 sync dist s3://site/app --delete',
    ['s3:PutObject', 'kms:GenerateDataKey', 's3:DeleteObject', 's3:ListBucket'],
  ],
  ['aws s3 cp --recursive dist/ s3://site', ['s3:PutObject', 'kms:GenerateDataKey']],
  ['aws s3 cp s3://site/x .', ['s3:GetObject', 'kms:Decrypt']],
  ['aws s3 rm s3://site/x', ['s3:DeleteObject']],
  ['aws s3 sync dist "s3://$BUCKET"', []],
  ['aws ecr get-login-password | docker login --password-stdin x', ['ecr:GetAuthorizationToken']],
  ['aws lambda update-function-code --function-name f --zip-file fileb://f.zip', ['lambda:UpdateFunctionCode']],
  ['aws ecs update-service --cluster c --service s --force-new-deployment', ['ecs:UpdateService']],
  ['aws ecs update-service --cluster "$C" --service s', []],
  ['aws --region "$AWS_DEFAULT_REGION" lambda publish-version --function-name=f', ['lambda:PublishVersion']],
  ['AWS_PAGER= /usr/local/bin/aws lambda publish-version \\\n  --function-name "f"', ['lambda:PublishVersion']],
  ['NAME=f; timeout 60 aws lambda publish-version --function-name "${NAME}" &', ['lambda:PublishVersion']],
  ['NAME=f; NAME=g; aws lambda publish-version --function-name "$NAME"', []],
  ['if ! sudo -E aws lambda publish-version --function-name f; then exit 1; fi', ['lambda:PublishVersion']],
  ['$(aws ecr get-login --no-include-email)', ['ecr:GetAuthorizationToken']],
  ['aws ecs register-task-definition --family api --cli-input-json file://t', ['ecs:RegisterTaskDefinition']],
  [
    'aws codeartifact login --tool npm --domain acme --repository shared',
    ['codeartifact:GetAuthorizationToken', 'sts:GetServiceBearerToken', 'codeartifact:GetRepositoryEndpoint'],
  ],
  ['aws cloudfront create-invalidation --distribution-id E1 --paths "/*"', ['cloudfront:CreateInvalidation']],
  ['aws eks update-kubeconfig --name apps', ['eks:DescribeCluster']],
  ['aws eks update-kubeconfig --name "$CLUSTER"', []],
  ['aws s3api put-object --bucket site --key x --body x', ['s3:PutObject']],
  [
    'aws cloudformation deploy --stack-name app --template-file t.yaml',
    ['ChangeSet', 'ChangeSet', 'ChangeSet', 'Stacks'].map(
      (name, index) => `cloudformation:${['Create', 'Describe', 'Execute', 'Describe'][index]}${name}`,
    ),
  ],
  [
    'sam build && sam deploy --stack-name app --s3-bucket site --no-confirm-changeset',
    [
      ...['CreateChangeSet', 'DescribeChangeSet', 'ExecuteChangeSet', 'DescribeStacks'].map(
        (api) => `cloudformation:${api}`,
      ),
      's3:PutObject',
    ],
  ],
  ['sam package --s3-bucket "$BUCKET"', []],
  [
    'REPO=111111111111.dkr.ecr.eu-west-1.amazonaws.com/api; docker push --quiet "$REPO:$TAG"',
    ['BatchCheckLayerAvailability', 'CompleteLayerUpload', 'InitiateLayerUpload', 'PutImage', 'UploadLayerPart'].map(
      (api) => `ecr:${api}`,
    ),
  ],
  ['docker push example/api', []],
  ['terraform apply -auto-approve && kubectl apply -f . && helm upgrade api .', []],
  ['aws sts get-caller-identity', []],
  ['aws --profile prod s3 rm s3://site/x', []],
  [
    'ROLE="arn:aws:iam::111111111111:role/deployer"; C=$(aws sts assume-role --role-arn "$ROLE") && aws s3 rm s3://site/x',
    ['sts:AssumeRole'],
  ],
  ['eval $(aws sts assume-role --role-arn x) && aws s3 rm s3://site/x', []],
])('the AWS CLI: %s', (command, expected) => {
  const calls = denied(build([command], [], SITE), /^(?!codebuild|logs|codepipeline|iam)/);
  expect(calls.map((call) => call.split(' ')[1]).sort()).toEqual([...expected].sort());
  expect(calls.filter((call) => !call.startsWith('warning '))).toEqual([]);
});

describe('a Commands action that runs a script of the library', () => {
  function release(variables: Readonly<Record<string, string>>, ...statements: object[]) {
    const head = Object.entries(variables).map(([name, value]) => `'${name}='\\''${value}'\\'''`);
    const action = {
      Name: 'Release',
      ActionTypeId: { Category: 'Compute', Owner: 'AWS', Provider: 'Commands', Version: '1' },
      Commands: [`printf '%s\\n' ${head.join(' ')} > x`, 'sh "${TMPDIR:-/tmp}/site-release.sh"'],
    };
    return denied(pipelineWith(SITE, action, statements), /./);
  }

  const VARIABLES = { SITE_BUCKET: 'site', STATE_PREFIX: 'releases/', DISTRIBUTION_ID: 'E1', KEY_VALUE_STORE: '' };
  const S3 = allow('S3', 's3:*', ['arn:aws:s3:::site', 'arn:aws:s3:::site/*']);
  const INVALIDATE = allow('Cdn', 'cloudfront:*Invalidation', `arn:aws:cloudfront::${TOOLS}:distribution/E1`);

  test('requires the key of the bucket', () => {
    const key = expect.stringMatching(/^error kms:(Decrypt|GenerateDataKey) arn:aws:kms:/) as unknown;
    expect(release(VARIABLES, S3, INVALIDATE)).toEqual([key, key]);
    expect(release(VARIABLES, S3, INVALIDATE, allow('Key', 'kms:*', '*'))).toEqual([]);
  });

  test('requires the invalidation, or the key value store', () => {
    const key = allow('Key', 'kms:*', '*');
    expect(release(VARIABLES, S3, key)).toEqual(
      ['CreateInvalidation', 'GetInvalidation'].map(
        (api) => `error cloudfront:${api} arn:aws:cloudfront::${TOOLS}:distribution/E1`,
      ),
    );
    const store = `arn:aws:cloudfront::${TOOLS}:key-value-store/1`;
    expect(release({ ...VARIABLES, KEY_VALUE_STORE: store }, S3, key)).toEqual(
      ['DescribeKeyValueStore', 'PutKey'].map((api) => `error cloudfront-keyvaluestore:${api} ${store}`),
    );
  });
});

describe('a Commands action that runs a task with the script of the library', () => {
  const DEFINITION = {
    Migration: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Family: 'migrate', TaskRoleArn: `arn:aws:iam::${TOOLS}:role/task` },
    },
  };

  function run(...statements: object[]) {
    const action = {
      Name: 'Migrate',
      ActionTypeId: { Category: 'Compute', Owner: 'AWS', Provider: 'Commands', Version: '1' },
      Commands: ["FAMILY='migrate'", `printf '%s\\n' 'CLUSTER='\\''apps'\\''' > x`, 'sh "${TMPDIR:-/tmp}/run-task.sh"'],
    };
    return denied(pipelineWith(DEFINITION, action, statements), /^(ecs:|iam:PassRole)/).map(
      (text) => text.split(' ')[1],
    );
  }

  const prefix = `arn:aws:ecs:${EU}:${TOOLS}:`;
  const REVISIONS = `${prefix}task-definition/migrate:*`;
  const TASKS = allow('Tasks', ['ecs:DescribeTasks', 'ecs:StopTask'], `${prefix}task/apps/*`);
  const REGISTER = allow('Register', ['ecs:RegisterTaskDefinition'], REVISIONS);
  const PASS = allow('Pass', 'iam:PassRole', `arn:aws:iam::${TOOLS}:role/task`);

  function runOn(cluster: string) {
    return allow('Run', 'ecs:RunTask', REVISIONS, {
      Condition: { ArnEquals: { 'ecs:cluster': `${prefix}cluster/${cluster}` } },
    });
  }

  test.each<[string, object[], string[]]>([
    ['everything', [TASKS, REGISTER, PASS, runOn('apps')], []],
    ['nothing on the cluster', [TASKS, REGISTER, PASS, runOn('other')], ['ecs:RunTask']],
    ['no registration', [TASKS, PASS, runOn('apps')], ['ecs:RegisterTaskDefinition']],
    ['no passing of roles', [TASKS, REGISTER, runOn('apps')], ['iam:PassRole']],
  ])('is allowed: %s', (_, statements, expected) => expect(run(...statements)).toEqual(expected));
});
