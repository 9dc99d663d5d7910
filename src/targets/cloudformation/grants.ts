import { allow, arnOf, type Statement } from '../../render/grants';

/**
 * For the role under which change sets of stacks are made and executed. Events of a stack are read for the message of a failure. The CloudFormation
 * execution roles are passed to CloudFormation and to no other service.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CloudFormation.html
 */
export function deployStacksStatements(
  stackNames: readonly string[],
  executionRoleArns: readonly unknown[],
): Statement[] {
  return [
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
    allow(['iam:PassRole'], executionRoleArns, {
      StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' },
    }),
  ];
}
