import { aws_ecr as ecr, aws_events as events, aws_iam as iam, aws_kms as kms, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { PolicyMeter } from './policy-size';
import { supportStacksOf } from './sibling-stack';
import { POLICY_LIMITS } from '../aws/policy-limits';
import { compact } from '../common/compact';
import { type Problem, problem } from '../pipeline/problems';
import { atMostCharacters } from '../common/rules';

/** Describes policies whose size is limited. */
interface SizedPolicies {
  readonly construct: Construct;
  /** Kind of the policies, as in `inline policies`. */
  readonly what: string;
  readonly documents: readonly unknown[];
  readonly limit: number;
}

const FIX =
  'split the pipeline, and start the second part with PipelineTrigger.pipelineSucceeded; ' +
  'combine permissions that you added';

/**
 * Validates the sizes of the policies of a pattern at the end of the synthesis, because users can extend them until
 * then.
 *
 * @param prop property of the pattern on whose length the sizes depend
 * @param fix instruction in the imperative
 */
export function validatePolicySizes(scope: Construct, prop: string, fix: string = FIX): void {
  scope.node.addValidation({
    validate: () => [scope, ...supportStacksOf(scope)].flatMap((root) => problemsBelow(root, prop, fix)),
  });
}

function problemsBelow(root: Construct, prop: string, fix: string): Problem[] {
  const constructs = root.node.findAll();
  const attached = attachedPolicies(constructs);
  return compact(
    constructs.flatMap((construct) => policiesOf(construct, attached)).map((one) => problemOf(one, prop, fix)),
  );
}

/** Returns the documents of inline policies by the JSON of the reference to their role. */
function attachedPolicies(constructs: readonly IConstruct[]): ReadonlyMap<string, unknown[]> {
  const documents = new Map<string, unknown[]>();
  for (const policy of constructs.filter((construct) => construct instanceof iam.CfnPolicy)) {
    const roles = Stack.of(policy).resolve(policy.roles ?? []) as unknown[];
    for (const key of roles.map((role) => JSON.stringify(role))) {
      documents.set(key, [...(documents.get(key) ?? []), policy.policyDocument]);
    }
  }
  return documents;
}

function policiesOf(construct: IConstruct, attached: ReadonlyMap<string, unknown[]>): SizedPolicies[] {
  if (construct instanceof iam.CfnRole) {
    const own = [construct.policies ?? []].flat() as iam.CfnRole.PolicyProperty[];
    const documents = [
      ...own.map(({ policyDocument }) => policyDocument),
      ...(attached.get(JSON.stringify(Stack.of(construct).resolve(construct.ref))) ?? []),
    ];
    return [
      { construct, what: 'inline policies', documents, limit: POLICY_LIMITS.inlinePolicies },
      {
        construct,
        what: 'trust policy',
        documents: [construct.assumeRolePolicyDocument],
        limit: POLICY_LIMITS.trustPolicy,
      },
    ];
  }
  if (construct instanceof iam.CfnManagedPolicy) {
    const documents = [construct.policyDocument];
    return [{ construct, what: 'managed policy', documents, limit: POLICY_LIMITS.managedPolicy }];
  }
  if (construct instanceof s3.CfnBucketPolicy) {
    const documents = [construct.policyDocument];
    return [{ construct, what: 'bucket policy', documents, limit: POLICY_LIMITS.bucketPolicy }];
  }
  if (construct instanceof kms.CfnKey) {
    return [{ construct, what: 'key policy', documents: [construct.keyPolicy], limit: POLICY_LIMITS.keyPolicy }];
  }
  if (construct instanceof events.CfnEventBusPolicy) {
    const documents = [construct.statement];
    return [{ construct, what: 'event bus policy', documents, limit: POLICY_LIMITS.eventBusPolicy }];
  }
  if (construct instanceof ecr.CfnRepository) {
    const documents = compact([construct.repositoryPolicyText]);
    return [{ construct, what: 'repository policy', documents, limit: POLICY_LIMITS.repositoryPolicy }];
  }
  return [];
}

function problemOf(
  { construct, what, documents, limit }: SizedPolicies,
  prop: string,
  fix: string,
): Problem | undefined {
  if (maximumSize(documents) <= limit) return undefined;
  const meter = new PolicyMeter(Stack.of(construct));
  const size = documents.reduce<number>((sum, document) => sum + meter.measure(document), 0);
  if (size <= limit) return undefined;
  return problem(prop, `${atMostCharacters(limit)} in the ${what} of ${construct.node.path}`, size, fix);
}

/** Maximum length of a value that replaces a token. */
const TOKEN_LENGTH = 200;

/** Returns a maximum of the size of documents without resolving them, which takes much longer. */
function maximumSize(documents: readonly unknown[]): number {
  const json = JSON.stringify(documents);
  if (json.includes('<unresolved-')) return Infinity;
  return json.length + (json.split('${Token[').length - 1) * TOKEN_LENGTH;
}
