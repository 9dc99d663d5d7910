import { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NOTIFICATION_LIMITS } from '../aws/notification-limits';
import { getOrCreate } from '../render/sibling-stack';
import { globalName } from '../render/names';

/** Returns the construct of all channels that the pipeline configures. */
export function channelsScope(scope: Construct): Construct {
  return getOrCreate(scope, 'Channels', (parent, id) => new Construct(parent, id));
}

/**
 * Returns the properties of a channel whose members cannot run commands. The permissions of members are limited by the
 * guardrail policies, which default to AdministratorAccess. Here they deny everything, because messages require no
 * permissions. For the same reason, the role of the channel has no narrower trust policy.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
export function silentChannelProps(scope: Construct, id: string) {
  const role = getOrCreate(
    scope,
    'ChatRole',
    (parent, roleId) =>
      new iam.Role(parent, roleId, {
        assumedBy: new iam.ServicePrincipal('chatbot.amazonaws.com'),
        description: 'Grants no permissions: for channels that only receive notifications',
      }),
  );
  return {
    configurationName: globalName(channelsScope(scope), NOTIFICATION_LIMITS.configurationNameLength, id),
    iamRoleArn: role.roleArn,
    guardrailPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSDenyAll').managedPolicyArn],
  };
}
