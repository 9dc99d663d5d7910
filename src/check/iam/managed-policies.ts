import { DEPLOYING } from './managed-policies/deploying';
import { RUNNING } from './managed-policies/running';
import { allow, allowAllBut, version, type PolicyTable, type PolicyVersion } from './managed-policies/statement';

/** A policy that AWS maintains, as it was on a day. */
export interface ManagedPolicy {
  /** E.g. `v3`. AWS changes a policy by making another version of it the default one. */
  readonly version: string;
  /** The day AWS made this version the default one. */
  readonly since: string;
  /** The day this version was last seen to be the default one. */
  readonly asOf: string;
  /** As in partition `aws`; in others, ARNs in it begin otherwise. */
  readonly document: { readonly Version: '2012-10-17'; readonly Statement: readonly object[] };
  /** Where AWS publishes it. */
  readonly source: string;
}

/**
 * The day of the newest change in the answers of IAM's API (as moto 5.2.5 records them) with which all texts were
 * compared.
 */
const AS_OF = '2026-09-30';

const BROAD: PolicyTable = {
  AdministratorAccess: version('v1', '2015-02-06', allow('*')),
  PowerUserAccess: version(
    'v12',
    '2026-02-12',
    allowAllBut(['iam:*', 'organizations:*', 'account:*']),
    allow([
      'account:GetAccountInformation',
      'account:GetGovCloudAccountInformation',
      'account:GetPrimaryEmail',
      'account:ListRegions',
      'iam:CreateServiceLinkedRole',
      'iam:DeleteServiceLinkedRole',
      'iam:ListRoles',
      'organizations:DescribeEffectivePolicy',
      'organizations:DescribeOrganization',
    ]),
  ),
  IAMFullAccess: version(
    'v2',
    '2019-06-21',
    allow([
      'iam:*',
      'organizations:DescribeAccount',
      'organizations:DescribeOrganization',
      'organizations:DescribeOrganizationalUnit',
      'organizations:DescribePolicy',
      'organizations:ListChildren',
      'organizations:ListParents',
      'organizations:ListPoliciesForTarget',
      'organizations:ListRoots',
      'organizations:ListPolicies',
      'organizations:ListTargetsForPolicy',
    ]),
  ),
};

function published(name: string, { statements, ...dated }: PolicyVersion): ManagedPolicy {
  return {
    ...dated,
    asOf: AS_OF,
    document: { Version: '2012-10-17', Statement: statements },
    source: `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name.slice(name.lastIndexOf('/') + 1)}.html`,
  };
}

/**
 * The AWS managed policies that matter to pipelines, by what follows `policy/` in their ARN. Of any other one, nobody
 * here knows what it allows.
 */
export const MANAGED_POLICIES: Readonly<Record<string, ManagedPolicy>> = Object.fromEntries(
  [BROAD, DEPLOYING, RUNNING]
    .flatMap((table) => Object.entries(table))
    .map(([name, policy]) => [name, published(name, policy)]),
);
