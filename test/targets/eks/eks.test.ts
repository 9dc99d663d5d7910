import {
  App,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_eks as eks,
  aws_eks_v2 as eksV2,
  type aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildNetwork,
  BuildStep,
  ContainerPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  EksAccess,
  MultiEnvPromotionPipeline,
  PipelineSource,
  PipelineStage,
  PipelineVariable,
  type EksHelmOptions,
  type EksManifestsOptions,
  type DeploymentEnvironmentOptions,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { STEP_NAME, KUBERNETES_PATH, COMMANDS_LIMITS } from '../../../src/aws/limits';
import { check } from '../../../src/check/check';
import { characters } from '../../../src/common/rules';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { NO_PARENT, NO_DUPLICATES, consistOf } from '../../../src/pipeline/rules';
import { NO_FREE_TEXT } from '../../../src/pipeline/validation/variable-uses';
import { itemCount } from '../../../src/steps/build-network';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { complaints, delivery, deliveryTemplate, source, verdictsOf, type DeliveryOf } from '../../helpers/delivery';
import { pattern } from '../../helpers/pattern';
import { planDelivery } from '../../helpers/plans';
import { actionsOf, CONCRETE, jsonOf, resourcesOf, statementsOf } from '../../helpers/synth';

const HOME = { stack: CONCRETE };
const THERE = { account: '222222222222', region: 'us-east-1' };

function clusterIn(stack: Stack, clusterName = 'shop') {
  return eks.Cluster.fromClusterAttributes(stack, `Cluster-${clusterName}`, { clusterName });
}

function clusterThere(stack: Stack) {
  return eks.CfnCluster.fromClusterArn(stack, 'There', 'arn:aws:eks:us-east-1:222222222222:cluster/shop');
}

const CHART: EksHelmOptions = { releaseName: 'shop', chartPath: 'deploy/chart' };

/** One environment, with or without an image that is built before. */
function to(target: DeployTarget, more: DeploymentEnvironmentOptions = {}) {
  return PipelineStage.environment(new DeploymentEnvironment('live', { target, ...more }));
}

function helm(options: Partial<EksHelmOptions> = {}, cluster = clusterIn): DeliveryOf {
  return (stack) => ({ stages: [to(DeployTarget.eksHelm(cluster(stack), { ...CHART, ...options }))] });
}

function manifests(options: Partial<EksManifestsOptions> = {}): DeliveryOf {
  return (stack) => ({
    stages: [
      to(DeployTarget.eksManifests(clusterIn(stack), { manifestFiles: ['kubernetes/service.yaml'], ...options })),
    ],
  });
}

function imageIn(stack: Stack) {
  return BuildStep.dockerImage(ecr.Repository.fromRepositoryName(stack, 'Repository', 'shop'));
}

function withImage(target: (stack: Stack, image: BuildStep) => DeployTarget): DeliveryOf {
  return (stack) => {
    const image = imageIn(stack);
    return { stages: [PipelineStage.steps('Build', [image]), to(target(stack, image))] };
  };
}

function vpcIn(stack: Stack) {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

function groupIn(stack: Stack) {
  return ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: false });
}

interface EksAction {
  readonly EnvironmentVariables?: unknown;
  readonly Region?: string;
  readonly RoleArn?: unknown;
}

function actionOf(template: ReturnType<typeof jsonOf>, name = 'Deploy-live') {
  const action = actionsOf(template).find(({ Name }) => Name === name)!;
  return action as Omit<typeof action, 'RoleArn'> & EksAction;
}

function planned(stageOf: DeliveryOf) {
  const { stages } = stageOf(new Stack(new App(), 'Plan', CONCRETE));
  return planDelivery({ sources: [source], stages })
    .stages.flatMap(({ actions }) => actions)
    .find(({ name }) => name === 'Deploy-live')!;
}

