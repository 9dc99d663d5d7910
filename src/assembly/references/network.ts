import { global, regional, type ReferenceTable, type ResourceReference } from './reference';

/** Describes an EC2 resource, whose ID has a prefix and is also its name in ARNs. */
function ec2(prefix: string, kind: string, attributes: Readonly<Record<string, string>>): ResourceReference {
  return {
    placeholders: `${prefix}-{hex:17}`,
    arn: regional('ec2', `${kind}/{name}`),
    attributes,
  };
}

/** Maps the kind of a load balancer to its abbreviation in ARNs. */
const LOAD_BALANCER_KINDS = { application: 'app', network: 'net', gateway: 'gwy' };

/** Maps the scope of a web ACL to its name in ARNs. */
const WEB_ACL_SCOPES = { REGIONAL: 'regional', CLOUDFRONT: 'global' };

/** Describes the IDs that CloudFront generates. */
const CLOUD_FRONT_POLICY = { placeholders: 'uuid', attributes: { Id: '{name}' } } as const;

/** Lists the resource types for networks, load balancers and content delivery. */
export const NETWORK: ReferenceTable = {
  'AWS::EC2::VPC': ec2('vpc', 'vpc', { VpcId: '{name}', CidrBlock: '{prop:CidrBlock}' }),
  'AWS::EC2::Subnet': ec2('subnet', 'subnet', {
    SubnetId: '{name}',
    CidrBlock: '{prop:CidrBlock}',
    VpcId: '{prop:VpcId}',
  }),
  'AWS::EC2::SecurityGroup': ec2('sg', 'security-group', { GroupId: '{name}', Id: '{name}', VpcId: '{prop:VpcId}' }),
  'AWS::EC2::InternetGateway': ec2('igw', 'internet-gateway', { InternetGatewayId: '{name}' }),
  'AWS::EC2::EgressOnlyInternetGateway': ec2('eigw', 'egress-only-internet-gateway', { Id: '{name}' }),
  'AWS::EC2::NatGateway': ec2('nat', 'natgateway', { NatGatewayId: '{name}' }),
  'AWS::EC2::RouteTable': ec2('rtb', 'route-table', { RouteTableId: '{name}' }),
  'AWS::EC2::NetworkAcl': ec2('acl', 'network-acl', { Id: '{name}' }),
  'AWS::EC2::NetworkInterface': ec2('eni', 'network-interface', { Id: '{name}' }),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'vpc-endpoint', { Id: '{name}' }),
  'AWS::EC2::VPCEndpointService': ec2('vpce-svc', 'vpc-endpoint-service', { ServiceId: '{name}' }),
  'AWS::EC2::VPCPeeringConnection': ec2('pcx', 'vpc-peering-connection', { Id: '{name}' }),
  'AWS::EC2::VPNGateway': ec2('vgw', 'vpn-gateway', { VPNGatewayId: '{name}' }),
  'AWS::EC2::TransitGateway': ec2('tgw', 'transit-gateway', { Id: '{name}', TransitGatewayArn: '{arn}' }),
  'AWS::EC2::DHCPOptions': ec2('dopt', 'dhcp-options', { DhcpOptionsId: '{name}' }),
  'AWS::EC2::FlowLog': ec2('fl', 'vpc-flow-log', { Id: '{name}' }),
  'AWS::EC2::PrefixList': ec2('pl', 'prefix-list', { PrefixListId: '{name}', OwnerId: '{account}' }),
  // `Ref` is the IP address.
  'AWS::EC2::EIP': { ...ec2('eipalloc', 'elastic-ip', { AllocationId: '{name}' }), ref: '{unknown}' },

  'AWS::ElasticLoadBalancing::LoadBalancer': {
    name: 'LoadBalancerName',
    maxLength: 32,
    arn: regional('elasticloadbalancing', 'loadbalancer/{name}'),
  },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': {
    name: 'Name',
    maxLength: 32,
    arn: regional('elasticloadbalancing', 'loadbalancer/{spelled:Type|application}/{name}/{hex:16}'),
    ref: '{arn}',
    attributes: {
      LoadBalancerArn: '{arn}',
      LoadBalancerFullName: '{spelled:Type|application}/{name}/{hex:16}',
      LoadBalancerName: '{name}',
    },
    spelled: { Type: LOAD_BALANCER_KINDS },
  },
  'AWS::ElasticLoadBalancingV2::TargetGroup': {
    name: 'Name',
    maxLength: 32,
    arn: regional('elasticloadbalancing', 'targetgroup/{name}/{hex:16}'),
    ref: '{arn}',
    attributes: {
      TargetGroupArn: '{arn}',
      TargetGroupFullName: 'targetgroup/{name}/{hex:16}',
      TargetGroupName: '{name}',
    },
  },
  // The ARNs of listeners and rules repeat the path of their load balancer.
  'AWS::ElasticLoadBalancingV2::Listener': {
    placeholders: '{hex:16}',
    arn: regional('elasticloadbalancing', 'listener/{tailOf:LoadBalancerArn}/{name}'),
    ref: '{arn}',
    attributes: { ListenerArn: '{arn}' },
  },
  'AWS::ElasticLoadBalancingV2::ListenerRule': {
    placeholders: '{hex:16}',
    arn: regional('elasticloadbalancing', 'listener-rule/{tailOf:ListenerArn}/{name}'),
    ref: '{arn}',
    attributes: { RuleArn: '{arn}' },
  },

  'AWS::CloudFront::Distribution': {
    placeholders: 'E{upper:13}',
    arn: global('cloudfront', 'distribution/{name}'),
    attributes: { Id: '{name}' },
  },
  'AWS::CloudFront::Function': {
    name: 'Name',
    maxLength: 64,
    arn: global('cloudfront', 'function/{name}'),
    ref: '{arn}',
    attributes: { FunctionARN: '{arn}', 'FunctionMetadata.FunctionARN': '{arn}' },
  },
  'AWS::CloudFront::OriginAccessControl': {
    placeholders: 'E{upper:13}',
    arn: global('cloudfront', 'origin-access-control/{name}'),
    attributes: { Id: '{name}' },
  },
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': {
    placeholders: 'E{upper:13}',
    arn: global('cloudfront', 'origin-access-identity/{name}'),
    attributes: { Id: '{name}', S3CanonicalUserId: '{hex:64}' },
  },
  'AWS::CloudFront::CachePolicy': { ...CLOUD_FRONT_POLICY, arn: global('cloudfront', 'cache-policy/{name}') },
  'AWS::CloudFront::OriginRequestPolicy': {
    ...CLOUD_FRONT_POLICY,
    arn: global('cloudfront', 'origin-request-policy/{name}'),
  },
  'AWS::CloudFront::ResponseHeadersPolicy': {
    ...CLOUD_FRONT_POLICY,
    arn: global('cloudfront', 'response-headers-policy/{name}'),
  },
  'AWS::CloudFront::KeyGroup': CLOUD_FRONT_POLICY,
  'AWS::CloudFront::PublicKey': { placeholders: 'K{upper:13}', attributes: { Id: '{name}' } },
  'AWS::CloudFront::KeyValueStore': {
    name: 'Name',
    maxLength: 64,
    arn: global('cloudfront', 'key-value-store/{uuid}'),
    attributes: { Id: '{uuid}' },
  },

  'AWS::Route53::HostedZone': {
    placeholders: 'Z{upper:20}',
    arn: 'arn:{partition}:route53:::hostedzone/{name}',
    attributes: { Id: '{name}' },
  },
  'AWS::Route53::HealthCheck': {
    placeholders: 'uuid',
    arn: 'arn:{partition}:route53:::healthcheck/{name}',
    attributes: { HealthCheckId: '{name}' },
  },
  'AWS::Route53::RecordSet': { name: 'Name' },

  'AWS::WAFv2::WebACL': {
    name: 'Name',
    maxLength: 128,
    arn: regional('wafv2', '{spelled:Scope}/webacl/{name}/{uuid}'),
    ref: '{name}|{uuid}|{prop:Scope}',
    attributes: { Id: '{uuid}' },
    spelled: { Scope: WEB_ACL_SCOPES },
  },
  'AWS::WAFv2::IPSet': {
    name: 'Name',
    maxLength: 128,
    arn: regional('wafv2', '{spelled:Scope}/ipset/{name}/{uuid}'),
    ref: '{name}|{uuid}|{prop:Scope}',
    attributes: { Id: '{uuid}' },
    spelled: { Scope: WEB_ACL_SCOPES },
  },
  'AWS::WAFv2::RuleGroup': {
    name: 'Name',
    maxLength: 128,
    arn: regional('wafv2', '{spelled:Scope}/rulegroup/{name}/{uuid}'),
    ref: '{name}|{uuid}|{prop:Scope}',
    attributes: { Id: '{uuid}' },
    spelled: { Scope: WEB_ACL_SCOPES },
  },

  'AWS::ApiGateway::RestApi': {
    placeholders: '{lower:10}',
    arn: 'arn:{partition}:apigateway:{region}::/restapis/{name}',
    attributes: { RestApiId: '{name}' },
  },
  'AWS::ApiGateway::Stage': {
    name: 'StageName',
    arn: 'arn:{partition}:apigateway:{region}::/restapis/{prop:RestApiId}/stages/{name}',
  },
  'AWS::ApiGateway::Deployment': { placeholders: '{lower:6}', attributes: { DeploymentId: '{name}' } },
  'AWS::ApiGateway::Resource': { placeholders: '{lower:6}', attributes: { ResourceId: '{name}' } },
  'AWS::ApiGateway::DomainName': {
    name: 'DomainName',
    arn: 'arn:{partition}:apigateway:{region}::/domainnames/{name}',
    attributes: { DomainNameArn: '{arn}' },
  },
  'AWS::ApiGatewayV2::Api': {
    placeholders: '{lower:10}',
    arn: 'arn:{partition}:apigateway:{region}::/apis/{name}',
    attributes: { ApiId: '{name}' },
  },
  'AWS::ApiGatewayV2::Stage': {
    name: 'StageName',
    arn: 'arn:{partition}:apigateway:{region}::/apis/{prop:ApiId}/stages/{name}',
  },
  'AWS::ApiGatewayV2::Integration': { placeholders: '{lower:7}', attributes: { IntegrationId: '{name}' } },
};
