import { App, aws_codecommit as codecommit, aws_ecr as ecr, aws_kms as kms, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  GitConnection,
  PipelineSource,
  PipelineStage,
} from '../../src';
import { CONNECTION_ARN, connection, deliveryTemplate, gitHub } from '../helpers/started';
import { actionsOf, type CfnTemplate, jsonOf, resourcesOf, statementsOf } from '../helpers/synth';

const HOST = 'arn:aws:codeconnections:eu-west-1:111111111111:host/ghes-1234';
const USE = ['codeconnections:UseConnection', 'codestar-connections:UseConnection'];
const pending = GitConnection.pending();
const onHost = GitConnection.pending({ hostArn: HOST });

interface RuleJson {
  readonly EventPattern: unknown;
  readonly State?: string;
  readonly Targets: Array<{
    Arn: unknown;
    RoleArn: unknown;
    InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string };
  }>;
}

function only(source: PipelineSource | ((stack: Stack) => PipelineSource)) {
  return deliveryTemplate((stack) => ({ sources: [typeof source === 'function' ? source(stack) : source] }));
}

function sourceAction(template: CfnTemplate) {
  return actionsOf(template)[0];
}

function statementsAbout(template: CfnTemplate, about: RegExp) {
  return statementsOf(template).filter(({ statement: { Action } }) =>
    [Action].flat().some((action) => about.test(action)),
  );
}

const ARTIFACT_BUCKET = { 'Fn::GetAtt': ['DeliveryArtifactBucket4CF61278', 'Arn'] };
const ALL_ARTIFACTS = { 'Fn::Join': ['', [ARTIFACT_BUCKET, '/*']] };

function rules(template: CfnTemplate) {
  return resourcesOf(template, 'AWS::Events::Rule').map(([, { Properties }]) => Properties);
}

describe('sources with a connection', () => {
  type Make = (options: { connection: GitConnection }) => PipelineSource;
  const KINDS: ReadonlyArray<[string, string, Make, { ProviderType: string } | { HostArn: string }]> = [
    [
      'GitHub',
      'acme/shop',
      (options) => PipelineSource.gitHub('acme/shop', 'main', options),
      { ProviderType: 'GitHub' },
    ],
    [
      'GitHub Enterprise Server',
      'acme/shop',
      (options) => PipelineSource.gitHubEnterpriseServer('acme/shop', 'main', options),
      { HostArn: HOST },
    ],
    [
      'GitLab.com',
      'acme/web/shop',
      (options) => PipelineSource.gitLab('acme/web/shop', 'main', options),
      { ProviderType: 'GitLab' },
    ],
    [
      'GitLab self-managed',
      'acme/web/shop',
      (options) => PipelineSource.gitLabSelfManaged('acme/web/shop', 'main', options),
      { HostArn: HOST },
    ],
    [
      'Bitbucket',
      'acme/shop',
      (options) => PipelineSource.bitbucket('acme/shop', 'main', options),
      { ProviderType: 'Bitbucket' },
    ],
    [
      'Azure DevOps',
      'acme/web/shop',
      (options) => PipelineSource.azureDevOps('acme/web/shop', 'main', options),
      { ProviderType: 'AzureDevOps' },
    ],
  ];

  test.each(KINDS)('%s', (_, FullRepositoryId, make) => {
    const template = only(make({ connection }));
    expect(sourceAction(template)).toMatchObject({
      Name: 'Source',
      ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'CodeStarSourceConnection', Version: '1' },
      Configuration: {
        ConnectionArn: CONNECTION_ARN,
        FullRepositoryId,
        BranchName: 'main',
        OutputArtifactFormat: 'CODE_ZIP',
        DetectChanges: 'true',
      },
      OutputArtifacts: [{ Name: 'Source' }],
      Namespace: 'Source-vars',
    });
    expect(statementsAbout(template, /UseConnection/)).toEqual([
      {
        holder: expect.stringContaining('RolePolicy'),
        statement: { Effect: 'Allow', Action: USE, Resource: CONNECTION_ARN },
      },
    ]);
    expect(rules(template)).toEqual([]);
    expect(resourcesOf(template, 'AWS::CodeConnections::Connection')).toEqual([]);
  });

  test.each(KINDS)('%s: creates a connection and an output with the URL of its handshake', (_, __, make, provider) => {
    const template = only(make({ connection: 'HostArn' in provider ? onHost : pending }));
    const [[id, { Properties }]] = resourcesOf(template, 'AWS::CodeConnections::Connection');
    expect(Properties).toEqual({ ConnectionName: expect.stringMatching(/^.{1,32}$/), ...provider });
    expect(sourceAction(template).Configuration).toMatchObject({
      ConnectionArn: { 'Fn::GetAtt': [id, 'ConnectionArn'] },
    });
    expect(Object.values(template.Outputs ?? {})).toEqual([
      { Description: expect.stringContaining('PENDING'), Value: expect.anything() },
    ]);
  });

  test('reads the ARN of a connection from a parameter once', () => {
    const parameter = GitConnection.fromParameter('/delivery/connection');
    const template = deliveryTemplate(() => ({
      sources: [
        PipelineSource.gitHub('a/b', 'main', { connection: parameter }),
        PipelineSource.gitHub('a/c', 'main', { connection: parameter, stepName: 'Second' }),
      ],
    }));
    const parameters = Object.entries(template.Parameters ?? {}).filter(
      ([, value]) => (value as { Default?: string }).Default === '/delivery/connection',
    );
    expect(parameters).toHaveLength(1);
    for (const { Configuration } of actionsOf(template).slice(0, 2)) {
      expect(Configuration).toMatchObject({ ConnectionArn: { Ref: parameters[0][0] } });
    }
  });

  test('gives new connections of two sources different names', () => {
    const template = deliveryTemplate(() => ({
      sources: [PipelineSource.gitHub('a/b', 'main'), PipelineSource.gitHub('a/c', 'main', { stepName: 'Second' })],
    }));
    expect(
      new Set(
        resourcesOf(template, 'AWS::CodeConnections::Connection').map(
          ([, { Properties }]) => Properties.ConnectionName,
        ),
      ).size,
    ).toBe(2);
  });
});

