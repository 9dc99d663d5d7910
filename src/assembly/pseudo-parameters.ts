import type { UnknownReason } from './unknown';

/** Provides the values of pseudo parameters. */
interface Environment {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
  readonly displayName: string;
  unknown(kind: UnknownReason['kind'], description: string): string;
}

/** Returns the value of a pseudo parameter. */
export function pseudoParameter(name: string, environment: Environment): unknown {
  const { account, region, partition, stackName } = environment;
  switch (name) {
    case 'AWS::AccountId':
      return account;
    case 'AWS::Region':
      return region;
    case 'AWS::Partition':
      return partition;
    case 'AWS::URLSuffix':
      if (partition === 'aws-cn') return 'amazonaws.com.cn';
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId': {
      const id = environment.unknown('runtime', 'stack id');
      return `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${id}`;
    }
    case 'AWS::NotificationARNs':
      return [];
    default:
      return environment.unknown('attribute', missingRef(name, environment.displayName));
  }
}

/** Returns the description of a reference to a resource that the template lacks. */
export function missingRef(logicalId: string, stackName: string): string {
  return `Ref of ${logicalId}, which is not in stack ${stackName}`;
}

export function partitionOf(region: string) {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return 'aws';
}
