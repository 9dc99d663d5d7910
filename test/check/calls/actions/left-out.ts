type Reasons = Readonly<Record<string, string>>;

const DATA_KEYS = 'S3 encrypts with data keys: GenerateDataKey to write, Decrypt to read; it never calls';
const KEY_USE: Reasons = {
  'kms:Encrypt on key': `${DATA_KEYS} Encrypt`,
  'kms:ReEncrypt* on key': `${DATA_KEYS} ReEncrypt when a request names the key`,
  'kms:DescribeKey on key':
    `${DATA_KEYS} DescribeKey; key policies of aws-cdk-lib 1.60 allow it, ` + 'but no denial was ever reported',
};
const TAGS = 'asked for only if the objects carry tags, which no template tells';
const SESSIONS = 'only for people who connect to a running build';
const NO_RESOURCE =
  'in this statement it has no effect: the call knows no resource, and another statement of the sample allows it on *';
const OLD_NAME =
  'the name of the service is the one in the ARN of the connection; that of the fixtures has the new name';
const WORKS_ELSEWHERE =
  'a wildcard over a service that the environment is made of; which calls depends on the environment, not on the ' +
  'action';

/** Samples about roles that no part of the checker plays. */
export const NO_COUNTERPART: Reasons = {
  'Pipeline/CrossAccountInstanceRole':
    'instances that CodeDeploy deploys to call under their own profile, which is outside of the pipeline',
};

/**
 * What AWS advises to allow and no call of this library needs, by provider: action and kind of resource as the sample
 * has them, and why.
 */
export const LEFT_OUT: Readonly<Record<string, Reasons>> = {
  Pipeline: {
    ...KEY_USE,
    's3:PutObjectAcl on object':
      'seen denied for sources by connection and in other accounts only, where the table has it (aws-cdk 13557, 14156)',
    's3:PutObjectTagging on object': TAGS,
    's3:GetObjectTagging on object': TAGS,
    's3:GetObjectVersionTagging on object': TAGS,
  },
  'Pipeline/CrossAccountActionRole': KEY_USE,
  'Source/CodeStarSourceConnection': {
    'codestar-connections:UseConnection on connection':
      'AWS lists both names; the one in the ARN of the connection counts, aws-cdk-lib grants one',
  },
  'Build/ECRBuildAndPublish': {
    'ecr:GetAuthorizationToken on repository': NO_RESOURCE,
    'ecr-public:GetAuthorizationToken on public repository': NO_RESOURCE,
    'sts:GetServiceBearerToken on public repository': NO_RESOURCE,
  },
  'Deploy/S3': {
    's3:PutObjectTagging on bucket|object': TAGS,
    's3:GetObjectTagging on bucket|object': TAGS,
    's3:GetObjectVersionTagging on bucket|object': TAGS,
  },
  'Deploy/ElasticBeanstalk': Object.fromEntries(
    ['cloudwatch', 'ecs', 'elasticloadbalancing', 'rds', 'sns', 'sqs'].map((service) => [
      `${service}:* on unstated`,
      WORKS_ELSEWHERE,
    ]),
  ),
  'Project/CodeBuild': {
    ...KEY_USE,
    's3:GetBucketAcl on *': 'a check of who owns the bucket, which AWS advises; builds succeed without',
    's3:GetBucketLocation on *': 'as GetBucketAcl; seen denied in a build that succeeded',
    'ssmmessages:CreateControlChannel on *': SESSIONS,
    'ssmmessages:CreateDataChannel on *': SESSIONS,
    'ssmmessages:OpenControlChannel on *': SESSIONS,
    'ssmmessages:OpenDataChannel on *': SESSIONS,
  },
};

/** Denials that people saw and that the table has not, or has on another kind of resource. */
export const MADE_OTHERWISE: Reasons = {
  'Deploy/S3 s3:PutObject on bucket': 'the message names the bucket only; the call is about an object',
  'Invoke/Lambda codepipeline:PutJobSuccessResult on unstated':
    'made with the artifactCredentials of the event by mistake; the function has to answer under its own role, ' +
    'as the table has it',
  'Project/CodeBuild codestar-connections:UseConnection on connection': OLD_NAME,
  'Project/CodeBuild s3:GetBucketLocation on bucket': 'the build succeeded all the same',
  'Source/CodeCommit s3:PutObjectAcl on object':
    'denied only for a repository in another account, where the table has it',
  'Source/CodeStarSourceConnection codestar-connections:UseConnection on connection': OLD_NAME,
};

/** Providers that cite another page than the one their sample is from. */
export const OTHER_PAGES: Reasons = {
  'Invoke/Lambda': 'the reference page of the action; the sample stands on the page about invoking a function',
};
