import type { interfaces } from 'aws-cdk-lib';
import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './options';
import { KUBERNETES_PATH } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import {
  ANYTHING,
  instanceOf,
  isConstruct,
  listOf,
  optional,
  type OptionTypes,
  recordOf,
  text,
  validateOptions,
  valueType,
} from '../../pipeline/value-types';
import { BuildNetwork } from '../../steps/build/build-network';
import { PipelineArtifact } from '../../steps/pipeline-artifact';
import { PipelineStep } from '../../steps/pipeline-step';

const NAME = text('a text that is not empty', "name it as in 'shop'");
const PATH = text('a path', 'name a file, or leave it out');

const DEPLOYMENT_TYPES: OptionTypes<EksDeploymentOptions> = {
  deploymentName: ANYTHING,
  kubernetesNamespace: optional(NAME),
  artifact: optional(instanceOf(PipelineArtifact, 'a PipelineArtifact', 'pass the artifact of a step')),
  image: optional(instanceOf(PipelineStep, 'a step', 'use BuildStep.dockerImage(repository), or PipelineSource.ecr')),
  environmentVariables: optional(recordOf(text('a text', 'give it a value, or leave it out'))),
  network: optional(instanceOf(BuildNetwork, 'a BuildNetwork', 'use BuildNetwork.vpc')),
  access: optional(instanceOf(EksAccess, 'an EksAccess', 'use EksAccess.inNamespace()')),
};

export const HELM_TYPES: OptionTypes<EksHelmOptions> = {
  ...DEPLOYMENT_TYPES,
  valuesFiles: optional(listOf(PATH)),
  releaseName: NAME,
  chartPath: text('a path', "name its folder as in 'chart' or 'deploy/chart'"),
};

export const MANIFESTS_TYPES: OptionTypes<EksManifestsOptions> = {
  ...DEPLOYMENT_TYPES,
  manifestFiles: listOf(PATH, 'a list of files', "name them as in ['kubernetes/service.yaml']"),
};

const CLUSTER = valueType(
  'a cluster of Amazon EKS',
  (value) => isConstruct(value) && (value as Partial<interfaces.aws_eks.IClusterRef>).clusterRef !== undefined,
  "pass one of this app, or look it up: eks.CfnCluster.fromClusterName(this, 'Cluster', 'shop')",
);

/** Validates that everything is there without which nothing can be planned. */
export function validateGiven<Options extends EksDeploymentOptions>(
  cluster: interfaces.aws_eks.IClusterRef,
  options: Options | undefined,
  types: OptionTypes<Options>,
  needed: string,
  problems: Problems,
): boolean {
  const hasCluster = CLUSTER.validate(cluster, problems.at('cluster'));
  const given = problems.at('options').required('what is deployed', options, `give ${needed}`);
  return given && validateOptions(options as Options, types, problems) && hasCluster;
}

/** Validates a path in a list that commas separate, and in commands that AWS writes. */
export function validatePath(path: string, fix: string, problems: Problems): void {
  if (!problems.name(path, KUBERNETES_PATH, fix)) return;
  if (path.startsWith('/')) problems.add('be relative to the top of the artifact', path, fix);
  else if (path.split('/').includes('..')) problems.add("stay inside of the artifact, without '..'", path, fix);
}

export function validateFiles(files: readonly string[] | undefined, problems: Problems): void {
  if (files === undefined) return;
  const fix = "name it as in 'kubernetes/service.yaml'";
  if (files.length === 0) problems.add('hold at least one file', files, fix);
  for (const [i, file] of files.entries()) {
    validatePath(file, fix, problems.index(i));
    if (files.indexOf(file) < i) problems.add('name every file once', file, 'remove one of them');
  }
}
