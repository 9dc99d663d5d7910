import { global, regional, type ReferenceTable } from './reference';

/** Lists the resource types for pipelines, builds, deployments and related services. */
export const DEVELOPER_TOOLS: ReferenceTable = {
  'AWS::CodePipeline::Pipeline': { name: 'Name', maxLength: 100, arn: regional('codepipeline', '{name}') },
  // The AWS documentation and the type's schema contradict each other about `Ref`.
  'AWS::CodePipeline::CustomActionType': {
    arn: regional('codepipeline', 'actiontype:Custom/{prop:Category}/{prop:Provider}/{prop:Version}'),
    ref: '{unknown}',
  },
  'AWS::CodePipeline::Webhook': { name: 'Name', maxLength: 100, arn: regional('codepipeline', 'webhook:{name}') },

  'AWS::CodeBuild::Project': { name: 'Name', maxLength: 150, arn: regional('codebuild', 'project/{name}') },
  'AWS::CodeBuild::ReportGroup': {
    name: 'Name',
    maxLength: 128,
    arn: regional('codebuild', 'report-group/{name}'),
    ref: '{arn}',
  },
  'AWS::CodeBuild::Fleet': {
    name: 'Name',
    maxLength: 128,
    arn: regional('codebuild', 'fleet/{name}:{uuid}'),
    ref: '{arn}',
  },

  'AWS::CodeDeploy::Application': {
    name: 'ApplicationName',
    maxLength: 100,
    arn: regional('codedeploy', 'application:{name}'),
  },
  'AWS::CodeDeploy::DeploymentGroup': {
    name: 'DeploymentGroupName',
    maxLength: 100,
    arn: regional('codedeploy', 'deploymentgroup:{prop:ApplicationName}/{name}'),
  },
  'AWS::CodeDeploy::DeploymentConfig': {
    name: 'DeploymentConfigName',
    maxLength: 100,
    arn: regional('codedeploy', 'deploymentconfig:{name}'),
  },

  // `Ref` is the generated ID. ARNs contain the name.
  'AWS::CodeCommit::Repository': {
    name: 'RepositoryName',
    arn: regional('codecommit', '{name}'),
    ref: '{uuid}',
    attributes: {
      Name: '{name}',
      CloneUrlHttp: 'https://git-codecommit.{region}.{dns}/v1/repos/{name}',
      CloneUrlSsh: 'ssh://git-codecommit.{region}.{dns}/v1/repos/{name}',
    },
  },

  'AWS::CodeArtifact::Domain': {
    name: 'DomainName',
    arn: regional('codeartifact', 'domain/{name}'),
    ref: '{arn}',
    attributes: { Name: '{name}', Owner: '{account}' },
  },
  'AWS::CodeArtifact::Repository': {
    name: 'RepositoryName',
    arn: regional('codeartifact', 'repository/{prop:DomainName}/{name}'),
    ref: '{arn}',
    attributes: { Name: '{name}', DomainName: '{prop:DomainName}' },
  },

  'AWS::CodeConnections::Connection': {
    name: 'ConnectionName',
    arn: regional('codeconnections', 'connection/{uuid}'),
    ref: '{arn}',
    attributes: { ConnectionArn: '{arn}', OwnerAccountId: '{account}' },
  },
  'AWS::CodeStarConnections::Connection': {
    name: 'ConnectionName',
    arn: regional('codestar-connections', 'connection/{uuid}'),
    ref: '{arn}',
    attributes: { ConnectionArn: '{arn}', OwnerAccountId: '{account}' },
  },
  'AWS::CodeStarConnections::RepositoryLink': {
    name: 'RepositoryName',
    arn: regional('codestar-connections', 'repository-link/{uuid}'),
    ref: '{arn}',
    attributes: { RepositoryLinkArn: '{arn}', RepositoryLinkId: '{uuid}' },
  },
  'AWS::CodeStarNotifications::NotificationRule': {
    name: 'Name',
    arn: regional('codestar-notifications', 'notificationrule/{hex:40}'),
    ref: '{arn}',
  },

  'AWS::Chatbot::SlackChannelConfiguration': {
    name: 'ConfigurationName',
    arn: global('chatbot', 'chat-configuration/slack-channel/{name}'),
    ref: '{arn}',
  },
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': {
    name: 'ConfigurationName',
    arn: global('chatbot', 'chat-configuration/microsoft-teams-channel/{name}'),
    ref: '{arn}',
  },

  'AWS::DeviceFarm::Project': { arn: regional('devicefarm', 'project:{uuid}'), ref: '{arn}' },

  'AWS::AppConfig::Application': {
    placeholders: '{lower:7}',
    arn: regional('appconfig', 'application/{name}'),
    attributes: { ApplicationId: '{name}' },
  },
  'AWS::AppConfig::Environment': {
    placeholders: '{lower:7}',
    arn: regional('appconfig', 'application/{prop:ApplicationId}/environment/{name}'),
    attributes: { EnvironmentId: '{name}' },
  },
  'AWS::AppConfig::ConfigurationProfile': {
    placeholders: '{lower:7}',
    arn: regional('appconfig', 'application/{prop:ApplicationId}/configurationprofile/{name}'),
    attributes: { ConfigurationProfileId: '{name}' },
  },
  'AWS::AppConfig::DeploymentStrategy': {
    placeholders: '{lower:7}',
    arn: regional('appconfig', 'deploymentstrategy/{name}'),
    attributes: { Id: '{name}' },
  },

  'AWS::ServiceCatalog::Portfolio': {
    placeholders: 'port-{lower:13}',
    arn: regional('catalog', 'portfolio/{name}'),
    attributes: { PortfolioName: '{prop:DisplayName}' },
  },
  'AWS::ServiceCatalog::CloudFormationProduct': {
    placeholders: 'prod-{lower:13}',
    arn: regional('catalog', 'product/{name}'),
    attributes: { ProductName: '{prop:Name}' },
  },

  'AWS::CloudFormation::Stack': {
    maxLength: 128,
    arn: regional('cloudformation', 'stack/{name}/{uuid}'),
    ref: '{arn}',
    attributes: { StackId: '{arn}' },
  },
  'AWS::CloudFormation::StackSet': {
    name: 'StackSetName',
    arn: regional('cloudformation', 'stackset/{name}:{uuid}'),
    ref: '{name}:{uuid}',
    attributes: { StackSetId: '{name}:{uuid}' },
  },
  'AWS::CloudFormation::Macro': { name: 'Name' },
};
