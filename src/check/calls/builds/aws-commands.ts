/** Describes the calls of a command of the AWS CLI on one kind of resource. */
interface CommandCalls {
  readonly calls: readonly string[];
  /** The service in the ARN. */
  readonly service?: string;
  /**
   * The resource in the ARN, or the ARN itself, with options in braces, e.g. `{--name}`, and `{run}` for a part that is
   * known only at run time. If an option is unknown, the calls are not verified.
   */
  readonly resource?: string;
  /** Whether a permission for all resources is sufficient, too, e.g. because the name is in a file. */
  readonly isAlsoForAll?: boolean;
  readonly source: string;
}

/** Lists the calls of a command, by kind of resource. */
export type AwsCommand = readonly CommandCalls[];

function reference(service: string) {
  return `https://docs.aws.amazon.com/service-authorization/latest/reference/list_${service}.html`;
}

/** Returns a command with calls of one service on one resource. */
function command(service: string, page: string, resource: string | undefined, ...apis: string[]): AwsCommand {
  const calls = apis.map((api) => `${service}:${api}`);
  if (resource === undefined) return [{ calls, source: reference(page) }];
  return [{ calls, service, resource, source: reference(page) }];
}

function onFunction(...apis: string[]): AwsCommand {
  return command('lambda', 'awslambda', 'function:{--function-name}', ...apis);
}

function onObject(...apis: string[]): AwsCommand {
  return command('s3', 'amazons3', 'arn:aws:s3:::{--bucket}/{--key}', ...apis);
}

const ECS = 'amazonelasticcontainerservice';
const STACK = 'stack/{--stack-name}/{run}';
const CODE_ARTIFACT = 'awscodeartifact';
/** Every command that logs in to CodeArtifact requires a token, and the permission to issue a bearer token. */
const CODE_ARTIFACT_TOKEN: AwsCommand = [
  ...command('codeartifact', CODE_ARTIFACT, 'domain/{--domain}', 'GetAuthorizationToken'),
  ...command('sts', 'awssecuritytokenservice', undefined, 'GetServiceBearerToken'),
];
const DEPLOY_STACK = command(
  'cloudformation',
  'awscloudformation',
  STACK,
  'DescribeStacks',
  'CreateChangeSet',
  'DescribeChangeSet',
  'ExecuteChangeSet',
);

/** Maps commands of the AWS CLI to their calls. */
export const AWS_COMMANDS: Readonly<Record<string, AwsCommand>> = {
  'cloudformation deploy': DEPLOY_STACK,
  'cloudformation describe-stacks': command('cloudformation', 'awscloudformation', STACK, 'DescribeStacks'),
  'cloudformation package': command('s3', 'amazons3', 'arn:aws:s3:::{--s3-bucket}/{run}', 'PutObject'),
  'cloudformation validate-template': command('cloudformation', 'awscloudformation', undefined, 'ValidateTemplate'),
  'cloudfront create-invalidation': command(
    'cloudfront',
    'amazoncloudfront',
    'distribution/{--distribution-id}',
    'CreateInvalidation',
  ),
  'codeartifact get-authorization-token': CODE_ARTIFACT_TOKEN,
  'codeartifact login': [
    ...CODE_ARTIFACT_TOKEN,
    ...command('codeartifact', CODE_ARTIFACT, 'repository/{--domain}/{--repository}', 'GetRepositoryEndpoint'),
  ],
  'ecr get-login': command('ecr', 'amazonelasticcontainerregistry', undefined, 'GetAuthorizationToken'),
  'ecr get-login-password': command('ecr', 'amazonelasticcontainerregistry', undefined, 'GetAuthorizationToken'),
  'ecs describe-task-definition': command('ecs', ECS, undefined, 'DescribeTaskDefinition'),
  'ecs register-task-definition': [
    {
      calls: ['ecs:RegisterTaskDefinition'],
      service: 'ecs',
      resource: 'task-definition/{--family}:{run}',
      isAlsoForAll: true,
      source: reference(ECS),
    },
  ],
  'ecs update-service': command('ecs', ECS, 'service/{--cluster}/{--service}', 'UpdateService'),
  'eks update-kubeconfig': command('eks', 'amazonelastickubernetesservice', 'cluster/{--name}', 'DescribeCluster'),
  'lambda update-function-code': onFunction('UpdateFunctionCode'),
  'lambda update-function-configuration': onFunction('UpdateFunctionConfiguration'),
  'lambda publish-version': onFunction('PublishVersion'),
  'lambda get-alias': onFunction('GetAlias'),
  'lambda update-alias': onFunction('UpdateAlias'),
  'lambda invoke': onFunction('InvokeFunction'),
  's3api get-object': onObject('GetObject'),
  's3api head-object': onObject('GetObject'),
  's3api put-object': onObject('PutObject'),
  's3api delete-object': onObject('DeleteObject'),
  'secretsmanager get-secret-value': command(
    'secretsmanager',
    'awssecretsmanager',
    'secret:{--secret-id}-??????',
    'GetSecretValue',
  ),
  'sts assume-role': command('sts', 'awssecuritytokenservice', '{--role-arn}', 'AssumeRole'),
};

/** Maps commands of the AWS SAM CLI to their calls with the credentials of the build. */
export const SAM_COMMANDS: Readonly<Record<string, AwsCommand>> = {
  deploy: [...DEPLOY_STACK, ...command('s3', 'amazons3', 'arn:aws:s3:::{--s3-bucket}/{run}', 'PutObject')],
  package: command('s3', 'amazons3', 'arn:aws:s3:::{--s3-bucket}/{run}', 'PutObject'),
};