describe('plan', () => {
  test('plans a chart', () => {
    expect(
      planned(
        helm({ valuesFiles: ['deploy/chart/values-live.yaml', 'config/live.yaml'], kubernetesNamespace: 'orders' }),
      ),
    ).toMatchObject({
      provider: 'eks',
      inputs: ['Source'],
      outputs: [],
      namespace: 'Deploy-live-vars',
      configuration: {
        HelmReleaseName: 'shop',
        HelmChartLocation: 'deploy/chart',
        HelmValuesFiles: 'values-live.yaml,../../config/live.yaml',
        Namespace: 'orders',
      },
      environmentVariables: {},
    });
  });

  test('plans manifests', () => {
    expect(
      planned(manifests({ manifestFiles: ['kubernetes/deployment.yaml', 'kubernetes/service.yaml'] })).configuration,
    ).toEqual({ ManifestFiles: 'kubernetes/deployment.yaml,kubernetes/service.yaml', Namespace: 'default' });
  });

  test('names each of several deployments', () => {
    const several: DeliveryOf = (stack) => ({
      stages: [
        to(
          DeployTarget.together([
            DeployTarget.eksHelm(clusterIn(stack), { ...CHART, deploymentName: 'web' }),
            DeployTarget.eksHelm(clusterIn(stack, 'b'), { ...CHART, deploymentName: 'jobs' }),
          ]),
        ),
      ],
    });
    expect(
      planDelivery({ sources: [source], ...several(new Stack()) })
        .stages.at(-1)!
        .actions.map(({ name }) => name),
    ).toEqual(['Deploy-live-web', 'Deploy-live-jobs']);
  });
});

describe('image', () => {
  function target(stack: Stack, image: BuildStep) {
    return DeployTarget.eksHelm(clusterIn(stack), { ...CHART, image });
  }

  test('is passed by digest, and the files come from the source', () => {
    const { inputs, environmentVariables } = planned(withImage(target));
    expect(inputs).toEqual(['Source']);
    expect(environmentVariables).toEqual({
      IMAGE_URI: '#{Image-vars.IMAGE_URI}',
      IMAGE_DIGEST: '#{Image-vars.IMAGE_DIGEST}',
    });
    expect(complaints(withImage(target), HOME)).toEqual([]);
  });

  test('keeps an artifact with files', () => {
    const built: DeliveryOf = (stack) => {
      const image = imageIn(stack);
      const rendered = BuildStep.shell(['make'], { outputDirectory: 'out' });
      const environment = new DeploymentEnvironment('live', { target: target(stack, image) });
      return {
        stages: [
          PipelineStage.steps('Build', [image, rendered]),
          PipelineStage.environment(environment, { artifact: rendered.artifact }),
        ],
      };
    };
    expect(planned(built).inputs).toEqual(['Build']);
    expect(
      planned(
        withImage((stack, image) =>
          DeployTarget.eksHelm(clusterIn(stack), { ...CHART, image, artifact: image.artifact }),
        ),
      ).inputs,
    ).toEqual(['Image']);
  });

  test('is that of a ContainerPipeline by default', () => {
    const stack = new Stack(new App(), 'Shop', CONCRETE);
    new ContainerPipeline(stack, 'Delivery', {
      source,
      image: imageIn(stack),
      environments: [new DeploymentEnvironment('live', { target: DeployTarget.eksHelm(clusterIn(stack), CHART) })],
    });
    expect(actionOf(jsonOf(stack))).toMatchObject({
      InputArtifacts: [{ Name: 'Source' }],
      EnvironmentVariables: [
        { Name: 'IMAGE_URI', Value: '#{Image-vars.IMAGE_URI}', Type: 'PLAINTEXT' },
        { Name: 'IMAGE_DIGEST', Value: '#{Image-vars.IMAGE_DIGEST}', Type: 'PLAINTEXT' },
      ],
    });
  });

  test('may come from an ECR source', () => {
    const pushed: DeliveryOf = (stack) => {
      const image = PipelineSource.ecr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'shop'), {
        stepName: 'Pushed',
      });
      return { sources: [source, image], stages: [to(DeployTarget.eksHelm(clusterIn(stack), { ...CHART, image }))] };
    };
    expect(complaints(pushed, HOME)).toEqual([]);
    expect(actionOf(deliveryTemplate(pushed)).EnvironmentVariables).toEqual(
      expect.arrayContaining([{ Name: 'IMAGE_URI', Value: '#{Pushed-vars.ImageURI}', Type: 'PLAINTEXT' }]),
    );
  });
});

