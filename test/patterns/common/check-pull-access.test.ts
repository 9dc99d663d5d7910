import { App, aws_ecr as ecr, aws_eks as eks, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { BuildStep, ContainerPipeline, ContainerRepository, DeploymentEnvironment, DeployTarget } from '../../../src';
import { source } from '../../helpers/delivery';
import { serviceIn } from '../../helpers/services';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const PROD = { account: '222222222222', region: 'eu-west-1' };
type Images = (stack: Stack) => ecr.IRepository;
type Target = (stack: Stack, repository: ecr.IRepository) => DeployTarget;

const made: Images = (stack) => new ContainerRepository(stack, 'Api', { repositoryName: 'acme/api' }).repository;
const service: Target = (stack) => DeployTarget.ecsService(serviceIn(stack, 'api'));

/** The accounts in warnings, after the whole app is created. */
function warned(
  images: Images,
  target: Target = service,
  env = PROD,
  afterwards: (repository: ecr.IRepository) => void = () => {},
): string[] {
  const app = new App();
  const repository = images(new Stack(app, 'Images', { env: HOME }));
  const stack = new Stack(app, 'Shop', { env: HOME });
  const environment = new DeploymentEnvironment('live', {
    env,
    target: target(new Stack(app, 'Services', { env }), repository),
  });
  new ContainerPipeline(stack, 'Api', {
    source,
    image: BuildStep.dockerImage(repository),
    environments: [environment],
  });
  afterwards(repository);
  app.synth();
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('cross-account-pull'))
    .map(({ entry }) => String(entry.data));
}

test('warns about accounts that cannot pull, with a fix', () => {
  expect(warned(made)).toEqual([
    'The account 222222222222 runs images of Images/Api/Repository, but the policy of the repository does not ' +
      "allow it to pull them. Set pullAccounts: ['222222222222'] of ContainerRepository, or call " +
      "repository.grantPull(new iam.AccountPrincipal('222222222222')). [ack: " +
      'cdk-pipeline-patterns:cross-account-pull[Images-Api-Repository-222222222222]]',
  ]);
});

test.each<[string, Target]>([
  [
    'a chart',
    (stack) =>
      DeployTarget.eksHelm(eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'apps' }), {
        releaseName: 'api',
        chartPath: 'chart',
      }),
  ],
  [
    'a function',
    (stack, repository) =>
      DeployTarget.lambdaImage(lambda.Function.fromFunctionName(stack, 'Function', 'api'), { repository }),
  ],
  [
    'a task',
    (stack) => {
      const {
        taskDefinition,
        cluster,
        connections: { securityGroups },
      } = serviceIn(stack, 'api');
      return DeployTarget.ecsTask(taskDefinition, cluster, { securityGroups });
    },
  ],
  [
    'two services, once',
    (stack) =>
      DeployTarget.together(
        ['one', 'two'].map((name) => DeployTarget.ecsService(serviceIn(stack, name), { deploymentName: name })),
      ),
  ],
])('%s', (_, target) => expect(warned(made, target)).toHaveLength(1));

test.each<[string, string[]]>([
  [
    'a repository that lets the account',
    warned(
      (stack) =>
        new ContainerRepository(stack, 'Api', { repositoryName: 'acme/api', pullAccounts: [PROD.account] }).repository,
    ),
  ],
  [
    'one that lets it later',
    warned(made, service, PROD, (repository) => repository.grantPull(new iam.AccountPrincipal(PROD.account))),
  ],
  [
    'one that lets an organization',
    warned(made, service, PROD, (repository) => repository.grantPull(new iam.OrganizationPrincipal('o-1234567890'))),
  ],
  ['an imported one', warned((stack) => ecr.Repository.fromRepositoryName(stack, 'Api', 'acme/api'))],
  ['its own account, in another region', warned(made, service, { ...HOME, region: 'us-east-1' })],
])('does not warn about %s', (_, warnings) => expect(warnings).toEqual([]));
