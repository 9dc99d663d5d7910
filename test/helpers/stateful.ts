import type { CfnTemplate } from './synth';

/** Resources whose loss loses data, history, or the work of a person. */
const STATEFUL = [
  'AWS::S3::Bucket',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::KeyValueStore',
  'AWS::CodeConnections::Connection',
  'AWS::CodePipeline::Pipeline',
  'AWS::Logs::LogGroup',
  // Users have confirmed subscriptions, have recorded decisions, and have authorized a channel.
  'AWS::SNS::Topic',
  'AWS::SNS::Subscription',
  'AWS::KMS::Key',
  'AWS::SSM::Parameter',
  'Custom::ServiceImage',
  'AWS::Chatbot::SlackChannelConfiguration',
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
  // Images that run, what is under way, and its history.
  'AWS::ECR::Repository',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::CodeDeploy::DeploymentConfig',
  'AWS::StepFunctions::StateMachine',
  'AWS::EKS::AccessEntry',
];

/** Properties whose change replaces a resource of these types. */
const REPLACING = [
  'Name',
  'BucketName',
  'ConnectionName',
  'ProviderType',
  'HostArn',
  'LogGroupName',
  'TopicName',
  'TopicArn',
  'Protocol',
  'Endpoint',
  'ConfigurationName',
  'SlackWorkspaceId',
  'SlackChannelId',
  'TeamsTenantId',
  'TeamId',
  'TeamsChannelId',
  'RepositoryName',
  'ApplicationName',
  'DeploymentGroupName',
  'DeploymentConfigName',
  'StateMachineName',
  'StateMachineType',
  'ClusterName',
  'PrincipalArn',
];

/** Properties that are called like one of these, and replace nothing. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  'AWS::CodeDeploy::DeploymentGroup': ['DeploymentConfigName'],
};

/** Logical id and type of each stateful resource, with the properties that pin it down. */
export function statefulOf(template: CfnTemplate): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Type }]) => STATEFUL.includes(Type))
      .map(([id, { Type, Properties = {} }]) => [
        id,
        {
          Type,
          ...Object.fromEntries(
            Object.entries(Properties).filter(([key]) => REPLACING.includes(key) && !HARMLESS[Type]?.includes(key)),
          ),
        },
      ]),
  );
}