describe('rendered in the environment of the pipeline', () => {
  const template = deliveryTemplate(helm({ environmentVariables: { HOST: 'shop.example.com' } }), HOME);

  test('uses the EKS action under the role of the environment', () => {
    const action = actionOf(template);
    expect(action).toMatchObject({
      ActionTypeId: { Category: 'Deploy', Owner: 'AWS', Provider: 'EKS', Version: '1' },
      Configuration: {
        ClusterName: 'shop',
        HelmReleaseName: 'shop',
        HelmChartLocation: 'deploy/chart',
        Namespace: 'default',
      },
      EnvironmentVariables: [{ Name: 'HOST', Value: 'shop.example.com', Type: 'PLAINTEXT' }],
    });
    expect(JSON.stringify(action.RoleArn)).toContain('liveActionRole');
  });

  test('allows the role to describe this cluster and its network, to read artifacts and to log only', () => {
    const actions = statementsOf(template)
      .filter(({ holder }) => holder.includes('ActionRole'))
      .flatMap(({ statement: { Action, Resource } }) => [Action].flat().map((one) => [one, Resource]));
    expect(actions.filter(([one]) => (one as string).startsWith('eks:'))).toEqual([
      ['eks:DescribeCluster', { 'Fn::Sub': 'arn:${AWS::Partition}:eks:${AWS::Region}:${AWS::AccountId}:cluster/shop' }],
    ]);
    // AWS's tutorial grants these for a public cluster.
    expect(actions.filter(([one]) => (one as string).startsWith('ec2:'))).toEqual(
      ['DhcpOptions', 'NetworkInterfaces', 'Subnets', 'SecurityGroups', 'Vpcs', 'RouteTables'].map((resources) => [
        `ec2:Describe${resources}`,
        '*',
      ]),
    );
    expect([...new Set(actions.map(([one]) => (one as string).split(':')[0]))].sort()).toEqual([
      'ec2',
      'eks',
      'logs',
      's3',
    ]);
  });

  test('creates an access entry for the namespace only', () => {
    expect(resourcesOf(template, 'AWS::EKS::AccessEntry').map(([, { Properties }]) => Properties)).toEqual([
      {
        ClusterName: 'shop',
        PrincipalArn: actionOf(template).RoleArn,
        AccessPolicies: [
          {
            PolicyArn: {
              'Fn::Join': [
                '',
                ['arn:', { Ref: 'AWS::Partition' }, ':eks::aws:cluster-access-policy/AmazonEKSEditPolicy'],
              ],
            },
            AccessScope: { Type: 'namespace', Namespaces: ['default'] },
          },
        ],
      },
    ]);
  });

  function policies(props: DeliveryOf) {
    return resourcesOf(deliveryTemplate(props, HOME), 'AWS::EKS::AccessEntry').map(([, { Properties }]) =>
      (Properties.AccessPolicies as Array<{ PolicyArn: unknown; AccessScope: object }>).map(
        ({ PolicyArn, AccessScope }) => [/policy\/(\w+)/.exec(JSON.stringify(PolicyArn))![1], AccessScope],
      ),
    );
  }

  test('creates the configured access entry', () => {
    expect(policies(helm({ access: EksAccess.inCluster('AmazonEKSClusterAdminPolicy') }))).toEqual([
      [['AmazonEKSClusterAdminPolicy', { Type: 'cluster' }]],
    ]);
    expect(
      policies(manifests({ access: EksAccess.inNamespace('AmazonEKSAdminPolicy'), kubernetesNamespace: 'shop' })),
    ).toEqual([[['AmazonEKSAdminPolicy', { Type: 'namespace', Namespaces: ['shop'] }]]]);
    expect(policies(helm({ access: EksAccess.existing() }))).toEqual([]);
  });

  test('creates one access entry for several deployments', () => {
    function several(...options: Array<Partial<EksHelmOptions>>): DeliveryOf {
      return (stack) => {
        const cluster = clusterIn(stack);
        return {
          stages: [
            to(
              DeployTarget.inOrder(
                options.map((one, i) =>
                  DeployTarget.eksHelm(cluster, { ...CHART, releaseName: `r${i}`, deploymentName: `d${i}`, ...one }),
                ),
              ),
            ),
          ],
        };
      };
    }

    expect(
      policies(several({ kubernetesNamespace: 'a' }, { kubernetesNamespace: 'b' }, { kubernetesNamespace: 'a' })),
    ).toEqual([[['AmazonEKSEditPolicy', { Type: 'namespace', Namespaces: ['a', 'b'] }]]]);
    expect(policies(several({ access: EksAccess.inCluster('AmazonEKSEditPolicy') }, {}))).toEqual([
      [['AmazonEKSEditPolicy', { Type: 'cluster' }]],
    ]);
    expect(policies(several({}, { access: EksAccess.inNamespace('AmazonEKSViewPolicy') }))).toEqual([
      [
        ['AmazonEKSEditPolicy', { Type: 'namespace', Namespaces: ['default'] }],
        ['AmazonEKSViewPolicy', { Type: 'namespace', Namespaces: ['default'] }],
      ],
    ]);
  });

  test('creates an access entry in each of two clusters', () => {
    const two: DeliveryOf = (stack) => ({
      stages: [
        to(
          DeployTarget.together([
            DeployTarget.eksHelm(clusterIn(stack), { ...CHART, deploymentName: 'a' }),
            DeployTarget.eksHelm(clusterIn(stack, 'other'), { ...CHART, deploymentName: 'b' }),
          ]),
        ),
      ],
    });
    expect(
      resourcesOf(deliveryTemplate(two, HOME), 'AWS::EKS::AccessEntry').map(
        ([, { Properties }]) => Properties.ClusterName,
      ),
    ).toEqual(['shop', 'other']);
  });

  test('uses the network for a private cluster', () => {
    const inNetwork: DeliveryOf = (stack) =>
      manifests({ network: BuildNetwork.vpc(vpcIn(stack), { securityGroups: [groupIn(stack)] }) })(stack);
    const inside = deliveryTemplate(inNetwork, HOME);
    expect(actionOf(inside).Configuration).toEqual({
      ClusterName: 'shop',
      ManifestFiles: 'kubernetes/service.yaml',
      Namespace: 'default',
      Subnets: 'subnet-1,subnet-2',
      SecurityGroupIds: 'sg-1',
    });
    // An address may be used in these subnets alone.
    const uses = statementsOf(inside).filter(
      ({ holder, statement }) =>
        holder.includes('ActionRole') && [statement.Action].flat().includes('ec2:CreateNetworkInterfacePermission'),
    );
    expect(uses.map(({ statement }) => statement.Condition)).toEqual([
      {
        ArnEquals: {
          'ec2:Subnet': ['subnet-1', 'subnet-2'].map((id) => ({
            'Fn::Sub': `arn:\${AWS::Partition}:ec2:\${AWS::Region}:*:subnet/${id}`,
          })),
        },
      },
    ]);
    const own = deliveryTemplate((stack) => manifests({ network: BuildNetwork.vpc(vpcIn(stack)) })(stack), HOME);
    const [[id]] = resourcesOf(own, 'AWS::EC2::SecurityGroup');
    expect(actionOf(own).Configuration!.SecurityGroupIds).toEqual({ 'Fn::GetAtt': [id, 'GroupId'] });
  });

  test('accepts all kinds of clusters', () => {
    const kinds: Array<(stack: Stack) => Parameters<typeof DeployTarget.eksHelm>[0]> = [
      (stack) => eksV2.Cluster.fromClusterAttributes(stack, 'V2', { clusterName: 'shop' }),
      (stack) => eks.CfnCluster.fromClusterName(stack, 'Name', 'shop'),
      (stack) => eks.CfnCluster.fromClusterArn(stack, 'Arn', 'arn:aws:eks:eu-west-1:111111111111:cluster/shop'),
    ];
    for (const kind of kinds) {
      expect(
        actionOf(deliveryTemplate((stack) => ({ stages: [to(DeployTarget.eksHelm(kind(stack), CHART))] }), HOME))
          .Configuration,
      ).toMatchObject({ ClusterName: 'shop' });
    }
  });
});

