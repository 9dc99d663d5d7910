import { type aws_iam as iam, type aws_kms as kms, type aws_s3 as s3, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { allowRoles, bucketCallsOf, type CrossAccountRole, groupByCalls, keyCallsOf } from './artifact-bucket';
import { areKnownToDiffer } from '../pipeline/env';
import type { Problems } from '../pipeline/problems';
import { inPipelineEnv, RESOURCE } from '../pipeline/rules';

/** Grants of the pipelines that share a bucket, by bucket or key. Pipelines with equal grants share a statement. */
const grants = new WeakMap<s3.IBucket | kms.IKey, Map<string, SharedGrant>>();

interface SharedGrant {
  readonly statement: iam.PolicyStatement;
  /** ARNs of the roles, to which the condition of the statement refers. */
  readonly roleArns: string[];
}

/** Allows roles of other accounts to use a bucket of the user, and its key. */
export function shareBucket(bucket: s3.IBucket, roles: readonly CrossAccountRole[]): void {
  const { encryptionKey } = bucket;
  const resources = [bucket.bucketArn, bucket.arnForObjects('*')];
  for (const group of groupByCalls(roles, bucketCallsOf)) {
    share(bucket, group, resources, (statement) => bucket.addToResourcePolicy(statement));
  }
  if (encryptionKey === undefined) return;
  for (const group of groupByCalls(roles, keyCallsOf)) {
    share(encryptionKey, group, ['*'], (statement) => encryptionKey.addToResourcePolicy(statement));
  }
}

/** Adds roles to the statement with their actions, because the size of the policies is limited. */
function share(
  resource: s3.IBucket | kms.IKey,
  { roles, calls }: { readonly roles: readonly CrossAccountRole[]; readonly calls: readonly string[] },
  resources: readonly string[],
  add: (statement: iam.PolicyStatement) => unknown,
): void {
  const ofResource = grants.get(resource) ?? new Map<string, SharedGrant>();
  grants.set(resource, ofResource);
  const existing = ofResource.get(calls.join());
  // A statement that was synthesized is frozen.
  if (existing && !existing.statement.frozen) {
    existing.roleArns.push(...roles.map(({ roleArn }) => roleArn));
    for (const { account } of roles) existing.statement.addAwsAccountPrincipal(account);
    return;
  }
  const roleArns = roles.map(({ roleArn }) => roleArn);
  const statement = allowRoles(roles, calls, resources, roleArns);
  ofResource.set(calls.join(), { statement, roleArns });
  add(statement);
}

/** Validates a bucket of the user for the artifacts of a pipeline. */
export function validateSharedBucket(
  scope: Construct,
  bucket: s3.IBucket,
  crossAccountRoles: readonly CrossAccountRole[],
  problems: Problems,
): void {
  const { account, region } = Stack.of(scope);
  for (const [what, expected, got] of [
    ['account', account, bucket.env.account],
    ['Region', region, bucket.env.region],
  ] as const) {
    if (!areKnownToDiffer(expected, got)) continue;
    problems.add(inPipelineEnv(RESOURCE.bucket, what, expected), got, `pass a bucket in that ${what}`);
  }
  if (crossAccountRoles.length === 0) return;
  const accounts = [...new Set(crossAccountRoles.map((role) => role.account))];
  if (!isCreated(bucket)) {
    const fix = 'pass an s3.Bucket of this app; the policy of an imported bucket cannot be changed';
    problems.add(
      `be a bucket of this app, because its policy must allow ${accounts.join(', ')}`,
      'an imported one',
      fix,
    );
  } else if (bucket.encryptionKey === undefined || !isCreated(bucket.encryptionKey)) {
    const fix = 'pass a bucket with encryptionKey: new kms.Key(…); other accounts cannot use the AWS managed key';
    problems.add(`have a key of this app, because its policy must allow ${accounts.join(', ')}`, bucket.node.path, fix);
  }
}

/** Returns whether a resource is created by this app, rather than imported. */
function isCreated(resource: s3.IBucket | kms.IKey): boolean {
  return resource.node.defaultChild !== undefined;
}
