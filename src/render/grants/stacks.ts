import { allow, arnOf } from './statement';

/**
 * For the role under which change sets of a stack are made and executed. Events of the stack are read for the message of a failure. The role that
 * CloudFormation works with is handed to it and to no other service.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export const deployStackStatements = (stackName: string, deploymentRoleArn: string) =>
  deployStacksStatements([stackName], [deploymentRoleArn]);

/** The same for several stacks. */
export const deployStacksStatements = (stackNames: readonly string[], deploymentRoleArns: readonly unknown[]) => [
  allow(
    [
      'cloudformation:CreateChangeSet',
      'cloudformation:DescribeChangeSet',
      'cloudformation:DeleteChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:DescribeStacks',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeStackResources',
      'cloudformation:GetTemplate',
    ],
    stackNames.map((stackName) => arnOf('cloudformation', `stack/${stackName}/*`)),
  ),
  allow(['cloudformation:ValidateTemplate'], ['*']), // no resource level
  allow(['iam:PassRole'], deploymentRoleArns, {
    StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
  }),
];
