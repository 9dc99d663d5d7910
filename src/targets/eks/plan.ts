import { posix } from 'node:path';
import { aws_eks as eks, type interfaces } from 'aws-cdk-lib';
import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './options';
import { planVariables } from './plan-variables';
import type { DeployEksSpec } from './spec';
import { HELM_TYPES, MANIFESTS_TYPES, validateFiles, validateGiven, validatePath } from './validate';
import { HELM_RELEASE, KUBERNETES_NAMESPACE } from '../../aws/limits';
import type { ReceiverPlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { namespaceOf } from '../../pipeline/variables';
import type { NetworkPlan } from '../../steps/build/build-spec';
import { checkNetwork } from '../../steps/build/check-compute';
import { type DeployRequest, NOTHING_PLANNED, type TargetPlan, type TargetPlanner } from '../deploy-request';
import { deploymentStepName, validateDeploymentName } from '../deployment-step';
import { envOfResource } from '../read-resource';
import { type ReleasedImage, releasedImageOf } from '../released-image';

type Cluster = interfaces.aws_eks.IClusterRef;

const DEFAULT_NAMESPACE = 'default';

/** Id of what is created for a deployment without a name of its own. */
const DEFAULT_PART = 'Cluster';

/** Properties that the configuration of the action comes from. */
const PROP_NAMES = {
  HelmReleaseName: 'releaseName',
  HelmChartLocation: 'chartPath',
  HelmValuesFiles: 'valuesFiles',
  ManifestFiles: 'manifestFiles',
  Namespace: 'kubernetesNamespace',
};

/** Plans the deployment of a Helm chart. */
export class EksHelmTarget implements TargetPlanner {
  public constructor(
    private readonly cluster: Cluster,
    private readonly options: EksHelmOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { cluster, options } = this;
    const { problems } = request;
    if (!validateGiven(cluster, options, HELM_TYPES, 'releaseName and chartPath', problems)) return NOTHING_PLANNED;
    const { releaseName, chartPath, valuesFiles } = options;
    problems.at('releaseName').name(releaseName, HELM_RELEASE, "name it as in 'shop'");
    validatePath(chartPath, "name its folder as in 'chart' or 'deploy/chart'", problems.at('chartPath'));
    validateFiles(valuesFiles, problems.at('valuesFiles'));
    // The action looks for them from the folder of the chart.
    const values = (valuesFiles ?? []).map((file) => posix.relative(chartPath, file));
    const configuration = {
      HelmReleaseName: releaseName,
      HelmChartLocation: chartPath,
      ...(values.length > 0 && { HelmValuesFiles: values.join(',') }),
    };
    return planDeployment(cluster, options, { configuration, releaseName }, request);
  }
}

/** Plans the deployment of manifests. */
export class EksManifestsTarget implements TargetPlanner {
  public constructor(
    private readonly cluster: Cluster,
    private readonly options: EksManifestsOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { cluster, options } = this;
    const { problems } = request;
    if (!validateGiven(cluster, options, MANIFESTS_TYPES, 'manifestFiles', problems)) return NOTHING_PLANNED;
    validateFiles(options.manifestFiles, problems.at('manifestFiles'));
    const configuration = { ManifestFiles: options.manifestFiles.join(',') };
    return planDeployment(cluster, options, { configuration }, request);
  }
}

/** What sets a kind of deployment apart. */
interface Deployment {
  readonly configuration: Readonly<Record<string, string>>;
  readonly releaseName?: string;
}

function planDeployment(
  cluster: Cluster,
  options: EksDeploymentOptions,
  { configuration, releaseName }: Deployment,
  request: DeployRequest,
): TargetPlan {
  const { environment, problems } = request;
  const { deploymentName, kubernetesNamespace = DEFAULT_NAMESPACE, artifact } = options;
  const hasName = validateDeploymentName(deploymentName, problems);
  const namespaceProblems = problems.at('kubernetesNamespace');
  namespaceProblems.name(kubernetesNamespace, KUBERNETES_NAMESPACE, "name it as in 'shop'");
  const image = planImage(options, request);
  const environmentVariables = planVariables(options.environmentVariables, image, problems);
  const network = planNetwork(options, problems.at('network'));
  const access = (options.access ?? EksAccess.inNamespace())._plan(problems.at('access'));
  if (access) validateAuthentication(cluster, problems.at('cluster'));
  if (!hasName) return NOTHING_PLANNED;
  const name = deploymentStepName('Deploy', environment, deploymentName);
  const step: StepPlan<DeployEksSpec> = {
    name,
    path: problems.path,
    propNames: PROP_NAMES,
    provider: 'eks',
    inputs: [artifact?.artifactName ?? filesOf(options, request)],
    outputs: [],
    namespace: namespaceOf(name),
    configuration: { ...configuration, Namespace: kubernetesNamespace },
    environmentVariables,
    receiver: releaseName === undefined ? undefined : helmRelease(cluster, kubernetesNamespace, releaseName),
    imageUse: { artifacts: 'by-variable', takesIndex: true },
    spec: {
      kind: 'deploy-eks',
      environment,
      part: deploymentName ?? DEFAULT_PART,
      cluster,
      kubernetesNamespace,
      releaseName,
      access,
      network,
    },
  };
  return { steps: [step], env: envOfResource(cluster) };
}

/** Returns the image that files find in their variables, if there is one. */
function planImage({ image: step }: EksDeploymentOptions, request: DeployRequest): ReleasedImage | undefined {
  if (step === undefined) return request.image;
  const image = releasedImageOf(step);
  if (image === undefined) {
    const fix = 'use BuildStep.dockerImage(repository), or PipelineSource.ecr';
    const rule = 'be a step that tells of its image in IMAGE_URI and IMAGE_DIGEST';
    request.problems.at('image').add(rule, step.stepName, fix);
  }
  return image;
}

function planNetwork(options: EksDeploymentOptions, problems: Problems): NetworkPlan | undefined {
  const network = options.network?._plan();
  problems.addAll(checkNetwork(problems.path, network));
  if (network?.proxy) problems.add('have no proxy', 'a proxy', 'the action knows none; leave it out');
  return network;
}

/** Validates that a cluster of this app, which shows its authentication mode, has access entries. */
function validateAuthentication(cluster: Cluster, problems: Problems): void {
  if (!(cluster instanceof eks.Cluster)) return;
  const { authenticationMode = eks.AuthenticationMode.CONFIG_MAP } = cluster;
  if (authenticationMode !== eks.AuthenticationMode.CONFIG_MAP) return;
  problems.add(
    'have an authentication mode with access entries',
    authenticationMode,
    'give it authenticationMode: eks.AuthenticationMode.API_AND_CONFIG_MAP, or pass access: EksAccess.existing() and map the role in aws-auth',
  );
}

function helmRelease({ clusterRef, node }: Cluster, kubernetesNamespace: string, releaseName: string): ReceiverPlan {
  return {
    what: 'Helm release',
    name: `${releaseName} in ${kubernetesNamespace} of ${node.path}`,
    identity: [clusterRef.clusterName, kubernetesNamespace, releaseName],
  };
}

/** Returns the artifact with the files: that of an image contains no chart. */
function filesOf({ image }: EksDeploymentOptions, request: DeployRequest): string {
  const releasesImage = request.image !== undefined || image?.artifact.artifactName === request.artifact;
  return releasesImage && request.source !== undefined ? request.source : request.artifact;
}
