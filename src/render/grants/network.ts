import { allow, arnOf } from './statement';

/** How a service makes network interfaces. */
interface NetworkUse {
  /** What it looks at; none of that has a resource level. */
  readonly describes: readonly string[];
  /** For whom the interfaces are, where AWS says it. */
  readonly authorizedService?: string;
}

/**
 * What a build in a VPC does.
 *
 * @see
 * https://docs.aws.amazon.com/codebuild/latest/userguide/auth-and-access-control-iam-identity-based-access-control.html#customer-managed-policies-example-create-vpc-network-interface
 */
export const BUILD_NETWORK: NetworkUse = {
  describes: ['DhcpOptions', 'NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs'],
  authorizedService: 'codebuild.amazonaws.com',
};

/**
 * Network interfaces in these subnets, with these security groups. The pages of the services allow to make and delete any; the reference of
 * permissions knows the resources.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export function networkInterfaceStatements(
  {
    subnetIds,
    securityGroupIds,
  }: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] },
  { describes, authorizedService }: NetworkUse,
) {
  const networkInterface = arnOf('ec2', 'network-interface/*');
  const subnets = subnetIds.map((id) => arnOf('ec2', `subnet/${id}`));
  return [
    allow(
      describes.map((what) => `ec2:Describe${what}`),
      ['*'],
    ),
    allow(
      ['ec2:CreateNetworkInterface'],
      [networkInterface, ...subnets, ...securityGroupIds.map((id) => arnOf('ec2', `security-group/${id}`))],
    ),
    allow(['ec2:DeleteNetworkInterface'], [networkInterface]),
    allow(['ec2:CreateNetworkInterfacePermission'], [networkInterface], {
      ...(authorizedService && { StringEquals: { 'ec2:AuthorizedService': authorizedService } }),
      ArnEquals: { 'ec2:Subnet': subnets },
    }),
  ];
}