describe('full clones', () => {
  function stages(...builds: BuildStep[]) {
    return [PipelineStage.steps('Build', builds)];
  }

  const fullClone = PipelineSource.gitHub('acme/shop', 'main', { connection, fullClone: true });

  function holderOf(template: CfnTemplate, about: RegExp) {
    return statementsAbout(template, about).map(({ holder, statement }) => [
      holder.replace(/^Delivery|[0-9A-F]{8}$/g, ''),
      statement,
    ]);
  }

  test('allows builds that clone to use the connection for their repository only', () => {
    const other = PipelineSource.gitHub('acme/docs', 'main', { connection, stepName: 'Docs' });
    const template = deliveryTemplate(() => ({
      sources: [fullClone, other],
      stages: stages(
        BuildStep.shell(['git describe']),
        BuildStep.shell(['make'], { stepName: 'Pages', inputs: [other.artifact] }),
      ),
    }));
    expect(sourceAction(template).Configuration).toMatchObject({ OutputArtifactFormat: 'CODEBUILD_CLONE_REF' });
    const Condition = {
      StringEqualsIfExists: {
        'codeconnections:FullRepositoryId': 'acme/shop',
        'codestar-connections:FullRepositoryId': 'acme/shop',
      },
    };
    expect(holderOf(template, /UseConnection/).filter(([holder]) => holder !== 'RolePolicy')).toEqual([
      ['BuildRole', { Effect: 'Allow', Action: USE, Resource: CONNECTION_ARN, Condition }],
    ]);
  });

  test('allows the clone also for a build that reads it as its second input', () => {
    const zip = gitHub('acme/docs', 'main', 'Docs');
    const template = deliveryTemplate(() => ({
      sources: [zip, fullClone],
      stages: stages(BuildStep.shell(['make'], { inputs: [zip.artifact, fullClone.artifact] })),
    }));
    expect(statementsAbout(template, /UseConnection/).map(({ holder }) => holder.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'DeliveryBuildRole',
      'DeliveryRolePolicy',
    ]);
  });

  test('allows builds to pull full clones of CodeCommit', () => {
    const template = deliveryTemplate((stack) => ({
      sources: [
        PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Code', 'shop'), 'main', {
          fullClone: true,
        }),
      ],
      stages: stages(BuildStep.shell(['make'])),
    }));
    expect(holderOf(template, /GitPull/)).toEqual([
      ['BuildRole', { Effect: 'Allow', Action: 'codecommit:GitPull', Resource: expect.anything() }],
    ]);
  });
});

