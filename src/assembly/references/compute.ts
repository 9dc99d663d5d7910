import { regional, type ReferenceTable } from './reference';

/** Lists the resource types that run code. */
export const COMPUTE: ReferenceTable = {
  'AWS::Lambda::Function': { name: 'FunctionName', maxLength: 64, arn: regional('lambda', 'function:{name}') },
  // FunctionName and similar properties may be a name or an ARN.
  'AWS::Lambda::Alias': {
    name: 'Name',
    arn: '{arnOf:FunctionName}:{name}',
    ref: '{arn}',
    attributes: { AliasArn: '{arn}' },
    names: { FunctionName: 'AWS::Lambda::Function' },
  },
  // The service numbers versions. A generated number distinguishes two versions of a function.
  'AWS::Lambda::Version': {
    placeholders: '{digits:4}',
    arn: '{arnOf:FunctionName}:{name}',
    ref: '{arn}',
    attributes: { FunctionArn: '{arn}', Version: '{name}' },
    names: { FunctionName: 'AWS::Lambda::Function' },
  },
  'AWS::Lambda::LayerVersion': {
    name: 'LayerName',
    placeholders: '{logicalId}',
    maxLength: 140,
    arn: regional('lambda', 'layer:{name}:1'),
    ref: '{arn}',
    attributes: { LayerVersionArn: '{arn}' },
  },
  'AWS::Lambda::Permission': { attributes: { Id: '{name}' }, ref: '{unknown}' },
  'AWS::Lambda::Url': {
    ref: '{arnOf:TargetFunctionArn}',
    attributes: { FunctionArn: '{ref}' },
    names: { TargetFunctionArn: 'AWS::Lambda::Function' },
  },
  'AWS::Lambda::EventSourceMapping': {
    placeholders: 'uuid',
    arn: regional('lambda', 'event-source-mapping:{name}'),
    attributes: { Id: '{name}', EventSourceMappingArn: '{arn}' },
  },
  'AWS::Lambda::CodeSigningConfig': {
    placeholders: 'csc-{hex:17}',
    arn: regional('lambda', 'code-signing-config:{name}'),
    ref: '{arn}',
    attributes: { CodeSigningConfigArn: '{arn}', CodeSigningConfigId: '{name}' },
  },

  'AWS::ECS::Cluster': { name: 'ClusterName', maxLength: 255, arn: regional('ecs', 'cluster/{name}') },
  // Cluster may be a name or an ARN.
  'AWS::ECS::Service': {
    name: 'ServiceName',
    maxLength: 255,
    arn: regional('ecs', 'service/{tailOf:Cluster|default}/{name}'),
    ref: '{arn}',
    attributes: { Name: '{name}', ServiceArn: '{arn}' },
  },
  // The revision of the first deployment.
  'AWS::ECS::TaskDefinition': {
    name: 'Family',
    maxLength: 255,
    arn: regional('ecs', 'task-definition/{name}:1'),
    ref: '{arn}',
    attributes: { TaskDefinitionArn: '{arn}' },
  },
  'AWS::ECS::TaskSet': { placeholders: 'ecs-svc/{digits:19}', ref: '{unknown}', attributes: { Id: '{name}' } },
  'AWS::ECS::CapacityProvider': { name: 'Name', maxLength: 255, arn: regional('ecs', 'capacity-provider/{name}') },

  'AWS::EKS::Cluster': { name: 'Name', maxLength: 100, arn: regional('eks', 'cluster/{name}') },
  'AWS::EKS::Nodegroup': {
    name: 'NodegroupName',
    maxLength: 63,
    arn: regional('eks', 'nodegroup/{prop:ClusterName}/{name}/{uuid}'),
    ref: '{prop:ClusterName}/{name}',
    attributes: { Id: '{ref}', ClusterName: '{prop:ClusterName}', NodegroupName: '{name}' },
  },
  'AWS::EKS::FargateProfile': {
    name: 'FargateProfileName',
    maxLength: 100,
    arn: regional('eks', 'fargateprofile/{prop:ClusterName}/{name}/{uuid}'),
    ref: '{prop:ClusterName}|{name}',
  },
  'AWS::EKS::Addon': {
    name: 'AddonName',
    arn: regional('eks', 'addon/{prop:ClusterName}/{name}/{uuid}'),
    ref: '{prop:ClusterName}|{name}',
  },

  'AWS::EC2::Instance': {
    placeholders: 'i-{hex:17}',
    arn: regional('ec2', 'instance/{name}'),
    attributes: { InstanceId: '{name}' },
  },
  'AWS::EC2::LaunchTemplate': {
    placeholders: 'lt-{hex:17}',
    arn: regional('ec2', 'launch-template/{name}'),
    attributes: { LaunchTemplateId: '{name}' },
  },
  'AWS::EC2::Volume': {
    placeholders: 'vol-{hex:17}',
    arn: regional('ec2', 'volume/{name}'),
    attributes: { VolumeId: '{name}' },
  },
  'AWS::EC2::KeyPair': {
    name: 'KeyName',
    arn: regional('ec2', 'key-pair/{name}'),
    attributes: { KeyPairId: 'key-{hex:17}' },
  },

  'AWS::AutoScaling::AutoScalingGroup': {
    name: 'AutoScalingGroupName',
    maxLength: 255,
    arn: regional('autoscaling', 'autoScalingGroup:{uuid}:autoScalingGroupName/{name}'),
    attributes: { AutoScalingGroupARN: '{arn}' },
  },
  'AWS::AutoScaling::LaunchConfiguration': {
    name: 'LaunchConfigurationName',
    maxLength: 255,
    arn: regional('autoscaling', 'launchConfiguration:{uuid}:launchConfigurationName/{name}'),
  },
  'AWS::AutoScaling::ScalingPolicy': {
    arn: regional(
      'autoscaling',
      'scalingPolicy:{uuid}:autoScalingGroupName/{prop:AutoScalingGroupName}:policyName/{name}',
    ),
    ref: '{arn}',
    attributes: { PolicyName: '{name}' },
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    ref: '{prop:ResourceId}|{prop:ScalableDimension}|{prop:ServiceNamespace}',
  },

  'AWS::Batch::ComputeEnvironment': {
    name: 'ComputeEnvironmentName',
    maxLength: 128,
    arn: regional('batch', 'compute-environment/{name}'),
    ref: '{arn}',
    attributes: { ComputeEnvironmentArn: '{arn}' },
  },
  'AWS::Batch::JobDefinition': {
    name: 'JobDefinitionName',
    maxLength: 128,
    arn: regional('batch', 'job-definition/{name}:1'),
    ref: '{arn}',
    attributes: { JobDefinitionArn: '{arn}' },
  },
  'AWS::Batch::JobQueue': {
    name: 'JobQueueName',
    maxLength: 128,
    arn: regional('batch', 'job-queue/{name}'),
    ref: '{arn}',
    attributes: { JobQueueArn: '{arn}' },
  },

  'AWS::ElasticBeanstalk::Application': {
    name: 'ApplicationName',
    maxLength: 100,
    arn: regional('elasticbeanstalk', 'application/{name}'),
  },
  'AWS::ElasticBeanstalk::Environment': {
    name: 'EnvironmentName',
    maxLength: 40,
    arn: regional('elasticbeanstalk', 'environment/{prop:ApplicationName}/{name}'),
  },
  // `Ref` is the label, as in the VersionLabel of an environment.
  'AWS::ElasticBeanstalk::ApplicationVersion': {
    maxLength: 100,
    arn: regional('elasticbeanstalk', 'applicationversion/{prop:ApplicationName}/{name}'),
  },

  'AWS::StepFunctions::StateMachine': {
    name: 'StateMachineName',
    placeholders: '{logicalId}-{hash}',
    maxLength: 80,
    arn: regional('states', 'stateMachine:{name}'),
    ref: '{arn}',
    attributes: { Name: '{name}' },
  },
  'AWS::StepFunctions::Activity': {
    name: 'Name',
    maxLength: 80,
    arn: regional('states', 'activity:{name}'),
    ref: '{arn}',
    attributes: { Name: '{name}' },
  },
};
