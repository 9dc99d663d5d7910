import {
  App,
  aws_certificatemanager as acm,
  aws_cloudfront as cloudfront,
  aws_eks as eks,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  Stack,
} from 'aws-cdk-lib';
import {
  AppConfigProfile,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  EksAccess,
  PipelineStage,
  SiteHosting,
  SiteRelease,
  StackCapability,
} from '../../src';
import { KNOWN_PROPERTY } from '../../src/common/rules';
import { environmentIn, flagsIn, predefined } from '../helpers/app-config';
import { stageOf } from '../helpers/cdk-app';
import { source } from '../helpers/delivery';
import { checkDelivery } from '../helpers/plans';

/** Values that no compiler would let through everywhere. */
const VALUES: readonly unknown[] = [
  undefined,
  null,
  5,
  true,
  '',
  'text',
  {},
  [],
  [undefined],
  [5],
  { A: null },
  { A: 5 },
  () => 'text',
];

const stack = new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
const certificate = acm.Certificate.fromCertificateArn(
  stack,
  'Certificate',
  'arn:aws:acm:us-east-1:111111111111:certificate/12345678-1234-1234-1234-123456789012',
);
const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'shop');
const distribution = cloudfront.Distribution.fromDistributionAttributes(stack, 'Distribution', {
  distributionId: 'E2',
  domainName: 'd1.cloudfront.net',
});
const cloudFormationRole = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/given');
const cluster = eks.CfnCluster.fromClusterName(stack, 'Cluster', 'shop');
const resize = lambda.Function.fromFunctionArn(
  stack,
  'Function',
  'arn:aws:lambda:eu-west-1:111111111111:function:resize',
);
const stage = stageOf(stack.node.root as App, 'Prod');
const live = environmentIn(stack);
const flags = flagsIn(stack);
const FLAGS = { configurationPath: 'flags.json', deploymentStrategy: predefined(stack) };
const CHART = { releaseName: 'shop', chartPath: 'chart' };

type Factory = (...args: never[]) => DeployTarget;

const WEB_ACL = 'arn:aws:wafv2:us-east-1:111111111111:global/webacl/site/11112222-3333-4444-5555-666677778888';

/** Factories, each with arguments that make a target: every option is named. */
const TARGETS: ReadonlyArray<[string, Factory, readonly unknown[]]> = [
  [
    'staticSite',
    DeployTarget.staticSite,
    [{ hosting: SiteHosting.managed(), release: SiteRelease.inPlace(), immutablePaths: ['assets/**'] }],
  ],
  [
    'managed',
    (options: never) => DeployTarget.staticSite({ hosting: SiteHosting.managed(options) }),
    [{ routing: undefined, domain: undefined, responseHeadersPolicy: undefined, webAclArn: WEB_ACL, accessLogs: true }],
  ],
  [
    'domain',
    (domain: never) => DeployTarget.staticSite({ hosting: SiteHosting.managed({ domain }) }),
    [{ names: ['www.example.com'], certificate }],
  ],
  [
    'existing',
    (...args: never[]) =>
      DeployTarget.staticSite({
        hosting: SiteHosting.existing(...(args as unknown as Parameters<typeof SiteHosting.existing>)),
      }),
    [bucket, distribution, { originPath: '/site' }],
  ],
  [
    'cloudFormationStack',
    DeployTarget.cloudFormationStack,
    [
      'shop-stack',
      {
        templatePath: 't.yaml',
        parameters: { A: 'b' },
        templateConfigurationPath: 'c.json',
        capabilities: [StackCapability.IAM],
        outputs: ['Url'],
        cloudFormationRole,
      },
    ],
  ],
  [
    'cdkStage',
    DeployTarget.cdkStage,
    [stage, { outputs: [], cliVersion: '2.1148.1', compute: undefined, network: undefined }],
  ],
  [
    'eksHelm',
    DeployTarget.eksHelm,
    [
      cluster,
      {
        ...CHART,
        valuesFiles: ['v.yaml'],
        deploymentName: 'a',
        kubernetesNamespace: 'b',
        artifact: undefined,
        image: undefined,
        environmentVariables: { A: 'b' },
        network: undefined,
        access: EksAccess.inNamespace(),
      },
    ],
  ],
  [
    'inCluster',
    (policy: never) => DeployTarget.eksHelm(cluster, { ...CHART, access: EksAccess.inCluster(policy) }),
    ['AmazonEKSEditPolicy'],
  ],
  ['eksManifests', DeployTarget.eksManifests, [cluster, { manifestFiles: ['m.yaml'] }]],
  [
    'lambdaImage',
    DeployTarget.lambdaImage,
    [resize, { alias: 'live', deploymentName: 'a', image: undefined, repository: undefined }],
  ],
  ['appConfig', DeployTarget.appConfig, [live, AppConfigProfile.hosted(flags), { ...FLAGS, deploymentName: 'a' }]],
  [
    'hosted',
    (...args: never[]) =>
      DeployTarget.appConfig(
        live,
        AppConfigProfile.hosted(...(args as unknown as Parameters<typeof AppConfigProfile.hosted>)),
        FLAGS,
      ),
    [flags, { validateBeforeApproval: true, contentType: 'text/plain' }],
  ],
  ['hostedById', (id: never) => DeployTarget.appConfig(live, AppConfigProfile.hostedById(id), FLAGS), ['abc1234']],
  ['pipelineById', (id: never) => DeployTarget.appConfig(live, AppConfigProfile.pipelineById(id), FLAGS), ['abc1234']],
  ['inOrder', DeployTarget.inOrder, [[DeployTarget.staticSite()]]],
  ['together', DeployTarget.together, [[DeployTarget.staticSite()]]],
];