describe('rendered in another account or Region', () => {
  function pipeline(
    targetOf: (stack: Stack) => DeployTarget,
    more: DeploymentEnvironmentOptions = {},
    pipelineName?: string,
  ) {
    const app = new App();
    const stack = new Stack(app, 'Shop', CONCRETE);
    new MultiEnvPromotionPipeline(stack, 'Delivery', {
      source,
      pipelineName,
      buildStep: imageIn(stack),
      environments: [new DeploymentEnvironment('live', { target: targetOf(stack), env: THERE, ...more })],
    });
    return { app, stack };
  }

  function target(stack: Stack) {
    return DeployTarget.eksHelm(clusterThere(stack), CHART);
  }

  function network(stack: Stack) {
    return BuildNetwork.vpc(vpcIn(stack), { securityGroups: [groupIn(stack)] });
  }

  test('creates the role and its access in the account of the cluster', () => {
    const { app, stack } = pipeline(target);
    expect(actionOf(jsonOf(stack))).toMatchObject({ Region: 'us-east-1', Configuration: { ClusterName: 'shop' } });
    expect(resourcesOf(jsonOf(stack), 'AWS::EKS::AccessEntry')).toEqual([]);
    const there = app.node.children.find((one): one is Stack => one instanceof Stack && one.account === THERE.account)!;
    const [[, { Properties }]] = resourcesOf(jsonOf(there), 'AWS::EKS::AccessEntry');
    expect(Properties).toMatchObject({
      ClusterName: 'shop',
      PrincipalArn: { 'Fn::GetAtt': [expect.stringContaining('ActionRole'), 'Arn'] },
    });
  });

  test('uses the account and Region of the cluster', () => {
    const { stack } = pipeline(target, { env: undefined });
    expect(actionOf(jsonOf(stack)).Region).toBe('us-east-1');
  });

  test.each<[string, (there: Stack) => Parameters<typeof DeployTarget.eksHelm>[0]]>([
    [
      'L1',
      (there) =>
        new eks.CfnCluster(there, 'Cluster', {
          name: 'named',
          roleArn: 'arn:aws:iam::222222222222:role/x',
          resourcesVpcConfig: { subnetIds: [] },
        }),
    ],
    [
      'L2',
      (there) =>
        new eksV2.Cluster(there, 'Cluster', {
          clusterName: 'named',
          version: eksV2.KubernetesVersion.V1_32,
          vpc: vpcIn(there),
          vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
          defaultCapacityType: eksV2.DefaultCapacityType.NODEGROUP,
          defaultCapacity: 0,
        }),
    ],
  ])('references a cluster of another stack by its explicit name: %s', (_kind, cluster) => {
    const { app, stack } = pipeline((shop) =>
      DeployTarget.eksHelm(cluster(new Stack(shop.node.root, 'Live', { env: THERE })), CHART),
    );
    expect(actionOf(jsonOf(stack)).Configuration).toMatchObject({ ClusterName: 'named' });
    // There, the access waits for the cluster.
    const entries = app.node.children
      .filter((one): one is Stack => one instanceof Stack)
      .flatMap((one) => resourcesOf(jsonOf(one), 'AWS::EKS::AccessEntry'));
    expect(entries.map(([, { Properties }]) => Properties.ClusterName)).toContainEqual({
      'Fn::ImportValue': expect.anything(),
    });
  });

  test('passes the permission check', () => {
    const { app } = pipeline((stack) =>
      DeployTarget.eksHelm(clusterThere(stack), { ...CHART, network: network(stack) }),
    );
    const report = check(readInput(app.synth().directory, {}));
    expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
  });

  test('creates no access with existing access', () => {
    const app = new App();
    const stack = new Stack(app, 'Live', { env: THERE });
    const access = new DeploymentAccess(stack, 'Access', {
      pipelineName: 'shop',
      pipelineEnv: CONCRETE.env as { account: string; region: string },
      environments: [new DeploymentEnvironment('live', { target: target(stack) })],
    });
    expect(
      resourcesOf(jsonOf(stack), 'AWS::EKS::AccessEntry').map(([, { Properties }]) => Properties.PrincipalArn),
    ).toEqual([stack.resolve(access.actionRole('live').roleArn)]);
    expect(actionOf(jsonOf(pipeline(target, { existingAccess: true }, 'shop').stack)).Configuration).toMatchObject({
      ClusterName: 'shop',
    });
  });

  test.each<[string, (stack: Stack) => DeployTarget, RegExp]>([
    [
      'a cluster without a name',
      (stack) =>
        DeployTarget.eksHelm(
          new eks.CfnCluster(new Stack(stack.node.root, 'Live', { env: THERE }), 'Cluster', {
            roleArn: 'arn:aws:iam::222222222222:role/x',
            resourcesVpcConfig: { subnetIds: [] },
          }),
          CHART,
        ),
      /'environments\[0\]\.target\.cluster' must have an explicit name.*set its clusterName/,
    ],
    [
      'a network whose security group would be made there',
      (stack) => DeployTarget.eksHelm(clusterThere(stack), { ...CHART, network: BuildNetwork.vpc(vpcIn(stack)) }),
      /'environments\[0\]\.target\.network' must have an explicit name.*pass securityGroups/,
    ],
    [
      'a cluster of the account of the pipeline',
      (stack) => DeployTarget.eksHelm(clusterIn(stack), CHART),
      pattern(
        /'environments\[0\]\.target\.cluster' must be a cluster in the account of the environment, /,
        /222222222222, got "Shop\/Cluster-shop in 111111111111"/,
      ),
    ],
  ])('rejects %s', (_name, wrong, message) => {
    expect(() => pipeline(wrong)).toThrow(message);
  });
});

