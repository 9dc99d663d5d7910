import { App, aws_ecr as ecr, aws_kms as kms, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  type ContainerRepositoryProps,
  DeploymentEnvironment,
  DeployTarget,
} from '../../../src';
import { ACCOUNT_ID } from '../../../src/aws/limits';
import { A_LIST } from '../../../src/common/rules';
import { checkRepositoryPlace } from '../../../src/patterns/common/check-repository';
import { consistOf, RESOURCE } from '../../../src/pipeline/rules';
import { source } from '../../helpers/delivery';
import { serviceOf } from '../../helpers/services';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const REPOSITORY = 'AWS::ECR::Repository';

function made(props: ContainerRepositoryProps = {}) {
  const stack = new Stack(new App(), 'Images', { env: ENV });
  const { repository } = new ContainerRepository(stack, 'Images', props);
  return { stack, repository, resource: () => Object.values(Template.fromStack(stack).findResources(REPOSITORY))[0] };
}

function rulesOf({ Properties: { LifecyclePolicy } }: Record<string, never>) {
  return (
    JSON.parse((LifecyclePolicy as { LifecyclePolicyText: string }).LifecyclePolicyText) as {
      rules: Array<{ selection: unknown }>;
    }
  ).rules.map(({ selection }) => selection);
}

function policyOf(props: ContainerRepositoryProps) {
  return (
    made(props).resource().Properties.RepositoryPolicyText as { Statement: Array<Record<string, unknown>> } | undefined
  )?.Statement;
}

test('has immutable tags except for caches, scans and encrypts images, and is retained', () => {
  expect(made().resource()).toMatchObject({
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      ImageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      ImageTagMutabilityExclusionFilters: [
        { ImageTagMutabilityExclusionFilterType: 'WILDCARD', ImageTagMutabilityExclusionFilterValue: 'cache*' },
      ],
      ImageScanningConfiguration: { ScanOnPush: true },
    },
  });
  // That of ECR itself, which is AES-256.
  expect(made().resource().Properties).not.toHaveProperty('EncryptionConfiguration');
});

test('deletes untagged images after a week, and tagged images by number only', () => {
  function tagged(countNumber: number) {
    return { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber };
  }

  const untagged = { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 7, countUnit: 'days' };
  expect(rulesOf(made().resource() as never)).toEqual([untagged, tagged(1000)]);
  expect(rulesOf(made({ keepImages: 50 }).resource() as never)).toEqual([untagged, tagged(50)]);
});

test('uses an explicit key and name', () => {
  const stack = new Stack(new App(), 'Images', { env: ENV });
  new ContainerRepository(stack, 'Images', {
    repositoryName: 'acme/api',
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/k'),
  });
  Template.fromStack(stack).hasResourceProperties(REPOSITORY, {
    RepositoryName: 'acme/api',
    EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: 'arn:aws:kms:eu-west-1:111111111111:key/k' },
  });
});

