import { aws_eks as eks, type interfaces, Token } from 'aws-cdk-lib';
import { checkDeploymentName } from '../check-deployment-name';
import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './eks-options';
import { DEFAULT_NAMESPACE, variablesOf } from './plan-eks';
import { validateVariableNames } from '../../steps/validate-names';
import { COMMANDS_LIMITS, HELM_RELEASE, KUBERNETES_NAMESPACE, KUBERNETES_PATH } from '../../aws/limits';
import { checkEach, checkGiven, checkName, problem, type Problem, Problems } from '../../pipeline/problems';
import type { DeployRequest } from '../deploy-request';

type Cluster = interfaces.aws_eks.IClusterRef;

/** What of a deployment is missing without which nothing can be planned. */
export const checkHelmGiven = (
  prop: string,
  cluster: Cluster | undefined,
  options: EksHelmOptions | undefined,
): Problem[] => [
  ...checkDeploymentGiven(prop, cluster, options, 'releaseName and chartPath'),
  ...checkEach(`${prop}.valuesFiles`, 'a path', options?.valuesFiles, 'name a file, or leave it out'),
  ...(options === undefined
    ? []
    : checkGiven(`${prop}.chartPath`, 'a path', options.chartPath, "name its folder as in 'chart' or 'deploy/chart'")),
];

/** The same of manifests. */
export const checkManifestsGiven = (
  prop: string,
  cluster: Cluster | undefined,
  options: EksManifestsOptions | undefined,
): Problem[] => [
  ...checkDeploymentGiven(prop, cluster, options, 'manifestFiles'),
  ...(options === undefined
    ? []
    : checkGiven(
        `${prop}.manifestFiles`,
        'a list of files',
        options.manifestFiles,
        "name them as in ['kubernetes/service.yaml']",
      )),
  ...checkEach(`${prop}.manifestFiles`, 'a path', options?.manifestFiles, 'name a file, or leave it out'),
];

const checkDeploymentGiven = (
  prop: string,
  cluster: Cluster | undefined,
  options: EksDeploymentOptions | undefined,
  asked: string,
): Problem[] => [
  ...checkGiven(
    `${prop}.cluster`,
    'a cluster of Amazon EKS',
    cluster,
    "pass one of this app, or look it up: eks.CfnCluster.fromClusterName(this, 'Cluster', 'shop')",
  ),
  ...checkGiven(`${prop}.options`, 'what is deployed', options, `give ${asked}`),
  ...checkEach(
    `${prop}.environmentVariables`,
    'a text',
    options?.environmentVariables,
    'give it a value, or leave it out',
  ),
];

/** What is wrong with the deployment of a chart. */
export const checkHelm = (
  prop: string,
  cluster: Cluster,
  options: EksHelmOptions,
  request: DeployRequest,
): Problem[] => [
  ...checkName(`${prop}.releaseName`, options.releaseName, HELM_RELEASE, "name it as in 'shop'"),
  ...checkPath(`${prop}.chartPath`, options.chartPath, "name its folder as in 'chart' or 'deploy/chart'"),
  ...checkFiles(`${prop}.valuesFiles`, options.valuesFiles),
  ...checkDeployment(prop, cluster, options, request),
];

/** What is wrong with the deployment of manifests. */
export const checkManifests = (
  prop: string,
  cluster: Cluster,
  options: EksManifestsOptions,
  request: DeployRequest,
): Problem[] => [
  ...checkFiles(`${prop}.manifestFiles`, options.manifestFiles),
  ...checkDeployment(prop, cluster, options, request),
];

/** Files in a list that commas divide, and commands that we do not write. */
function checkPath(prop: string, path: string, fix: string): Problem[] {
  const wrong = checkName(prop, path, KUBERNETES_PATH, fix);
  if (wrong.length > 0) return wrong;
  if (path.startsWith('/')) return [problem(prop, 'be relative to the top of the artifact', path, fix)];
  return path.split('/').includes('..') ? [problem(prop, "stay inside of the artifact, without '..'", path, fix)] : [];
}