/** What a pipeline complains of whose target is made of these arguments. */
function wrongWith(factory: Factory, args: readonly unknown[]) {
  return checkDelivery(
    {
      sources: [source],
      stages: [
        PipelineStage.steps('Build', [BuildStep.shell(['make'], { outputDirectory: 'out' })]),
        PipelineStage.environment(new DeploymentEnvironment('live', { target: factory(...(args as never[])) })),
      ],
    },
    { account: '111111111111', region: 'eu-west-1' },
  );
}

/** The arguments with a value in the place of one of them, or of one option, and the words that name the place. */
function replacements(args: readonly unknown[], value: unknown): Array<[string, unknown[]]> {
  return args.flatMap((arg, i) => {
    function withArgument(other: unknown) {
      return args.map((each, at) => (at === i ? other : each));
    }

    const options = arg !== null && Object.getPrototypeOf(arg) === Object.prototype ? Object.keys(arg as object) : [];
    return [
      [`argument ${i}`, withArgument(value)],
      ...options.map((name): [string, unknown[]] => [name, withArgument({ ...(arg as object), [name]: value })]),
    ] as Array<[string, unknown[]]>;
  });
}

/** It names an option, and no key of AWS: those begin with a capital. */
const SENTENCE = /^'stages(\[1\]\.environment\.target(?!\.[A-Z])[^']*)?' must .+, got .+; .+$/s;

test.each(TARGETS)('creates a target with %s', (_name, factory, args) => {
  expect(wrongWith(factory, args)).toEqual([]);
});

test.each(TARGETS)('reports arguments of any type in %s', (_name, factory, args) => {
  const wrong = VALUES.flatMap((value) =>
    replacements(args, value).flatMap(([place, replaced]) =>
      wrongWith(factory, replaced)
        // The name of an unknown property is that of the user.
        .filter((line) => !SENTENCE.test(line) && !line.includes(`' must ${KNOWN_PROPERTY}, got `))
        .map((line) => `${place}: ${line}`),
    ),
  );
  expect(wrong).toEqual([]);
});

test.each<[string, DeployTarget, string[]]>([
  [
    'every option is validated, and all problems are reported',
    DeployTarget.eksHelm(cluster, {
      releaseName: 5,
      chartPath: {},
      valuesFiles: 'v.yaml',
      kubernetesNamespace: [],
      environmentVariables: { A: 5 },
      access: 'all',
      network: {},
    } as never),
    ['kubernetesNamespace', 'environmentVariables.A', 'network', 'access', 'valuesFiles', 'releaseName', 'chartPath'],
  ],
  ['options that are none', DeployTarget.staticSite('in place' as never), ['options']],
  [
    'a list that is a text',
    DeployTarget.cloudFormationStack('a', { capabilities: StackCapability.IAM, outputs: 'Url' } as never),
    ['capabilities', 'outputs'],
  ],
])('%s', (_name, target, props) => {
  const lines = wrongWith(() => target, []);
  expect(lines.map((line) => /^'stages\[1\]\.environment\.target\.(.*?)' must /.exec(line)?.[1])).toEqual(props);
});
