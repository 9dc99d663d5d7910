import type { interfaces } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { NetworkPlan } from '../../steps/build-access-plan';

/** Applies a chart or manifests to a cluster. */
export interface DeployEksSpec extends ActionSpec {
  readonly kind: 'deploy-eks';
  readonly environment: string;
  /** Id of what is created for it, beside what other deployments of the environment have. */
  readonly part: string;
  readonly cluster: interfaces.aws_eks.IClusterRef;
  readonly kubernetesNamespace: string;
  /** Name of the Helm release, where a chart is deployed. */
  readonly releaseName?: string;
  /** Access of the role in the cluster; undefined when it is granted elsewhere. */
  readonly access?: EksAccessSpec;
  readonly network?: NetworkPlan;
}

/** An access policy of EKS, in the namespace of the deployment or everywhere. */
export interface EksAccessSpec {
  readonly policyName: string;
  readonly everywhere: boolean;
}
