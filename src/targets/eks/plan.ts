import { aws_eks as eks, type interfaces } from 'aws-cdk-lib';
import { posix } from 'node:path';
import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './options';
import { planVariables } from './plan-variables';
import type { DeployEksSpec } from './spec';
import { CLUSTER, FILES, FILES_FIX, HELM_TYPES, MANIFESTS_TYPES, validateFiles, validatePath } from './validate';
import { HELM_RELEASE, KUBERNETES_NAMESPACE } from '../../aws/limits';
import type { ReceiverPlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { readOptions } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import type { ReleasedImage } from '../../steps/built-image';
import type { NetworkPlan } from '../../steps/build-access-plan';
import {
  type DeployRequest,
  NOTHING_PLANNED,
  type TargetPlan,
  type TargetPlanner,
  deploymentStepName,
  validateDeploymentName,
} from '../deploy-request';
import { envOfResource } from '../resources';
import { IMAGE_STEP_FIX } from '../../steps/built-image';

type Cluster = interfaces.aws_eks.IClusterRef;

const DEFAULT_NAMESPACE = 'default';

/** Id of the resources of a deployment without a name. */
const DEFAULT_PART = 'Cluster';

/** Property names by configuration key. */
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
    const { problems } = request;
    const cluster = planCluster(this.cluster, problems);
    const fix = 'set releaseName and chartPath';
    if (!problems.at('options').required('set', this.options, fix)) return NOTHING_PLANNED;
    const options = readOptions(this.options, HELM_TYPES, problems);
    return planDeployment(cluster, options, planChart(options, problems), request);
  }
}

/** Plans the deployment of manifests. */
export class EksManifestsTarget implements TargetPlanner {
  public constructor(
    private readonly cluster: Cluster,
    private readonly options: EksManifestsOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { problems } = request;
    const cluster = planCluster(this.cluster, problems);
    const fix = 'set manifestFiles';
    if (!problems.at('options').required('set', this.options, fix)) return NOTHING_PLANNED;
    const options = readOptions(this.options, MANIFESTS_TYPES, problems);
    return planDeployment(cluster, options, planManifests(options, problems), request);
  }
}

function planCluster(cluster: Cluster, problems: Problems): Cluster | undefined {
  return CLUSTER(cluster, problems.at('cluster')) ? cluster : undefined;
}

/** Configuration of a chart or of manifests. */
interface Deployment {
  readonly configuration: Readonly<Record<string, string>>;
  readonly releaseName?: string;
}

function planChart(options: Partial<EksHelmOptions>, problems: Problems): Deployment | undefined {
  const { releaseName, chartPath, valuesFiles } = options;
  const fix = "write it as in 'chart' or 'deploy/chart'";
  problems.at('releaseName').name(releaseName, HELM_RELEASE, "write it as in 'shop'");
  const chart = problems.at('chartPath');
  if (typeof chartPath === 'string') validatePath(chartPath, fix, chart);
  else chart.add('be a path', chartPath, fix);
  validateFiles(valuesFiles, problems.at('valuesFiles'));
  if (typeof releaseName !== 'string' || typeof chartPath !== 'string' || chartPath === '') return undefined;
  // The action resolves values files relative to the folder of the chart.
  const values = (valuesFiles ?? []).map((file) => posix.relative(chartPath, file));
  const configuration: Record<string, string> = { HelmReleaseName: releaseName, HelmChartLocation: chartPath };
  if (values.length > 0) configuration.HelmValuesFiles = values.join(',');
  return { releaseName, configuration };
}

function planManifests({ manifestFiles }: Partial<EksManifestsOptions>, problems: Problems): Deployment | undefined {
  const fileProblems = problems.at('manifestFiles');
  if (!fileProblems.required('a list of files', manifestFiles, FILES_FIX)) {
    return undefined;
  }
  if (!FILES(manifestFiles, fileProblems)) return undefined;
  validateFiles(manifestFiles, fileProblems);
  if (manifestFiles.length === 0) return undefined;
  return { configuration: { ManifestFiles: manifestFiles.join(',') } };
}

/** Plans a deployment; nothing is planned without a cluster, or without a chart or manifests. */
function planDeployment(
  cluster: Cluster | undefined,
  options: EksDeploymentOptions,
  deployment: Deployment | undefined,
  request: DeployRequest,
): TargetPlan {
  const { environment, problems } = request;
  const { deploymentName, kubernetesNamespace = DEFAULT_NAMESPACE, artifact } = options;
  const hasName = validateDeploymentName(deploymentName, problems);
  const namespaceProblems = problems.at('kubernetesNamespace');
  namespaceProblems.name(kubernetesNamespace, KUBERNETES_NAMESPACE, "write it as in 'shop'");
  const image = planImage(options, request);
  const environmentVariables = planVariables(options.environmentVariables, image, problems);
  const network = planNetwork(options, problems.at('network'));
  const access = (options.access ?? EksAccess.inNamespace())._plan(problems.at('access'));
  if (!cluster) return NOTHING_PLANNED;
  if (access) validateAuthentication(cluster, problems.at('cluster'));
  if (!deployment || !hasName) return NOTHING_PLANNED;
  const { configuration, releaseName } = deployment;
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

/** Returns the image for the variables of the files, if there is one. */
function planImage({ image: step }: EksDeploymentOptions, request: DeployRequest): ReleasedImage | undefined {
  if (step === undefined) return request.image;
  const image = step._releasedImage();
  if (image === undefined) {
    const fix = IMAGE_STEP_FIX;
    const rule = 'be a step that outputs IMAGE_URI and IMAGE_DIGEST';
    request.problems.at('image').add(rule, step.stepName, fix);
  }
  return image;
}

function planNetwork(options: EksDeploymentOptions, problems: Problems): NetworkPlan | undefined {
  const network = options.network?._plan(problems);
  if (network?.proxy) {
    problems.add('not have a proxy', 'a proxy', 'remove the proxy, which the EKS action does not support');
  }
  return network;
}

/** Validates that a cluster of this app has an authentication mode with access entries. */
function validateAuthentication(cluster: Cluster, problems: Problems): void {
  if (!(cluster instanceof eks.Cluster)) return;
  const { authenticationMode = eks.AuthenticationMode.CONFIG_MAP } = cluster;
  if (authenticationMode !== eks.AuthenticationMode.CONFIG_MAP) return;
  problems.add(
    'have an authentication mode with access entries',
    authenticationMode,
    'set authenticationMode: eks.AuthenticationMode.API_AND_CONFIG_MAP, or pass access: EksAccess.existing() ' +
      'and map the role in aws-auth',
  );
}

function helmRelease({ clusterRef, node }: Cluster, kubernetesNamespace: string, releaseName: string): ReceiverPlan {
  return {
    resourceKind: 'Helm release',
    name: `${releaseName} in ${kubernetesNamespace} of ${node.path}`,
    identity: [clusterRef.clusterName, kubernetesNamespace, releaseName],
  };
}

/** Returns the artifact with the files: the first source if the released artifact describes an image. */
function filesOf({ image }: EksDeploymentOptions, request: DeployRequest): string {
  const releasesImage = request.image !== undefined || image?.artifact.artifactName === request.artifact;
  return releasesImage && request.source !== undefined ? request.source : request.artifact;
}