describe('errors', () => {
  const at = 'stages[0].environment.target';
  const words = "lower case letters, digits and '-', beginning and ending with none of the last";
  test.each<[string, DeliveryOf, string[]]>([
    [
      'a release in capitals',
      helm({ releaseName: 'Shop' }),
      [`'${at}.releaseName' must consist of ${words}, got "Shop"; write it as in 'shop'`],
    ],
    [
      'a release of 54 characters',
      helm({ releaseName: 's'.repeat(54) }),
      [`'${at}.releaseName' must have at most 53 characters, got "${'s'.repeat(54)}"; shorten it by 1`],
    ],
    [
      'a namespace with a dot',
      helm({ kubernetesNamespace: 'a.b' }),
      [`'${at}.kubernetesNamespace' must consist of ${words}, got "a.b"; write it as in 'shop'`],
    ],
    [
      'a namespace of 64 characters',
      manifests({ kubernetesNamespace: 'n'.repeat(64) }),
      [expect.stringMatching(/kubernetesNamespace' must have at most 63 characters/)],
    ],
    [
      'a chart outside',
      helm({ chartPath: '../chart' }),
      [`'${at}.chartPath' must ${NO_PARENT}, got "../chart"; write it as in 'chart' or 'deploy/chart'`],
    ],
    [
      'a manifest outside, by an indirect path',
      manifests({ manifestFiles: ['kubernetes/../../secrets.yaml'] }),
      [
        `'${at}.manifestFiles[0]' must ${NO_PARENT}, got ` +
          '"kubernetes/../../secrets.yaml"; write it as in \'kubernetes/service.yaml\'',
      ],
    ],
    [
      'an absolute chart',
      helm({ chartPath: '/chart' }),
      [
        `'${at}.chartPath' must be relative to the root of the artifact, got "/chart"; write it as in ` +
          "'chart' or 'deploy/chart'",
      ],
    ],
    ['no chart', helm({ chartPath: '' }), [expect.stringContaining(`chartPath' must ${NON_EMPTY_STRING}`)]],
    [
      'values with a comma',
      helm({ valuesFiles: ['a,b.yaml'] }),
      [
        `'${at}.valuesFiles[0]' must ${consistOf(KUBERNETES_PATH)}, got "a,b.yaml"; write it as in ` +
          `'kubernetes/service.yaml'`,
      ],
    ],
    [
      'an empty list of values',
      helm({ valuesFiles: [] }),
      [expect.stringContaining("valuesFiles' must contain at least one file")],
    ],
    [
      'no manifests',
      manifests({ manifestFiles: [] }),
      [expect.stringContaining("manifestFiles' must contain at least one file")],
    ],
    [
      'a manifest twice',
      manifests({ manifestFiles: ['a.yaml', 'a.yaml'] }),
      [`'${at}.manifestFiles' must ${NO_DUPLICATES}, got "a.yaml"; remove one of them`],
    ],
    [
      'a deployment name with a dot',
      helm({ deploymentName: 'a.b' }),
      [expect.stringContaining(`deploymentName' must ${consistOf(STEP_NAME)}`)],
    ],
    [
      'a policy that is none',
      helm({ access: EksAccess.inNamespace('edit') }),
      [
        `'${at}.access.policyName' must consist of letters and digits, as in 'AmazonEKSEditPolicy', got "edit"; ` +
          'use a name from aws eks list-access-policies',
      ],
    ],
    [
      'a variable with a dot',
      helm({ environmentVariables: { 'a.b': 'c' } }),
      [expect.stringContaining("environmentVariables' must contain only names of letters, digits and '_'")],
    ],
    [
      'an empty value',
      helm({ environmentVariables: { A: '' } }),
      [
        `'${at}.environmentVariables.A' must ${characters(COMMANDS_LIMITS.environmentValue)}, got ""; ` +
          `shorten the value, or remove an empty one`,
      ],
    ],
    [
      'two lines',
      helm({ environmentVariables: { A: 'a\nb' } }),
      [`'${at}.environmentVariables.A' must be a single line, got "a\\nb"; move multi-line text to the files`],
    ],
    [
      'eleven variables',
      helm({ environmentVariables: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`V${i}`, 'x'])) }),
      [
        `'${at}.environmentVariables' must contain at most 10 variables, got 11; move constant values to ` +
          'the files',
      ],
    ],
    [
      'a free text',
      helm({ environmentVariables: { A: source.variable('CommitMessage') } }),
      [
        expect.stringMatching(
          pattern(
            /^'stages\[0\]\.environment\.target\.environmentVariables\.A' must not contain variables with /,
            /arbitrary values, got "#\{Source-vars\.CommitMessage\}"; its value is written to the deployed /,
            /files/,
          ),
        ),
      ],
    ],
    [
      'a step without an image',
      helm({ image: BuildStep.shell(['make']) }),
      [
        `'${at}.image' must be a step that outputs IMAGE_URI and IMAGE_DIGEST, got "Build"; use ` +
          'BuildStep.dockerImage(repository), or PipelineSource.ecr',
      ],
    ],
    [
      'a proxy',
      (stack) => helm({ network: BuildNetwork.vpc(vpcIn(stack), { proxy: 'http://proxy:3128' }) })(stack),
      [expect.stringContaining("network' must not have a proxy")],
    ],
    [
      'a network without subnets',
      (stack) => helm({ network: BuildNetwork.vpc(vpcIn(stack), { subnets: { subnets: [] } }) })(stack),
      [expect.stringContaining(`network.subnets' must ${itemCount({ min: 1, max: 16 })}`)],
    ],
  ])('%s', (_name, props, expected) => {
    expect(complaints(props, HOME)).toEqual(expected);
  });

  test('reserves and counts the variables of the image', () => {
    function given(environmentVariables: Record<string, string>) {
      return withImage((stack, image) =>
        DeployTarget.eksHelm(clusterIn(stack), { ...CHART, image, environmentVariables }),
      );
    }

    expect(complaints(given({ IMAGE_URI: 'x' }), HOME)).toEqual([
      expect.stringContaining(
        'environmentVariables\' must not contain the reserved names of the image, got "IMAGE_URI"',
      ),
    ]);
    const nine = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`V${i}`, 'x']));
    expect(complaints(given(nine), HOME)).toEqual([
      expect.stringContaining('contain at most 10 variables, including IMAGE_URI and IMAGE_DIGEST, got 11'),
    ]);
  });

  test('rejects pipeline variables in files, but accepts the execution id', () => {
    const note = new PipelineVariable('NOTE', { defaultValue: 'x' });

    function given(value: string): DeliveryOf {
      return (stack) => ({ variables: [note], ...helm({ environmentVariables: { A: value } })(stack) });
    }

    expect(complaints(given(`${note.reference()}`), HOME)).toEqual([expect.stringContaining(`must ${NO_FREE_TEXT}`)]);
    expect(complaints(given(`${source.variable('CommitId')}-${PipelineVariable.executionId()}`), HOME)).toEqual([]);
  });

  test('accepts the digest of an image as a safe variable', () => {
    function reads(key: string): DeliveryOf {
      return (stack) => ({
        stages: [
          PipelineStage.steps('Build', [imageIn(stack)]),
          PipelineStage.steps('Use', [BuildStep.commands([`echo #{Image-vars.${key}}`], { stepName: 'Use' })]),
        ],
      });
    }

    expect([complaints(reads('IMAGE_URI'), HOME), complaints(reads('IMAGE_DIGEST'), HOME)]).toEqual([[], []]);
    const exported: DeliveryOf = () => ({
      stages: [
        PipelineStage.steps('Build', [BuildStep.shell(['x'], { exportedVariables: ['IMAGE_URI'] })]),
        PipelineStage.steps('Use', [BuildStep.commands(['echo #{Build-vars.IMAGE_URI}'], { stepName: 'Use' })]),
      ],
    });
    expect(complaints(exported, HOME)).toEqual([expect.stringContaining(`must ${NO_FREE_TEXT}`)]);
  });

  test('rejects a cluster without access entries', () => {
    function cluster(authenticationMode?: eks.AuthenticationMode) {
      return (stack: Stack) =>
        new eks.Cluster(stack, 'Cluster', {
          version: eks.KubernetesVersion.V1_32,
          authenticationMode,
          defaultCapacity: 0,
          kubectlLayer: new lambda.LayerVersion(stack, 'Kubectl', {
            code: lambda.Code.fromBucket(s3.Bucket.fromBucketName(stack, 'Code', 'code'), 'x'),
          }),
          vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }],
          vpc: vpcIn(stack),
        });
    }

    function found(mode?: eks.AuthenticationMode, options: Partial<EksHelmOptions> = {}) {
      return complaints(
        (stack) => ({ stages: [to(DeployTarget.eksHelm(cluster(mode)(stack), { ...CHART, ...options }))] }),
        HOME,
      );
    }

    expect(found()).toEqual([
      `'${at}.cluster' must have an authentication mode with access entries, got "CONFIG_MAP"; set ` +
        'authenticationMode: eks.AuthenticationMode.API_AND_CONFIG_MAP, or pass access: ' +
        'EksAccess.existing() and map the role in aws-auth',
    ]);
    expect(found(eks.AuthenticationMode.API)).toEqual([]);
    expect(found(undefined, { access: EksAccess.existing() })).toEqual([]);
  });
});

