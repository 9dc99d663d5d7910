import { ACROSS } from './across-variants';
import { readInput } from '../../src/assembly/input';
import { fates } from '../check/mutants';
import { NIGHTLY } from '../helpers/nightly';
import { synthesizedApp } from '../helpers/synthesized';

/** What nothing that is known of misses when it is gone. */
const NOT_MISSED = [
  // AWS lists these; which calls come of them is not published.
  's3:GetBucketVersioning s3:GetBucketAcl s3:GetBucketLocation',
  's3:GetBucketAcl s3:GetBucketLocation',
  'kms:DescribeKey',
  'cloudformation:ValidateTemplate',
  // The check does not read commands, nor what happens on the way out of a stage.
  's3:ListBucket',
  's3:PutObject s3:DeleteObject',
  's3:GetObject',
  'cloudfront:CreateInvalidation cloudfront:GetInvalidation',
  'ecs:DescribeTaskDefinition',
  'ecs:RegisterTaskDefinition',
  'ecs:TagResource',
  'iam:PassRole',
  'ecs:RunTask',
  'ecs:DescribeTasks ecs:StopTask',
  'lambda:GetAlias lambda:GetFunction lambda:UpdateFunctionCode lambda:PublishVersion lambda:UpdateAlias',
  'lambda:GetFunctionConfiguration',
  'ecr:BatchGetImage ecr:GetDownloadUrlForLayer',
  'appconfig:ListHostedConfigurationVersions appconfig:CreateHostedConfigurationVersion',
  'appconfig:ValidateConfiguration',
  'appconfig:StartDeployment',
  'appconfig:GetDeployment appconfig:StopDeployment',
  // The functions that CodeDeploy invokes are in a file that exists only during the execution.
  'lambda:InvokeFunction',
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability ecr:BatchGetImage ecr:CompleteLayerUpload ecr:DescribeImages ' +
    'ecr:GetDownloadUrlForLayer ' +
    'ecr:InitiateLayerUpload ecr:PutImage ecr:UploadLayerPart',
  'cloudfront-keyvaluestore:DescribeKeyValueStore cloudfront-keyvaluestore:PutKey',
  'ssm:GetParameter',
];

/**
 * Returns whether a mutant removes the log statement of a pipeline's role. AWS names this role on the page of the
 * Commands action, and documents for other actions that the role of the action writes the log. Both have the statement.
 */
function isLogOfPipelineRole({
  logicalId,
  statement,
}: {
  readonly logicalId: string;
  readonly statement: Readonly<Record<string, unknown>>;
}) {
  const isLog = [statement.Action].flat().every((action) => String(action).startsWith('logs:'));
  return isLog && /RolePolicy[0-9A-F]{8}$/.test(logicalId);
}

/** One statement of this number is removed; at night, each is. */
const ONE_OF = NIGHTLY ? 1 : 2;

test.each(Object.entries(ACROSS))(
  '%s: what is granted is needed: the check notices when a statement is gone',
  (variant, make) => {
    const survivors = [...fates(readInput(synthesizedApp(variant, make)), ONE_OF)]
      .filter(({ fate, mutant }) => fate === 'survived' && !/^Services-\d/.test(mutant.name))
      .filter(({ mutant }) => !isLogOfPipelineRole(mutant))
      .map(({ mutant }) => [mutant.statement.Action].flat().join(' '));
    expect([...new Set(survivors)].filter((actions) => !NOT_MISSED.includes(actions))).toEqual([]);
  },
  120_000,
);
