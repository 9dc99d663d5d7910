import type { interfaces } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { NetworkPlan } from '../../steps/build-access-plan';

/** Applies a chart or manifests to a cluster. */
export interface DeployEksSpec extends ActionSpec {
  readonly kind: 'deploy-eks';
  readonly environment: string;
  /** Id of the resources of the deployment, unique in the environment. */
  readonly part: string;
  readonly cluster: interfaces.aws_eks.IClusterRef;
  readonly kubernetesNamespace: string;
  /** Name of the Helm release, if a chart is deployed. */
  readonly releaseName?: string;
  /** Access of the role in the cluster; undefined if the user grants it. */
  readonly access?: EksAccessSpec;
  readonly network?: NetworkPlan;
}

/** An EKS access policy, for the namespace of the deployment or for the whole cluster. */
export interface EksAccessSpec {
  readonly policyName: string;
  readonly everywhere: boolean;
}
