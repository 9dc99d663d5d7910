import { type aws_ec2 as ec2, Token } from 'aws-cdk-lib';
import type { NetworkPlan } from './build-access-plan';
import { WITHOUT_PROXY } from '../aws/builds';
import { BUILD_LIMITS } from '../aws/limits';
import type { Problems } from '../pipeline/problems';
import {
  listOf,
  type OptionTypes,
  readOptions,
  resourceWith,
  SUBNET_SELECTION,
  TEXT,
  TEXTS,
} from '../pipeline/read-options';
import { RESOURCE } from '../pipeline/rules';

/** Options of {@link BuildNetwork.vpc}. */
export interface VpcNetworkOptions {
  /**
   * Subnets in which builds get a network interface, at most 16. They need a route to the AWS services: a NAT gateway,
   * VPC endpoints, or the proxy.
   *
   * @default - the private subnets with egress
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Security groups of the builds, at most 5.
   *
   * @default - a new security group that allows all outbound and no inbound traffic
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * URL of a proxy for HTTP and HTTPS, e.g. `http://proxy.example.com:3128`. Commands read it from `HTTP_PROXY` and
   * `HTTPS_PROXY`, and CodeBuild sends artifacts and logs through it. The URL is part of the template, so it must not
   * contain a password.
   *
   * @default - no proxy
   */
  readonly proxy?: string;

  /**
   * Hosts that are reached without the proxy. Commands read them from `NO_PROXY`.
   *
   * @default - the addresses from which a build reads its credentials and metadata
   */
  readonly noProxy?: string[];
}

/**
 * The network of a build.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * BuildStep.shell(['./integration-tests.sh'], { network: BuildNetwork.vpc(vpc) });
 */
export class BuildNetwork {
  /** Runs builds in a VPC, e.g. for tests that use a database in it. */
  public static vpc(vpc: ec2.IVpc, options: VpcNetworkOptions = {}): BuildNetwork {
    return new BuildNetwork(vpc, options);
  }

  private constructor(
    private readonly vpc: ec2.IVpc,
    private readonly options: VpcNetworkOptions,
  ) {}

  /**
   * Returns whether builds use a proxy.
   *
   * @internal
   */
  public get _hasProxy(): boolean {
    return typeof this.options?.proxy === 'string';
  }

  /**
   * Plans the network, and validates its options. Subnets are selected when the network is rendered.
   *
   * @internal
   */
  public _plan(problems: Problems): NetworkPlan | undefined {
    const { subnets, securityGroups, proxy, noProxy } = readOptions(this.options, VPC_OPTIONS, problems);
    validateCount(securityGroups, BUILD_LIMITS.securityGroups, problems.at('securityGroups'));
    validateCount(subnets?.subnets, BUILD_LIMITS.subnets, problems.at('subnets'));
    if (!VPC(this.vpc, problems.at('vpc'))) return undefined;
    return {
      vpc: this.vpc,
      subnets,
      securityGroups,
      proxy: planProxy(proxy, noProxy, problems.at('proxy')),
    };
  }
}

const VPC = resourceWith('vpcId', 'a VPC');
const SECURITY_GROUP = resourceWith('securityGroupId', RESOURCE.securityGroup);

const VPC_OPTIONS: OptionTypes<VpcNetworkOptions> = {
  subnets: SUBNET_SELECTION,
  securityGroups: listOf(SECURITY_GROUP, 'pass a list, e.g. [securityGroup]'),
  proxy: TEXT,
  noProxy: TEXTS,
};

/** Returns the rule of the number of items in a list. */
export function itemCount({ min, max }: { min: number; max: number }): string {
  return `contain ${min} to ${max} items`;
}

function validateCount(
  items: readonly unknown[] | undefined,
  { min, max }: { min: number; max: number },
  problems: Problems,
): void {
  if (items === undefined || (items.length >= min && items.length <= max)) return;
  problems.add(itemCount({ min, max }), items.length, 'remove it to use the default, or pass fewer items');
}

function planProxy(
  address: string | undefined,
  noProxy: readonly string[] | undefined,
  problems: Problems,
): NetworkPlan['proxy'] {
  if (address === undefined) return undefined;
  if (!Token.isUnresolved(address) && !PROXY_URL.test(address)) {
    const fix = "use the form 'http://proxy.example.com:3128'";
    problems.add('be a URL without a password', address.replace(/\/\/.*@/, '//***@'), fix);
  }
  return { address, noProxy: noProxy ?? WITHOUT_PROXY };
}

const PROXY_URL = /^https?:\/\/[^\s/@]+$/;
