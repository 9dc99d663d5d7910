import type { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { WITHOUT_PROXY } from '../../aws/builds';
import type { NetworkPlan } from './build-spec';

/** Options of {@link BuildNetwork.vpc}. */
export interface VpcNetworkOptions {
  /**
   * The subnets that builds get an address in, at most 16. They need a way to the services of AWS: a NAT gateway, VPC endpoints, or the proxy.
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
   * Address of a proxy for HTTP and HTTPS, e.g. `http://proxy.example.com:3128`. Commands find it in `HTTP_PROXY` and `HTTPS_PROXY`, and CodeBuild
   * sends artifacts and logs through it. It stands in the template: it may hold no password.
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
    return new BuildNetwork({
      vpc,
      subnets: options.subnets,
      securityGroups: options.securityGroups,
      ...(options.proxy !== undefined && {
        proxy: { address: options.proxy, noProxy: options.noProxy ?? WITHOUT_PROXY },
      }),
    });
  }

  private constructor(private readonly plan: NetworkPlan) {}

  /** @internal */
  public _plan(): NetworkPlan {
    return this.plan;
  }
}
