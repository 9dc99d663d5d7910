import type { EksAccessSpec } from './spec';
import { EKS_ACCESS_POLICY } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';

/**
 * What the role of an environment may do inside of a cluster: IAM alone opens nothing there.
 *
 * Unless somebody else says it, the role is made known to the cluster by an access entry, in the account of the
 * environment. The authentication mode of the cluster must be `API` or `API_AND_CONFIG_MAP`. A cluster has one access
 * entry for a role, which costs nothing; taking the environment away removes it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 *
 * @example
 * const cluster = eks.Cluster.fromClusterAttributes(this, 'Cluster', { clusterName: 'shop' });
 * DeployTarget.eksHelm(cluster, {
 *   releaseName: 'shop',
 *   chartPath: 'chart',
 *   access: EksAccess.inNamespace('AmazonEKSAdminPolicy'), // the chart makes roles and role bindings
 * });
 */
export class EksAccess {
  /**
   * In the namespace of the deployment alone.
   *
   * @param policyName an access policy of EKS. The default reads and changes most objects of a namespace, secrets
   * included, but neither roles nor role bindings, and nothing that belongs to no namespace
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
   */
  public static inNamespace(policyName: string = EDIT): EksAccess {
    return new EksAccess({ policyName, everywhere: false });
  }

  /**
   * In the whole cluster: for what makes namespaces, cluster roles or custom resource definitions. Whoever can change
   * the chart then has what the policy gives, in every namespace.
   *
   * @param policyName an access policy of EKS, e.g. `AmazonEKSClusterAdminPolicy`
   * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
   */
  public static inCluster(policyName: string): EksAccess {
    return new EksAccess({ policyName, everywhere: true });
  }

  /**
   * Somebody else makes the role known to the cluster: by an access entry of his, or in the config map `aws-auth` of a
   * cluster of the mode `CONFIG_MAP`. The role is `actionRole(environmentName)` of the pipeline or of the
   * {@link DeploymentAccess}.
   */
  public static existing(): EksAccess {
    return new EksAccess(undefined);
  }

  private constructor(private readonly spec: EksAccessSpec | undefined) {}

  /**
   * Returns the access policy; undefined when the access is granted elsewhere.
   *
   * @internal
   */
  public _plan(problems: Problems): EksAccessSpec | undefined {
    const fix = 'use a name from aws eks list-access-policies';
    if (this.spec) problems.at('policyName').name(this.spec.policyName, EKS_ACCESS_POLICY, fix);
    return this.spec;
  }
}

const EDIT = 'AmazonEKSEditPolicy';
