import { type aws_ec2 as ec2, Token } from 'aws-cdk-lib';
import type { NetworkPlan } from './build-access-plan';
import { WITHOUT_PROXY } from '../aws/builds';
import { BUILD_LIMITS } from '../aws/limits';
import type { Problems } from '../pipeline/problems';
import { ANY, listOf, type OptionTypes, readOptions, resourceWith, TEXT, TEXTS } from '../pipeline/read-options';

/** Options of {@link BuildNetwork.vpc}. */
export interface VpcNetworkOptions {
  /**
   * The subnets that builds get an address in, at most 16. They need a way to the services of AWS: a NAT gateway, VPC
   * endpoints, or the proxy.
   *
   * @default - the private subnets with a way out
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * What builds may reach. At most 5.
   *
   * @default - a new one that may reach everything and that nothing may reach
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * Address of a proxy for HTTP and HTTPS, e.g. `http://proxy.example.com:3128`. Commands find it in `HTTP_PROXY` and
   * `HTTPS_PROXY`, and CodeBuild sends artifacts and logs through it. It stands in the template: it may hold no
   * password.
   *
   * @default - none
   */
  readonly proxy?: string;

  /**
   * Hosts that are reached without the proxy; commands find them in `NO_PROXY`.
   *
   * @default - the addresses that a build reads its own credentials and metadata from
   */
  readonly noProxy?: string[];
}

/**
 * The network that a build runs in.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/vpc-support.html
 *
 * @example
 * declare const vpc: ec2.IVpc;
 * BuildStep.shell(['./integration-tests.sh'], { network: BuildNetwork.vpc(vpc) });
 */
export class BuildNetwork {
  /** A VPC of yours, e.g. for tests against a database in it. */
  public static vpc(vpc: ec2.IVpc, options: VpcNetworkOptions = {}): BuildNetwork {
    return new BuildNetwork(vpc, options);
  }

  private constructor(
    private readonly vpc: ec2.IVpc,
    private readonly options: VpcNetworkOptions,
  ) {}

  /**
   * Returns whether builds have a proxy.
   *
   * @internal
   */
  public get _hasProxy(): boolean {
    return typeof this.options?.proxy === 'string';
  }

  /**
   * Plans the network, and reports what is wrong with it as far as it shows without a look into the VPC.
   *
   * @internal
   */
  public _plan(problems: Problems): NetworkPlan | undefined {
    const { subnets, securityGroups, proxy, noProxy } = readOptions(this.options, VPC_OPTIONS, problems);
    validateCount(securityGroups, BUILD_LIMITS.securityGroups, problems.at('securityGroups'));
    validateCount(subnets?.subnets, BUILD_LIMITS.subnets, problems.at('subnets'));
    if (proxy !== undefined) validateProxy(proxy, problems.at('proxy'));
    if (!VPC(this.vpc, problems.at('vpc'))) return undefined;
    return {
      vpc: this.vpc,
      subnets,
      securityGroups,
      ...(proxy !== undefined && { proxy: { address: proxy, noProxy: noProxy ?? WITHOUT_PROXY } }),
    };
  }
}

const VPC = resourceWith('vpcId', 'a VPC');
const SECURITY_GROUP = resourceWith('securityGroupId', 'a security group');

const VPC_OPTIONS: OptionTypes<VpcNetworkOptions> = {
  subnets: ANY,
  securityGroups: listOf(SECURITY_GROUP, 'pass them as in [securityGroup]'),
  proxy: TEXT,
  noProxy: TEXTS,
};

function validateCount(
  items: readonly unknown[] | undefined,
  { min, max }: { min: number; max: number },
  problems: Problems,
): void {
  if (items === undefined || (items.length >= min && items.length <= max)) return;
  problems.add(`hold ${min} to ${max}`, items.length, 'leave it out for the default, or choose fewer');
}

function validateProxy(address: string, problems: Problems): void {
  if (Token.isUnresolved(address) || /^https?:\/\/[^\s/@]+$/.test(address)) return;
  const fix = "write it as in 'http://proxy.example.com:3128'";
  problems.add('be an address without a password', address.replace(/\/\/.*@/, '//***@'), fix);
}
