import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import type { NetworkPlan } from '../plan/build-plan';

/** Options of {@link BuildNetwork.vpc}. */
export interface VpcNetworkOptions {
  /**
   * The subnets that builds get an address in. They need a way to the services of AWS: a NAT gateway or VPC endpoints.
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
   * Address of a proxy for HTTP and HTTPS, e.g. `http://proxy.example.com:3128`.
   *
   * @default - none
   */
  readonly proxy?: string;

  /**
   * Hosts that are reached without the proxy.
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
    return new BuildNetwork({
      vpc,
      subnets: options.subnets,
      securityGroups: options.securityGroups,
      ...options.proxy !== undefined && { proxy: { address: options.proxy, noProxy: options.noProxy ?? ['169.254.169.254', '169.254.170.2', 'localhost'] } },
    });
  }

  private constructor(private readonly plan: NetworkPlan) {}

  /** @internal */
  public _plan(): NetworkPlan {
    return this.plan;
  }
}
