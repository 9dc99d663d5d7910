import { type App, aws_ecr as ecr, type Environment, Stack } from 'aws-cdk-lib';
import { BuildStep, ContainerPipeline, DeploymentAccess, DeploymentEnvironment, DeployTarget, PipelineSource, TestStep } from '../../src';
import { serviceIn } from '../helpers/services';

const source = PipelineSource.gitHub('acme/shop', 'main');
const test = TestStep.shell(['./accept.sh']);

interface Where {
  readonly home: Required<Environment>;
  readonly account: Required<Environment>;
  readonly region: Required<Environment>;
  readonly both: Required<Environment>;
}

/** Services in other accounts and regions; see {@link ACROSS}. */
export function containersAcross({ home, account, region, both }: Where): Readonly<Record<string, (app: App) => void>> {
  const placed = (app: App) => {
    const repository = new ecr.Repository(new Stack(app, 'Images', { env: home }), 'Repository', { repositoryName: 'acme/api' });
    const servicesOf = (env: Environment) => new Stack(app, `Services-${env.account}-${env.region}`, { env });
    return { image: BuildStep.dockerImage(repository), servicesOf };
  };
  return {
    'services in three accounts and two regions': (app) => {
      const { image, servicesOf } = placed(app);
      const rolling = (name: string, env: Environment) =>
        new DeploymentEnvironment(name, { target: DeployTarget.ecsService(serviceIn(servicesOf(env), name)), tests: [test] });
      new ContainerPipeline(new Stack(app, 'Shop', { env: home }), 'Api', {
        source, image, environments: [rolling('dev', home), rolling('qa', region), rolling('staging', account), rolling('production', both)],
      });
    },
    'two services of one environment in another account, whose access others made': (app) => {
      const { image, servicesOf } = placed(app);
      const services = servicesOf(both);
      const environment = new DeploymentEnvironment('production', {
        existingAccess: true,
        target: DeployTarget.inOrder(['one', 'two'].map((name) => DeployTarget.ecsService(serviceIn(services, name), { deploymentName: name }))),
      });
      new DeploymentAccess(new Stack(app, 'ServicesAccess', { env: both }), 'Access', { pipelineName: 'api', pipelineEnv: home, environments: [environment] });
      new ContainerPipeline(new Stack(app, 'Shop', { env: home }), 'Api', { pipelineName: 'api', source, image, environments: [environment] });
    },
  };
}
