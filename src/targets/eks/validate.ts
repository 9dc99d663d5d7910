import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './options';
import { KUBERNETES_PATH } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import {
  ANY,
  listOf,
  type OptionTypes,
  recordOf,
  TEXT,
  instanceOf,
  resourceWith,
  textType,
} from '../../pipeline/read-options';
import { BuildNetwork } from '../../steps/build-network';
import { PipelineArtifact } from '../../steps/pipeline-artifact';
import { PipelineStep } from '../../steps/pipeline-step';

export const CLUSTER = resourceWith(
  'clusterRef',
  'a cluster of Amazon EKS',
  "pass one of this app, or look it up: eks.CfnCluster.fromClusterName(this, 'Cluster', 'shop')",
);

const DEPLOYMENT_TYPES: OptionTypes<EksDeploymentOptions> = {
  deploymentName: ANY,
  kubernetesNamespace: TEXT,
  artifact: instanceOf(PipelineArtifact, 'pass the artifact of a step'),
  image: instanceOf(PipelineStep, 'use BuildStep.dockerImage(repository), or PipelineSource.ecr', 'a step'),
  environmentVariables: recordOf(textType('give it a value, or leave it out'), "write it as in { NAME: 'value' }"),
  network: instanceOf(BuildNetwork, 'use BuildNetwork.vpc'),
  access: instanceOf(EksAccess, 'use EksAccess.inNamespace()'),
};

const FILE = textType('name a file, or leave it out', 'a path');
export const FILES = listOf(FILE, "name them as in ['kubernetes/service.yaml']");

export const HELM_TYPES: OptionTypes<EksHelmOptions> = {
  ...DEPLOYMENT_TYPES,
  valuesFiles: FILES,
  releaseName: ANY,
  chartPath: ANY,
};

export const MANIFESTS_TYPES: OptionTypes<EksManifestsOptions> = { ...DEPLOYMENT_TYPES, manifestFiles: ANY };

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
