import type { interfaces } from 'aws-cdk-lib';
import type { NetworkPlan } from '../../steps/network-plan';

/** A chart or manifests are applied to a cluster. */
export interface DeployEksPlan {
  readonly kind: 'deploy-eks';
  readonly environment: string;
  /** The id of what is made for it, beside what other deployments of the environment have. */
  readonly part: string;
  readonly cluster: interfaces.aws_eks.IClusterRef;
  readonly kubernetesNamespace: string;
  /** Name of the Helm release, where a chart is deployed. */
  readonly releaseName?: string;
  /** What the role may do in the cluster; undefined when somebody else says it. */
  readonly access?: EksAccessPlan;
  readonly network?: NetworkPlan;
}

/** An access policy of EKS, in the namespace of the deployment or everywhere. */
export interface EksAccessPlan {
  readonly policyName: string;
  readonly everywhere: boolean;
}
