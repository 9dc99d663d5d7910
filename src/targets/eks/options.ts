import type { EksAccess } from './eks-access';
import type { BuildNetwork } from '../../steps/build-network';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { DeploymentNameOptions } from '../deploy-request';

/** Options of every deployment to a cluster of Amazon EKS. */
export interface EksDeploymentOptions extends DeploymentNameOptions {
  /**
   * The namespace of Kubernetes that is deployed to: 1 to 63 lower case letters, digits and `-`. It should exist:
   * whether the action makes one is not documented.
   *
   * @default 'default'
   */
  readonly kubernetesNamespace?: string;

  /**
   * The artifact that holds the files of the deployment.
   *
   * @default - what is released; where that is an image, the first source
   */
  readonly artifact?: PipelineArtifact;

  /**
   * The step that makes the image: {@link BuildStep.dockerImage}, or a source in ECR. Files find the image in
   * `$IMAGE_URI`, which is pinned to the digest, and the digest alone in `$IMAGE_DIGEST`.
   *
   * @default - the image that is released, if one is; otherwise the two variables are left out
   */
  readonly image?: PipelineStep;

  /**
   * What CodePipeline puts in the place of `$NAME` in manifests and in values files, by its name: at most 10, the two
   * of the image among them, 1 to 2000 characters each, of one line. They stand in the template as they are: never put
   * a secret here. Ids and digests of earlier steps are filled in at each run; variables that may hold any text are
   * refused, since they would become a part of the files.
   *
   * @default - only those of the image
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * The network from which the cluster is reached, without a proxy. Needed where the API of the cluster has a private
   * endpoint only: the subnets must be of its VPC, and the cluster must let in the security groups. In another account
   * or region than the pipeline it must name its security groups, and have been looked up.
   *
   * @default - none: the API of the cluster has a public endpoint
   */
  readonly network?: BuildNetwork;

  /**
   * What the role of the environment may do inside of the cluster.
   *
   * @default EksAccess.inNamespace(): read and change most objects of the namespace, but no roles of Kubernetes
   */
  readonly access?: EksAccess;
}

/** Options of {@link DeployTarget.eksHelm}. */
export interface EksHelmOptions extends EksDeploymentOptions {
  /**
   * Name of the release: 1 to 53 lower case letters, digits and `-`. Must be concrete. Another name installs the chart
   * a second time, beside the first.
   */
  readonly releaseName: string;

  /** The folder with `Chart.yaml`, relative to the root of the artifact. */
  readonly chartPath: string;

  /**
   * Files with values, relative to the root of the artifact, that win over the `values.yaml` of the chart; later ones
   * win over earlier ones.
   *
   * @default - none
   */
  readonly valuesFiles?: string[];
}

/** Options of {@link DeployTarget.eksManifests}. */
export interface EksManifestsOptions extends EksDeploymentOptions {
  /** Files with manifests, relative to the root of the artifact. At least one. */
  readonly manifestFiles: string[];
}
