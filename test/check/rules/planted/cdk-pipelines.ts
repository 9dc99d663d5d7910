import { type Defect, guide, issue } from './template';

const SAME = 'cdk-same-account';
const COMMIT = 'cdk-codecommit';
const CROSS = 'cdk-cross-both';
const CDK = 'aws/aws-cdk';
const TERRAFORM = 'hashicorp/terraform-provider-aws';
const SYNTH = 'PipelineBuildSynth';

/** Mistakes in templates of CDK Pipelines. */
export const CDK_PIPELINES_DEFECTS: readonly Defect[] = [
  {
    name: 'more variables of a build than a configuration holds',
    source: issue(CDK, 17067),
    base: SAME,
    plant: (assembly) =>
      (assembly.action('SmokeProd').Configuration.EnvironmentVariables = JSON.stringify(
        Array.from({ length: 20 }, (_, index) => ({ name: `VARIABLE_${index}`, type: 'PLAINTEXT', value: 'value' })),
      )),
    rule: 'ConfigurationValueLength',
  },
  {
    name: 'an empty repository',
    source: issue(CDK, 19767),
    base: SAME,
    plant: (assembly) => (assembly.action('acme_shop').Configuration.FullRepositoryId = ''),
    rule: 'ConfigurationValueEmpty',
  },
  {
    name: 'a namespace of two actions',
    source: issue(CDK, 16142),
    base: SAME,
    plant: (assembly) => {
      assembly.action('Synth').Namespace = assembly.action('Shop.Deploy').Namespace;
    },
    rule: 'NamespaceUnique',
  },
  {
    name: 'an output that no action of the namespace has, because it was removed',
    source: issue('aws-samples/ecs-blue-green-deployment-with-codedeploy', 4),
    base: SAME,
    plant: (assembly) => delete assembly.action('Shop.Deploy').Namespace,
    rule: 'VariableNamespaceUndefined',
  },
  {
    name: 'a test that reads an output before the deployment',
    source: guide('reference-variables'),
    base: SAME,
    plant: (assembly) => (assembly.action('SmokeProd').RunOrder = 1),
    rule: 'VariableTooEarly',
  },
  {
    name: 'a repository with its address',
    source: guide('action-reference-CodestarConnectionSource'),
    base: SAME,
    plant: (assembly) =>
      (assembly.action('acme_shop').Configuration.FullRepositoryId = 'https://github.com/acme/shop.git'),
    rule: 'RepositoryName',
  },
  {
    name: 'the name of a connection for its ARN',
    source: guide('action-reference-CodestarConnectionSource'),
    base: SAME,
    plant: (assembly) => (assembly.action('acme_shop').Configuration.ConnectionArn = 'github-acme'),
    rule: 'ConnectionArn',
  },
  {
    name: 'a full clone for a deployment',
    source: guide('action-reference-CodestarConnectionSource'),
    base: SAME,
    plant: (assembly) => {
      const source = assembly.action('acme_shop');
      source.Configuration.OutputArtifactFormat = 'CODEBUILD_CLONE_REF';
      const { Name } = source.OutputArtifacts[0];
      const prepare = assembly.action('Shop.Prepare');
      prepare.InputArtifacts = [{ Name }];
      prepare.Configuration.TemplatePath = `${Name}::template.json`;
    },
    rule: 'FullCloneConsumer',
  },
  {
    name: 'two outputs with dashes',
    source: issue(CDK, 18710),
    base: SAME,
    plant: (assembly) =>
      (assembly.action('MigrateProd').OutputArtifacts = [{ Name: 'schema-sql' }, { Name: 'schema-log' }]),
    rule: 'BuildOutputName',
  },
  {
    name: 'an output that the buildspec does not create',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
    base: SAME,
    plant: (assembly) => (assembly.action('MigrateProd').OutputArtifacts = [{ Name: 'Migrated' }]),
    rule: 'BuildSpecOutput',
  },
  {
    name: 'files of the output of a build',
    source: issue(CDK, 38843),
    base: SAME,
    plant: (assembly) => (assembly.action('Synth').OutputArtifacts[0].Files = ['cdk.out/**/*']),
    rule: 'ArtifactFiles',
  },
  {
    name: 'commands of a build in the action',
    source: issue(CDK, 38843),
    base: SAME,
    plant: (assembly) => (assembly.action('Synth').Commands = ['npx cdk synth']),
    rule: 'CommandsOfOtherProvider',
  },
  {
    name: 'a command with a colon that is a mapping',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
    base: SAME,
    plant: (assembly) => assembly.buildSpec(SYNTH, (spec) => spec.phases.build.commands.push({ 'echo Done': '1' })),
    rule: 'BuildSpecCommands',
  },
  {
    name: 'a phase that does not exist',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
    base: SAME,
    plant: (assembly) => assembly.buildSpec(SYNTH, (spec) => (spec.phases.test = { commands: ['npm test'] })),
    rule: 'BuildSpecSyntax',
  },
  {
    name: 'artifact instead of artifacts',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
    base: SAME,
    plant: (assembly) =>
      assembly.buildSpec(SYNTH, (spec) => {
        spec.artifact = spec.artifacts;
        delete spec.artifacts;
      }),
    rule: 'BuildSpecKey',
  },
  {
    name: 'a test report in the format JUNIT',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
    base: SAME,
    plant: (assembly) =>
      assembly.buildSpec(SYNTH, (spec) => (spec.reports = { unit: { files: ['*.xml'], 'file-format': 'JUNIT' } })),
    rule: 'BuildSpecReportFormat',
  },
  {
    name: 'a project with a source in GitHub',
    source: 'https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectSource.html',
    base: SAME,
    plant: (assembly) => (assembly.resource('AWS::CodeBuild::Project', SYNTH).Source.Type = 'GITHUB'),
    rule: 'BuildSourceType',
  },
  {
    name: 'secondary artifacts of the pipeline',
    source: issue(TERRAFORM, 10176),
    base: SAME,
    plant: (assembly) =>
      (assembly.resource('AWS::CodeBuild::Project', SYNTH).SecondaryArtifacts = [
        { Type: 'CODEPIPELINE', ArtifactIdentifier: 'files' },
      ]),
    rule: 'SecondaryArtifactsType',
  },
  {
    name: 'secondary sources of the pipeline',
    source: issue(TERRAFORM, 36987),
    base: SAME,
    plant: (assembly) =>
      (assembly.resource('AWS::CodeBuild::Project', SYNTH).SecondarySources = [
        { Type: 'CODEPIPELINE', SourceIdentifier: 'files' },
      ]),
    rule: 'SecondarySourceType',
  },
  {
    name: 'an image of CodeBuild with the credentials of the role',
    source: issue('aws/aws-codebuild-docker-images', 163),
    base: SAME,
    plant: (assembly) => {
      const { Environment } = assembly.resource('AWS::CodeBuild::Project', SYNTH);
      Environment.Image = 'aws/codebuild/standard:7.0';
      Environment.ImagePullCredentialsType = 'SERVICE_ROLE';
    },
    rule: 'BuildImageCredentials',
  },
  {
    name: 'Docker in a VPC without the privileged mode',
    source: issue('awslabs/aws-sam-codepipeline-cd', 20),
    base: SAME,
    plant: (assembly) => {
      const project = assembly.resource('AWS::CodeBuild::Project', SYNTH);
      project.VpcConfig = { VpcId: 'vpc-1', Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] };
      assembly.buildSpec(SYNTH, (spec) => spec.phases.build.commands.push('docker build -t shop .'));
    },
    rule: 'DockerPrivileges',
  },
  {
    name: 'a build of three days',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/limits.html',
    base: SAME,
    plant: (assembly) => (assembly.resource('AWS::CodeBuild::Project', SYNTH).TimeoutInMinutes = 4320),
    rule: 'BuildTimeout',
  },
  {
    name: 'a token in the variables of a project',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/data-protection.html',
    base: SAME,
    plant: (assembly) =>
      (assembly.resource('AWS::CodeBuild::Project', SYNTH).Environment.EnvironmentVariables = [
        { Name: 'NPM_TOKEN', Type: 'PLAINTEXT', Value: 'npm_f00dfeed12345678' },
      ]),
    rule: 'SecretInPlainText',
  },
  {
    name: 'a batch build of a project without a configuration for it',
    source: 'https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build.html',
    base: SAME,
    plant: (assembly) => (assembly.action('MigrateProd').Configuration.BatchEnabled = 'true'),
    rule: 'BuildBatch',
  },
  {
    name: 'an approval that waits for a minute',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html',
    base: SAME,
    plant: (assembly) => (assembly.action('ApproveProd').TimeoutInMinutes = 1),
    rule: 'ActionTimeout',
  },
  {
    name: 'an artifact that expires before the approval',
    source: guide('approvals'),
    base: SAME,
    plant: (assembly) =>
      (assembly.resource('AWS::S3::Bucket', 'ArtifactsBucket').LifecycleConfiguration = {
        Rules: [{ Status: 'Enabled', ExpirationInDays: 1 }],
      }),
    rule: 'ArtifactExpiration',
  },
  {
    name: 'a pipeline with the source alone',
    source: guide('pipeline-requirements'),
    base: SAME,
    plant: ({ pipeline }) => pipeline.Stages.splice(1),
    rule: 'StageCount',
  },
  {
    name: 'a repository that polls beside its event',
    source: guide('change-detection-methods'),
    base: COMMIT,
    plant: ({ pipeline }) => {
      const [source] = pipeline.Stages[0].Actions;
      source.Configuration.PollForSourceChanges = true;
    },
    rule: 'PollingBesideEvents',
  },
  {
    name: 'an event that starts the pipeline without a role',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-iam-roles.html',
    base: COMMIT,
    plant: (assembly) => delete assembly.resource('AWS::Events::Rule').Targets[0].RoleArn,
    rule: 'EventTargetRole',
  },
  {
    name: 'a store for a Region without CodePipeline',
    source: issue(CDK, 15650),
    base: CROSS,
    plant: ({ pipeline }) => pipeline.ArtifactStores.push({ ...pipeline.ArtifactStores[0], Region: 'mx-central-1' }),
    rule: 'RegionOfCodePipeline',
  },
  {
    name: 'no store for the Region of an action',
    source: issue('awslabs/aws-refarch-cross-account-pipeline', 11),
    base: CROSS,
    plant: ({ pipeline }) => pipeline.ArtifactStores.splice(0, 1),
    rule: 'ArtifactStoreOfRegion',
  },
  {
    name: 'the key of another Region',
    source: issue('awslabs/aws-refarch-cross-account-pipeline', 11),
    base: CROSS,
    plant: ({ pipeline }) => {
      const [america, europe] = pipeline.ArtifactStores;
      america.ArtifactStore.EncryptionKey = europe.ArtifactStore.EncryptionKey;
    },
    rule: 'ArtifactKeyRegion',
  },
  {
    name: 'the artifact bucket of another Region',
    source: issue('awslabs/aws-deployment-framework', 95),
    base: CROSS,
    plant: ({ pipeline }) => {
      const [america, europe] = pipeline.ArtifactStores;
      europe.ArtifactStore.Location = america.ArtifactStore.Location;
    },
    rule: 'ArtifactBucketRegion',
  },
  {
    name: 'the managed key for an action in another account',
    source: guide('pipelines-create-cross-account'),
    base: CROSS,
    plant: ({ pipeline }) => {
      for (const { ArtifactStore } of pipeline.ArtifactStores) delete ArtifactStore.EncryptionKey;
    },
    rule: 'CrossAccountKey',
  },
  {
    name: 'two stacks that import from each other',
    source: issue(CDK, 30500),
    base: CROSS,
    plant: (assembly) => {
      const delivery = assembly.stacks.findIndex(({ displayName }) => displayName === 'Delivery');
      const { template } = assembly.stacks[delivery] as unknown as { template: Record<string, unknown> };
      template.Outputs = { Project: { Value: 'project', Export: { Name: 'project' } } };
      assembly.pipeline.Tags = [{ Key: 'bucket', Value: { 'Fn::ImportValue': 'bucket' } }];
      const { account, region, template: other } = structuredClone(assembly.stacks[delivery]);
      Object.assign(other, { Resources: {}, Outputs: { Bucket: { Value: 'b', Export: { Name: 'bucket' } } } });
      const stack = { ...assembly.stacks[delivery], displayName: 'Builds', stackName: 'Builds', account, region };
      (assembly.stacks as unknown[]).push({ ...stack, template: other });
      const Value = { 'Fn::ImportValue': 'project' };
      assembly.add('Role', 'AWS::IAM::ManagedPolicy', { Description: Value }, assembly.stacks.length - 1);
    },
    rule: 'StackCycle',
  },
];
