import { posix } from 'node:path';
import type { interfaces } from 'aws-cdk-lib';
import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './eks-options';
import type { DeployEksPlan } from './eks-spec';
import type { ReceiverPlan } from '../../pipeline/pipeline-plan';
import { namespaceOf } from '../../pipeline/variables';
import type { DeployRequest, UnplacedStep } from '../deploy-request';
import { stepOf } from '../step-name';

export const DEFAULT_NAMESPACE = 'default';

/** The id of what is made for a deployment without a name of its own. */
const CLUSTER = 'Cluster';

/** A chart. */
export const planHelm = (
  cluster: interfaces.aws_eks.IClusterRef,
  options: EksHelmOptions,
  request: DeployRequest,
): UnplacedStep[] =>
  planDeployment(
    cluster,
    options,
    request,
    {
      HelmReleaseName: options.releaseName,
      HelmChartLocation: options.chartPath,
      // The action looks for them from the folder of the chart.
      ...(options.valuesFiles?.length && {
        HelmValuesFiles: options.valuesFiles.map((file) => posix.relative(options.chartPath, file)).join(','),
      }),
    },
    { releaseName: options.releaseName },
  );

/** Manifests. */
export const planManifests = (
  cluster: interfaces.aws_eks.IClusterRef,
  options: EksManifestsOptions,
  request: DeployRequest,
): UnplacedStep[] => planDeployment(cluster, options, request, { ManifestFiles: options.manifestFiles.join(',') });

function planDeployment(
  cluster: interfaces.aws_eks.IClusterRef,
  options: EksDeploymentOptions,
  request: DeployRequest,
  configuration: Record<string, string>,
  more: Pick<DeployEksPlan, 'releaseName'> = {},
): Array<UnplacedStep<DeployEksPlan>> {
  const {
    deploymentName,
    kubernetesNamespace = DEFAULT_NAMESPACE,
    network,
    access = EksAccess.inNamespace(),
  } = options;
  const name = stepOf('Deploy', request.environment, deploymentName);
  return [
    {
      name,
      provider: 'eks',
      inputs: [options.artifact?.artifactName ?? filesOf(options, request)],
      outputs: [],
      namespace: namespaceOf(name),
      configuration: { ...configuration, Namespace: kubernetesNamespace },
      environmentVariables: variablesOf(options, request),
      receiver:
        more.releaseName === undefined ? undefined : helmRelease(cluster, kubernetesNamespace, more.releaseName),
      imageUse: { artifacts: 'by-variable', takesIndex: true },
      spec: {
        kind: 'deploy-eks',
        environment: request.environment,
        part: deploymentName ?? CLUSTER,
        cluster,
        kubernetesNamespace,
        ...more,
        access: access._plan(),
        network: network?._plan(request.problems.muted().at('network')),
      },
    },
  ];
}

function helmRelease(
  { clusterRef, node }: interfaces.aws_eks.IClusterRef,
  kubernetesNamespace: string,
  releaseName: string,
): ReceiverPlan {
  return {
    what: 'Helm release',
    name: `${releaseName} in ${kubernetesNamespace} of ${node.path}`,
    identity: [clusterRef.clusterName, kubernetesNamespace, releaseName],
  };
}

/** The artifact of an image holds no chart. */
function filesOf({ image }: EksDeploymentOptions, request: DeployRequest): string {
  const releasesImage = request.image !== undefined || image?.artifact.artifactName === request.artifact;
  return releasesImage && request.source !== undefined ? request.source : request.artifact;
}

/** What is put in the place of `$NAME`. What an image lacks is told by the check. */
export function variablesOf(
  { image: step, environmentVariables }: EksDeploymentOptions,
  request: DeployRequest,
): Record<string, string> {
  const image = step ? step._releasedImage() : request.image;
  return { ...(image && { IMAGE_URI: image.uri, IMAGE_DIGEST: image.digest }), ...environmentVariables };
}
