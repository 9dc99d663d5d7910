import { EksAccess } from './eks-access';
import type { EksDeploymentOptions, EksHelmOptions, EksManifestsOptions } from './options';
import { KUBERNETES_PATH } from '../../aws/limits';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import {
  ANY,
  listOf,
  type OptionTypes,
  recordOf,
  TEXT,
  instanceOf,
  resourceWith,
  textType,
  validateUnique,
} from '../../pipeline/read-options';
import { BuildNetwork } from '../../steps/build-network';
import { PipelineArtifact } from '../../steps/pipeline-artifact';
import { PipelineStep } from '../../steps/pipeline-step';
import { NO_PARENT, SET_OR_REMOVE } from '../../pipeline/rules';
import { IMAGE_STEP_FIX } from '../../steps/built-image';

export const CLUSTER = resourceWith(
  'clusterRef',
  'an Amazon EKS cluster',
  "pass one of this app, or import it: eks.CfnCluster.fromClusterName(this, 'Cluster', 'shop')",
);

const DEPLOYMENT_TYPES: OptionTypes<EksDeploymentOptions> = {
  deploymentName: ANY,
  kubernetesNamespace: TEXT,
  artifact: instanceOf(PipelineArtifact, 'pass the artifact of a step'),
  image: instanceOf(PipelineStep, IMAGE_STEP_FIX, 'a step'),
  environmentVariables: recordOf(textType(SET_OR_REMOVE), "write it as in { NAME: 'value' }"),
  network: instanceOf(BuildNetwork, 'use BuildNetwork.vpc'),
  access: instanceOf(EksAccess, 'use EksAccess.inNamespace()'),
};

const FILE = textType('pass the path of a file, or remove it', 'a path');
/** Fix of the manifests. */
export const FILES_FIX = "write them as in ['kubernetes/service.yaml']";

export const FILES = listOf(FILE, FILES_FIX);

export const HELM_TYPES: OptionTypes<EksHelmOptions> = {
  ...DEPLOYMENT_TYPES,
  valuesFiles: FILES,
  releaseName: ANY,
  chartPath: ANY,
};

export const MANIFESTS_TYPES: OptionTypes<EksManifestsOptions> = { ...DEPLOYMENT_TYPES, manifestFiles: ANY };

/** Validates a path, which becomes part of a comma-separated list and of commands that AWS generates. */
export function validatePath(path: string, fix: string, problems: Problems): void {
  if (!problems.name(path, KUBERNETES_PATH, fix)) return;
  if (path.startsWith('/')) problems.add('be relative to the root of the artifact', path, fix);
  else if (path.split('/').includes('..')) problems.add(NO_PARENT, path, fix);
}

export function validateFiles(files: readonly string[] | undefined, problems: Problems): void {
  if (files === undefined) return;
  const fix = "write it as in 'kubernetes/service.yaml'";
  if (files.length === 0) problems.add(atLeastOne('file'), files, fix);
  for (const [i, file] of files.entries()) validatePath(file, fix, problems.index(i));
  validateUnique(files, problems);
}
