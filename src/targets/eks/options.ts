import type { EksAccess } from './eks-access';
import type { BuildNetwork } from '../../steps/build-network';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deploy-request';

/** Options of every deployment to an Amazon EKS cluster. */
export interface EksDeploymentOptions extends DeploymentNameOptions {
  /**
   * Kubernetes namespace: 1 to 63 lowercase letters, digits and `-`. Create it before: it is not documented whether the
   * action creates one.
   *
   * @default 'default'
   */
  readonly kubernetesNamespace?: string;

  /**
   * Artifact with the files of the deployment.
   *
   * @default - the released artifact, or the first source if the release is an image
   */
  readonly artifact?: PipelineArtifact;

  /**
   * Step that provides the image: {@link BuildStep.dockerImage}, or an ECR source. `$IMAGE_URI` in files is replaced by
   * the image URI with its digest, and `$IMAGE_DIGEST` by the digest alone.
   *
   * @default - the released image; without one, the two variables are not set
   */
  readonly image?: PipelineStep;

  /**
   * Values that CodePipeline substitutes for `$NAME` in manifests and values files: at most 10 including the two of the
   * image, with 1 to 2000 characters on a single line. They are stored in the template as plain text: do not pass
   * secrets. They may contain variables of earlier steps that are ids or digests. Variables that can contain any text
   * are rejected, since they would become part of the files.
   *
   * @default - only the variables of the image
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * VPC network of the action, without a proxy. Required if the API server of the cluster has a private endpoint only:
   * the subnets must be in the VPC of the cluster, and the cluster must allow the security groups. In another account
   * or Region than the pipeline, the VPC must be imported and the security groups must be set.
   *
   * @default - no VPC: the action uses the public endpoint of the API server
   */
  readonly network?: BuildNetwork;

  /**
   * Permissions of the action role inside of the cluster.
   *
   * @default EksAccess.inNamespace(): read and change most objects of the namespace, but no Kubernetes roles
   */
  readonly access?: EksAccess;
}

/** Options of {@link DeployTarget.eksHelm}. */
export interface EksHelmOptions extends EksDeploymentOptions {
  /**
   * Name of the Helm release: 1 to 53 lowercase letters, digits and `-`. Must be concrete. Changing the name installs
   * the chart a second time and retains the first installation.
   */
  readonly releaseName: string;

  /** Path of the folder with `Chart.yaml`, relative to the root of the artifact. */
  readonly chartPath: string;

  /**
   * Paths of values files, relative to the root of the artifact. They override the `values.yaml` of the chart, and
   * later files override earlier ones.
   *
   * @default - no values files
   */
  readonly valuesFiles?: string[];
}

/** Options of {@link DeployTarget.eksManifests}. */
export interface EksManifestsOptions extends EksDeploymentOptions {
  /** Paths of the manifests, relative to the root of the artifact. At least one is required. */
  readonly manifestFiles: string[];
}
