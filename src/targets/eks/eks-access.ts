import type { EksAccessSpec } from './spec';
import { EKS_ACCESS_POLICY } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';

/**
 * Permissions of the action role inside of an Amazon EKS cluster. IAM permissions alone give no access to Kubernetes.
 *
 * An access entry grants the role access to the cluster. It is created in the account of the environment, is free of
 * charge, and is deleted together with the environment. The authentication mode of the cluster must be `API` or
 * `API_AND_CONFIG_MAP`.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 *
 * @example
 * const cluster = eks.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName: 'shop' });
 * DeployTarget.eksHelm(cluster, {
 *   releaseName: 'shop',
 *   chartPath: 'chart',
 *   access: EksAccess.inNamespace('AmazonEKSAdminPolicy'), // the chart creates roles and role bindings
 * });
 */
export class EksAccess {
  /**
   * Grants access to the namespace of the deployment only.
   *
   * @param policyName name of an EKS access policy. The default allows reading and changing most objects of a
   * namespace, including secrets, but neither roles and role bindings nor cluster-scoped objects
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
   */
  public static inNamespace(policyName: string = EDIT): EksAccess {
    return new EksAccess({ policyName, everywhere: false });
  }

  /**
   * Grants access to the whole cluster, as required for namespaces, cluster roles or custom resource definitions.
   * Everyone who can change the chart then has the permissions of the policy in all namespaces.
   *
   * @param policyName name of an EKS access policy, e.g. `AmazonEKSClusterAdminPolicy`
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
   */
  public static inCluster(policyName: string): EksAccess {
    return new EksAccess({ policyName, everywhere: true });
  }

  /**
   * Grants no access: you grant it yourself, by an access entry, or in the config map `aws-auth` of a cluster with the
   * authentication mode `CONFIG_MAP`. The role is `actionRole(environmentName)` of the pipeline or of the
   * {@link DeploymentAccess}.
   */
  public static existing(): EksAccess {
    return new EksAccess(null);
  }

  private constructor(private readonly spec: EksAccessSpec | null) {}

  /**
   * Returns the access policy; undefined if the user grants the access.
   *
   * @internal
   */
  public _plan(problems: Problems): EksAccessSpec | undefined {
    const fix = 'use a name from aws eks list-access-policies';
    if (this.spec) problems.at('policyName').name(this.spec.policyName, EKS_ACCESS_POLICY, fix);
    return this.spec ?? undefined;
  }
}

const EDIT = 'AmazonEKSEditPolicy';