function checkFiles(prop: string, files: readonly string[] | undefined): Problem[] {
  if (files === undefined) return [];
  const fix = "name it as in 'kubernetes/service.yaml'";
  return files.length === 0
    ? [problem(prop, 'hold at least one file', files, fix)]
    : files.flatMap((file, i) => [
        ...checkPath(`${prop}[${i}]`, file, fix),
        ...(files.indexOf(file) < i ? [problem(prop, 'name every file once', file, 'remove one of them')] : []),
      ]);
}

function checkDeployment(
  prop: string,
  cluster: Cluster,
  options: EksDeploymentOptions,
  request: DeployRequest,
): Problem[] {
  const {
    deploymentName,
    kubernetesNamespace = DEFAULT_NAMESPACE,
    image,
    network,
    access = EksAccess.inNamespace(),
  } = options;
  const problems = new Problems(prop);
  const plannedNetwork = network?._plan(problems.at('network'));
  validateVariableNames({ environmentVariables: Object.keys(options.environmentVariables ?? {}) }, problems);
  return [
    ...checkDeploymentName(prop, deploymentName),
    ...checkName(`${prop}.kubernetesNamespace`, kubernetesNamespace, KUBERNETES_NAMESPACE, "name it as in 'shop'"),
    ...(image === undefined || image._releasedImage()
      ? []
      : [
          problem(
            `${prop}.image`,
            'be a step that tells of its image in IMAGE_URI and IMAGE_DIGEST',
            image.stepName,
            'use BuildStep.dockerImage(repository), or PipelineSource.ecr',
          ),
        ]),
    ...checkVariables(prop, options, request),
    ...problems.all,
    ...(plannedNetwork?.proxy
      ? [problem(`${prop}.network`, 'have no proxy', 'a proxy', 'the action knows none; leave it out')]
      : []),
    ...access._check(`${prop}.access`),
    ...(access._plan() ? checkAuthentication(`${prop}.cluster`, cluster) : []),
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_EnvironmentVariable.html */
function checkVariables(prop: string, options: EksDeploymentOptions, request: DeployRequest): Problem[] {
  const at = `${prop}.environmentVariables`;
  const { environmentVariables = {} } = options;
  const all = Object.keys(variablesOf(options, request));
  const ofImage = Object.keys(variablesOf({ ...options, environmentVariables: {} }, request));
  const { environmentValue: length } = COMMANDS_LIMITS;
  const known = Object.entries(environmentVariables).filter(([, value]) => !Token.isUnresolved(value));
  return [
    ...ofImage
      .filter((name) => name in environmentVariables)
      .map((name) => problem(at, 'leave the names of the image alone', name, 'rename the variable')),
    ...(all.length <= COMMANDS_LIMITS.environmentVariables
      ? []
      : [
          problem(
            at,
            `be at most ${COMMANDS_LIMITS.environmentVariables}${ofImage.length > 0 ? `, ${ofImage.join(' and ')} among them` : ''}`,
            all.length,
            'write what does not change from run to run into the files',
          ),
        ]),
    ...known
      .filter(([, value]) => value.length < length.min || value.length > length.max)
      .map(([name, value]) =>
        problem(
          `${at}.${name}`,
          `have ${length.min} to ${length.max} characters`,
          value,
          'shorten the value, or leave an empty one out',
        ),
      ),
    ...known
      .filter(([, value]) => /[\r\n]/.test(value))
      .map(([name, value]) =>
        problem(`${at}.${name}`, 'be one line', value, 'it becomes a part of the files; write longer texts there'),
      ),
  ];
}

/** A cluster of this app says how it knows whom it lets in. */
function checkAuthentication(prop: string, cluster: Cluster): Problem[] {
  if (!(cluster instanceof eks.Cluster)) return [];
  const { authenticationMode = eks.AuthenticationMode.CONFIG_MAP } = cluster;
  return authenticationMode !== eks.AuthenticationMode.CONFIG_MAP
    ? []
    : [
        problem(
          prop,
          'have an authentication mode with access entries',
          authenticationMode,
          'give it authenticationMode: eks.AuthenticationMode.API_AND_CONFIG_MAP, or pass access: EksAccess.existing() and map the role in aws-auth',
        ),
      ];
}
