import { CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { combineStatements, oneOrMany, resourcesOf, type Statement } from './grants';
import { POLICY_LIMITS } from '../aws/policy-limits';

/** Lengths of pseudo parameters. Tokens and names that AWS generates are estimated. */
const PSEUDO_LENGTHS: Readonly<Record<string, number>> = {
  'AWS::Partition': 'aws'.length,
  'AWS::AccountId': '111111111111'.length,
  'AWS::Region': 'ap-southeast-2'.length,
  'AWS::URLSuffix': 'amazonaws.com'.length,
};

/** Lengths of the ARNs of resources without their names. */
const ARN_LENGTHS: Readonly<Record<string, number>> = {
  'AWS::IAM::Role': 'arn:aws:iam::111111111111:role/'.length,
  'AWS::S3::Bucket': 'arn:aws:s3:::'.length,
};
const OTHER_ARN_LENGTH = 'arn:aws:codebuild:eu-west-1:111111111111:project/'.length;

/** Maximum length of the names that CloudFormation generates, and the length of their random end. */
const GENERATED_NAME = { maxLength: 64, random: '-0123456789ABC'.length };

/** Length of other values. */
const OTHER_LENGTH = 40;

/** Estimates the size of policies of a stack after deployment. */
export class PolicyMeter {
  private readonly resources = new Map<string, CfnResource>();

  public constructor(private readonly stack: Stack) {
    for (const construct of stack.node.findAll()) {
      if (!CfnResource.isCfnResource(construct) || construct.stack !== stack) continue;
      this.resources.set(stack.getLogicalId(construct), construct);
    }
  }

  /** Returns the estimated number of characters of a policy document, or of a part of it. */
  public measure(document: unknown): number {
    return this.lengthOf(this.stack.resolve(document));
  }

  private lengthOf(value: unknown): number {
    if (typeof value === 'string') return JSON.stringify(value).length;
    if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + this.lengthOf(item) + 1, 1);
    if (typeof value !== 'object' || value === null) return String(value).length;
    const entries = Object.entries(value as Record<string, unknown>);
    if (entries.length === 1 && /^(Ref|Fn::.*)$/.test(entries[0][0])) return 2 + this.textLength(value);
    return entries.reduce((sum, [key, item]) => sum + key.length + 4 + this.lengthOf(item), 1);
  }

  /** Returns the length of a text that CloudFormation resolves. */
  private textLength(value: unknown): number {
    if (typeof value === 'string') return value.length;
    const [[name, argument]] = Object.entries(value as Record<string, unknown>);
    switch (name) {
      case 'Ref':
        return this.refLength(String(argument));
      case 'Fn::GetAtt':
        return this.arnLength(String([argument].flat()[0]).split('.')[0]);
      case 'Fn::Join':
        return this.joinLength(argument as [string, unknown[]]);
      case 'Fn::Sub':
        return this.substitutionLength(String([argument].flat()[0]));
      default:
        return OTHER_LENGTH;
    }
  }

  private joinLength([separator, parts]: [string, unknown[]]): number {
    if (!Array.isArray(parts)) return OTHER_LENGTH;
    return parts.reduce<number>((sum, part) => sum + this.textLength(part) + separator.length, -separator.length);
  }

  private substitutionLength(text: string): number {
    const names = [...text.matchAll(/\$\{([^}!]+)\}/g)];
    return names.reduce((sum, [all, name]) => sum - all.length + this.refLength(name), text.length);
  }

  private refLength(logicalId: string): number {
    const resource = this.resources.get(logicalId);
    return PSEUDO_LENGTHS[logicalId] ?? (resource ? this.nameLength(logicalId, resource) : OTHER_LENGTH);
  }

  private arnLength(logicalId: string): number {
    const resource = this.resources.get(logicalId);
    if (!resource) return OTHER_ARN_LENGTH + OTHER_LENGTH;
    return (ARN_LENGTHS[resource.cfnResourceType] ?? OTHER_ARN_LENGTH) + this.nameLength(logicalId, resource);
  }

  private nameLength(logicalId: string, resource: CfnResource): number {
    const name = explicitNameOf(resource);
    if (name !== undefined) return name.length;
    const generated = this.stack.stackName.length + 1 + logicalId.length + GENERATED_NAME.random;
    return Math.min(generated, GENERATED_NAME.maxLength);
  }
}

/** Returns the explicit name of a resource whose policies usually refer to it. */
function explicitNameOf(resource: CfnResource): string | undefined {
  const { name, roleName, bucketName, functionName } = resource as unknown as Partial<Record<string, unknown>>;
  const explicit = [name, roleName, bucketName, functionName].find((value) => typeof value === 'string');
  return explicit as string | undefined;
}

/** Number of resources up to which statements always fit into one policy. */
const ALWAYS_FITS = 30;

/** Part of a limit that is used, because sizes are estimated and users can add statements. */
const USED_PART = 0.85;

/**
 * Distributes statements over policies of a role, because the size of policies is limited: the first policy is inline,
 * the others are managed.
 */
export function distribute(scope: Construct, statements: readonly Statement[]): Statement[][] {
  const combined = combineStatements(statements);
  if (combined.flatMap(resourcesOf).length <= ALWAYS_FITS) return [combined];
  const meter = new PolicyMeter(Stack.of(scope));
  const policies: Statement[][] = [[]];
  let free: number = POLICY_LIMITS.inlinePolicies * USED_PART;
  for (const statement of combined) {
    let rest: readonly unknown[] = resourcesOf(statement);
    while (rest.length > 0) {
      const policy = policies[policies.length - 1];
      const emptySize = meter.measure({ ...statement, Resource: [] });
      const fitting = rest.slice(0, countFitting(rest, free - emptySize, meter));
      // A single resource that fits into no policy remains in a separate one.
      const taken = fitting.length === 0 && policy.length === 0 ? rest.slice(0, 1) : fitting;
      if (taken.length > 0) policy.push({ ...statement, Resource: oneOrMany(taken) });
      rest = rest.slice(taken.length);
      free -= emptySize + meter.measure(taken);
      if (rest.length === 0) continue;
      policies.push([]);
      free = POLICY_LIMITS.managedPolicy * USED_PART;
    }
  }
  return policies;
}

/** Returns the number of resources, from the first, that fit into a number of characters. */
function countFitting(resources: readonly unknown[], free: number, meter: PolicyMeter): number {
  let size = 0;
  const first = resources.findIndex((resource) => {
    size += meter.measure(resource) + 1;
    return size > free;
  });
  return first === -1 ? resources.length : first;
}