describe('pull access', () => {
  const ACTIONS = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

  function root(account: string) {
    return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${account}:root`]] };
  }

  test('is not granted by default', () => expect(policyOf({})).toBeUndefined());

  test('grants accounts only pulling', () => {
    expect(policyOf({ pullAccounts: ['222222222222', '333333333333'] })).toEqual([
      {
        Sid: 'Pull',
        Effect: 'Allow',
        Action: ACTIONS,
        Principal: { AWS: [root('222222222222'), root('333333333333')] },
      },
    ]);
  });

  test('grants Lambda pulling for functions of these accounts and its own', () => {
    const [, byLambda] = policyOf({ pullAccounts: ['222222222222'], lambdaPull: true })!;
    expect(byLambda).toMatchObject({
      Sid: 'PullByLambda',
      Action: ACTIONS,
      Principal: { Service: 'lambda.amazonaws.com' },
    });
    const text = JSON.stringify(byLambda.Condition);
    expect(text).toContain(':lambda:*:222222222222:function:*');
    expect(text).toMatch(/:lambda:\*:(111111111111|",\{"Ref":"AWS::AccountId"\},"):function:\*/);
    expect(policyOf({ lambdaPull: true })).toHaveLength(1);
  });
});

test.each<[string, ContainerRepositoryProps, string]>([
  [
    'a name with capitals',
    { repositoryName: 'Acme' },
    "'repositoryName' must consist of 2 or more lower-case letters and digits, with single '.', '_', '-' and '/' " +
      'between them, got "Acme"; choose a name, e.g. \'acme/api\'',
  ],
  [
    'too few images',
    { keepImages: 9 },
    "'keepImages' must be a whole number of images between 10 and 10000, got 9; choose a value in that range",
  ],
  [
    'an account that is none',
    { pullAccounts: ['acme'] },
    `'pullAccounts[0]' must ${consistOf(ACCOUNT_ID)}, got "acme"; pass the ID of the account`,
  ],
  [
    'accounts that are no list',
    { pullAccounts: '222222222222' as never },
    `'pullAccounts' must ${A_LIST}, got "222222222222"; pass a list, e.g. ['a', 'b']`,
  ],
  [
    'a key that is an alias',
    { encryptionKey: 'alias/images' as never },
    `'encryptionKey' must be ${RESOURCE.key}, got "alias/images"; pass one of this app, or import it`,
  ],
  [
    'an account twice',
    { pullAccounts: ['222222222222', '222222222222'] },
    '\'pullAccounts\' must contain unique accounts, got "222222222222"; remove the duplicate',
  ],
])('rejects %s', (_, props, message) =>
  expect(() => made(props)).toThrow(`[ContainerRepository Images/Images] ${message}`),
);

test('rejects a repository in the stack of the pipeline, and accepts others', () => {
  const { stack, repository } = made();
  expect(checkRepositoryPlace('image', stack, repository)).toEqual([
    "'image' must not be in the stack of the pipeline, because services depend on it, got " +
      '"Images/Images/Repository"; create it in a separate stack, e.g. new ContainerRepository(new Stack(app, ' +
      "'Images'), 'Images')",
  ]);
  const elsewhere = new Stack(stack.node.root as App, 'Pipeline', { env: ENV });
  expect(checkRepositoryPlace('image', elsewhere, repository)).toEqual([]);
  expect(checkRepositoryPlace('image', stack, ecr.Repository.fromRepositoryName(stack, 'Known', 'acme/api'))).toEqual(
    [],
  );
});

describe('a pipeline', () => {
  /** Its image and a further one, each in a repository that is made in one of the two stacks. */
  function pipelineWith(image: 'beside' | 'elsewhere', additional: 'beside' | 'elsewhere') {
    return () => {
      const app = new App();
      const beside = new Stack(app, 'Api', { env: ENV });
      const stacks = { beside, elsewhere: new Stack(app, 'Images', { env: ENV }) };

      function madeIn(where: keyof typeof stacks, id: string) {
        return new ContainerRepository(stacks[where], id, { repositoryName: id.toLowerCase() }).repository;
      }

      new ContainerPipeline(beside, 'Delivery', {
        source,
        image: BuildStep.dockerImage(madeIn(image, 'Web')),
        additionalImages: [BuildStep.dockerImage(madeIn(additional, 'Worker'), { stepName: 'Worker' })],
        environments: [
          new DeploymentEnvironment('live', { target: DeployTarget.ecsService(serviceOf(beside, 'live')) }),
        ],
      });
      return app.synth();
    };
  }

  function refused(prop: string, path: string) {
    return (
      `[ContainerPipeline Api/Delivery] '${prop}' must not be in the stack of the pipeline, because services ` +
      `depend on it, got "${path}"; create it in a separate stack`
    );
  }

  test('rejects repositories in its stack, with a fix', () => {
    expect(pipelineWith('beside', 'elsewhere')).toThrow(refused('image', 'Api/Web/Repository'));
    expect(pipelineWith('elsewhere', 'beside')).toThrow(refused('additionalImages[0]', 'Api/Worker/Repository'));
  });

  test('accepts repositories of another stack', () => expect(pipelineWith('elsewhere', 'elsewhere')).not.toThrow());
});
