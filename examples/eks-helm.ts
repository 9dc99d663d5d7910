/** How do I build an image and release it to Amazon EKS by a Helm chart, first to staging and then to production? */
import { App, aws_ecr as ecr, aws_eks as eks, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const app = new App();
// The images outlive the pipeline.
const images = new Stack(app, 'ShopImages');
const repository = new ecr.Repository(images, 'Repository', { imageScanOnPush: true });

const stack = new Stack(app, 'ShopDelivery');
// Its authentication mode must be API or API_AND_CONFIG_MAP: the role of each environment gets an access entry.
const cluster = eks.CfnCluster.fromClusterName(stack, 'Cluster', 'shop');

// The chart is in the repository with the source; see examples/kubernetes. The namespaces exist.
function shop(environment: string) {
  return DeployTarget.eksHelm(cluster, {
    releaseName: 'shop-api',
    kubernetesNamespace: `shop-${environment}`,
    chartPath: 'kubernetes/chart',
    // AWS documents values files in the folder of the chart.
    valuesFiles: [`kubernetes/chart/values-${environment}.yaml`],
  });
}

new ContainerPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/shop-api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('staging', { target: shop('staging') }),
    new DeploymentEnvironment('production', { target: shop('production') }),
  ],
});

app.synth();