describe('permission check', () => {
  function denied(action: string, props: DeliveryOf) {
    const { app, stack } = delivery(props, HOME);
    const role = stack.node.findAll().find(({ node }) => node.path.endsWith('/live/ActionRole'))!.node
      .defaultChild as iam.CfnRole;
    for (const { policyDocument } of role.policies as Array<{
      policyDocument: { Statement: Array<{ Action: string | string[] }> };
    }>) {
      policyDocument.Statement = policyDocument.Statement.map((one) => ({
        ...one,
        Action: [one.Action].flat().filter((name) => name !== action),
      })).filter(({ Action }) => Action.length > 0);
    }
    return denialsOf(check(readInput(app.synth().directory, {})));
  }

  const inside: DeliveryOf = (stack) => helm({ network: BuildNetwork.vpc(vpcIn(stack)) })(stack);

  test.each<[string, DeliveryOf]>([
    ['a chart', helm()],
    ['manifests', manifests()],
    ['a private cluster', inside],
  ])('denies nothing for %s', (_name, props) => {
    const { denied: all, unmodelled, unknown } = verdictsOf(props);
    expect({ all, unmodelled }).toEqual({ all: [], unmodelled: [] });
    // Whether a cluster is private, the action alone does not show.
    expect(
      unknown.filter(
        (one) =>
          (one.startsWith('eks:') || one.startsWith('ec2:')) && !one.endsWith('only a private cluster requires it'),
      ),
    ).toEqual([]);
  });

  test.each(['eks:DescribeCluster', 'ec2:DescribeRouteTables', 's3:GetObject', 'logs:PutLogEvents'])(
    'reports the removal of %s',
    (action) => expect(denied(action, helm()).length).toBeGreaterThan(0),
  );
  test.each(['ec2:CreateNetworkInterface', 'ec2:DescribeRouteTables'])(
    'reports the removal of %s for a private cluster',
    (action) => expect(denied(action, inside).length).toBeGreaterThan(0),
  );
});