describe('sources with events', () => {
  /** The event that starts the pipeline, and the only one. */
  function event(template: CfnTemplate) {
    const [rule, ...more] = rules(template);
    expect(more).toEqual([]);
    const {
      EventPattern,
      State,
      Targets: [{ Arn, RoleArn, InputTransformer }],
    } = rule as unknown as RuleJson;
    expect([State, Arn, RoleArn]).toEqual([
      undefined,
      { 'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(':codepipeline:')])] },
      { 'Fn::GetAtt': [expect.stringContaining('TriggersRole'), 'Arn'] },
    ]);
    return {
      EventPattern,
      paths: InputTransformer.InputPathsMap,
      input: JSON.parse(InputTransformer.InputTemplate) as unknown,
    };
  }

  function pinned(revisionType: string) {
    return { sourceRevisions: [{ actionName: 'Source', revisionType, revisionValue: '<revision>' }] };
  }

  test('passes the commit of CodeCommit to the pipeline', () => {
    const template = only((stack) =>
      PipelineSource.codeCommit(new codecommit.Repository(stack, 'Code', { repositoryName: 'shop' }), 'main'),
    );
    const [[id]] = resourcesOf(template, 'AWS::CodeCommit::Repository');
    expect(sourceAction(template)).toMatchObject({
      ActionTypeId: { Provider: 'CodeCommit' },
      Configuration: {
        RepositoryName: { 'Fn::GetAtt': [id, 'Name'] },
        BranchName: 'main',
        PollForSourceChanges: 'false',
        OutputArtifactFormat: 'CODE_ZIP',
      },
    });
    expect(event(template)).toEqual({
      EventPattern: {
        source: ['aws.codecommit'],
        'detail-type': ['CodeCommit Repository State Change'],
        resources: [{ 'Fn::GetAtt': [id, 'Arn'] }],
        detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['main'] },
      },
      paths: { revision: '$.detail.commitId' },
      input: pinned('COMMIT_ID'),
    });
  });

  test('allows CodeCommit to look for the artifact bucket', () => {
    const template = only((stack) =>
      PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(stack, 'Code', 'shop'), 'main'),
    );
    expect(statementsAbout(template, /ListBucket/)).toEqual([
      {
        holder: expect.stringMatching(/^DeliveryRolePolicy/),
        statement: { Effect: 'Allow', Action: 's3:ListBucket', Resource: ARTIFACT_BUCKET },
      },
    ]);
  });

  test('passes the object version of S3 to the pipeline, and enables the events of the bucket', () => {
    const template = only((stack) =>
      PipelineSource.s3(new s3.Bucket(stack, 'Data', { versioned: true }), 'in/data.zip'),
    );
    const [[id]] = resourcesOf(template, 'AWS::S3::Bucket').filter(([name]) => name.startsWith('Data'));
    expect(sourceAction(template)).toMatchObject({
      ActionTypeId: { Provider: 'S3' },
      Configuration: { S3Bucket: { Ref: id }, S3ObjectKey: 'in/data.zip', PollForSourceChanges: 'false' },
    });
    expect(event(template)).toEqual({
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ Ref: id }] }, object: { key: ['in/data.zip'] } },
      },
      paths: { revision: '$.detail.object.version-id' },
      input: pinned('S3_OBJECT_VERSION_ID'),
    });
    expect(
      resourcesOf(template, 'Custom::S3BucketNotifications').map(([, { Properties }]) => Properties),
    ).toMatchObject([{ BucketName: { Ref: id }, NotificationConfiguration: { EventBridgeConfiguration: {} } }]);
    expect(statementsAbout(template, /ObjectTagging/).map(({ statement: { Resource } }) => Resource)).toEqual([
      { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/in/data.zip']] },
      ALL_ARTIFACTS,
    ]);
    expect(statementsAbout(template, /PutObjectTagging/).map(({ statement: { Action } }) => Action)).toEqual([
      ['s3:PutObjectTagging', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
    ]);
  });

  test('allows the use of the key of an encrypted bucket', () => {
    const template = only((stack) =>
      PipelineSource.s3(
        new s3.Bucket(stack, 'Data', { versioned: true, encryptionKey: new kms.Key(stack, 'Key') }),
        'data.zip',
      ),
    );
    expect(statementsAbout(template, /^kms:/).map(({ statement }) => statement)).toMatchObject([
      { Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringContaining('Key'), 'Arn'] } },
    ]);
  });

  test('passes the digest of ECR to the pipeline', () => {
    const template = only((stack) => PipelineSource.ecr(new ecr.Repository(stack, 'Images'), { imageTag: 'stable' }));
    const [[id]] = resourcesOf(template, 'AWS::ECR::Repository');
    expect(sourceAction(template)).toMatchObject({
      ActionTypeId: { Provider: 'ECR' },
      Configuration: { RepositoryName: { Ref: id }, ImageTag: 'stable' },
    });
    expect(event(template)).toEqual({
      EventPattern: {
        source: ['aws.ecr'],
        'detail-type': ['ECR Image Action'],
        detail: {
          'action-type': ['PUSH'],
          result: ['SUCCESS'],
          'repository-name': [{ Ref: id }],
          'image-tag': ['stable'],
        },
      },
      paths: { revision: '$.detail.image-digest' },
      input: pinned('IMAGE_DIGEST'),
    });
    expect(statementsAbout(template, /^ecr:/).map(({ statement }) => statement)).toEqual([
      { Effect: 'Allow', Action: 'ecr:DescribeImages', Resource: { 'Fn::GetAtt': [id, 'Arn'] } },
    ]);
  });
});

