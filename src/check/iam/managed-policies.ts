import { ADMINISTRATION } from './managed-policies/administration';
import { CODE_SERVICES } from './managed-policies/code-services';
import { DEPLOYING } from './managed-policies/deploying';
import { RUNNING } from './managed-policies/running';
import { SERVICES } from './managed-policies/services';
import { allow, allowAllBut, version, type PolicyTable, type PolicyVersion } from './managed-policies/statement';

/** Describes a version of an AWS managed policy. */
export interface ManagedPolicy {
  /** E.g. `v3`. AWS changes a policy by creating a new default version. */
  readonly version: string;
  /** The date on which AWS made this version the default. */
  readonly since: string;
  /** The date on which this version was last confirmed as the default. */
  readonly asOf: string;
  /** The document in partition `aws`. In other partitions, the ARNs start differently. */
  readonly document: { readonly Version: '2012-10-17'; readonly Statement: readonly object[] };
  /** The URL of the AWS documentation of the policy. */
  readonly source: string;
}

/**
 * The date of the newest change in the responses of the IAM API (as recorded by moto 5.2.5) with which all documents
 * were compared.
 */
const AS_OF = '2026-09-30';
/** The same date of moto 5.2.1, with which the documents of the developer tools and of whole services were compared. */
const SERVICES_AS_OF = '2026-05-01';

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

function published(name: string, { statements, ...dated }: PolicyVersion, asOf: string): ManagedPolicy {
  return {
    ...dated,
    asOf,
    document: { Version: '2012-10-17', Statement: statements },
    source: `https://docs.aws.amazon.com/aws-managed-policy/latest/reference/${name.slice(name.lastIndexOf('/') + 1)}.html`,
  };
}

/**
 * Lists the AWS managed policies that pipelines use, by the part after `policy/` in their ARN. The permissions of all
 * other managed policies are unknown.
 */
export const MANAGED_POLICIES: Readonly<Record<string, ManagedPolicy>> = Object.fromEntries(
  [
    { tables: [BROAD, DEPLOYING, RUNNING], asOf: AS_OF },
    { tables: [CODE_SERVICES, SERVICES, ADMINISTRATION], asOf: SERVICES_AS_OF },
  ].flatMap(({ tables, asOf }) =>
    tables.flatMap((table) => Object.entries(table)).map(([name, policy]) => [name, published(name, policy, asOf)]),
  ),
);