describe('several sources', () => {
  function sources(stack: Stack) {
    return [
      gitHub('acme/shop', 'main', 'Code'),
      PipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Data', 'acme-data'), 'data.zip', { stepName: 'Data' }),
      PipelineSource.ecr(ecr.Repository.fromRepositoryName(stack, 'Images', 'base'), { stepName: 'Base' }),
    ];
  }

  // The name of a step can equal the name of a construct next to the rules.
  function role(stack: Stack) {
    return PipelineSource.s3(s3.Bucket.fromBucketName(stack, 'Role', 'acme-roles'), 'roles.zip', {
      stepName: 'Schedule-rate-1-day',
    });
  }

  test('run in parallel and pin their own revisions', () => {
    const template = deliveryTemplate((stack) => ({ sources: sources(stack) }));
    expect(
      actionsOf(template)
        .slice(0, 3)
        .map(({ Name, RunOrder }) => [Name, RunOrder]),
    ).toEqual([
      ['Code', 1],
      ['Data', 1],
      ['Base', 1],
    ]);

    function actionOf({
      Targets: [
        {
          InputTransformer: { InputTemplate },
        },
      ],
    }: RuleJson) {
      return (JSON.parse(InputTemplate) as { sourceRevisions: Array<{ actionName: string }> }).sourceRevisions[0]
        .actionName;
    }

    expect((rules(template) as unknown as RuleJson[]).map(actionOf).sort()).toEqual(['Base', 'Data']);
  });

  test('keeps the id of a rule when another is added', () => {
    function idsOf(props: (stack: Stack) => Pick<DeliveryPipelineProps, 'sources' | 'triggers'>) {
      return resourcesOf(deliveryTemplate(props), 'AWS::Events::Rule').map(([id]) => id);
    }

    const few = idsOf((stack) => ({ sources: sources(stack).slice(0, 2) }));
    const many = idsOf((stack) => ({ sources: [role(stack), ...sources(stack)].reverse() }));
    expect(many).toEqual(expect.arrayContaining(few));
    expect(many).toHaveLength(3);
  });

  test('deploys the stack of a bucket before the pipeline that reads it', () => {
    const app = new App();
    const data = new s3.Bucket(new Stack(app, 'Data'), 'Bucket', { versioned: true });
    const stack = new Stack(app, 'Shop');
    new DeliveryPipeline(stack, 'Delivery', {
      sources: [PipelineSource.s3(data, 'a.zip')],
      stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
    });
    const template = jsonOf(stack);
    expect(sourceAction(template).Configuration).toMatchObject({
      S3Bucket: { 'Fn::ImportValue': expect.stringContaining('Data') },
    });
    expect(stack.dependencies.map(({ stackName }) => stackName)).toEqual(['Data']);
  });
});
