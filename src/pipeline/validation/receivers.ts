import { allActions, type PipelinePlan, type ActionSpec } from '../pipeline-plan';
import { problem, type Problem } from '../problems';
import { duplicates } from '../duplicates';

/** Something of an environment that gets what is released. */
interface Receiver {
  /** What it is one of. */
  readonly what: string;
  /** How the user knows it. */
  readonly name: string;
  /** What tells it from all others of its account and region. */
  readonly is: readonly string[];
}

type WorkOf<K extends ActionSpec['kind']> = Extract<ActionSpec, { kind: K }>;

const RECEIVERS: { readonly [K in ActionSpec['kind']]?: (spec: WorkOf<K>) => Receiver | undefined } = {
  'deploy-service': ({ service: { service, clusterName, serviceName } }) => ({
    what: 'service',
    name: service.node.path,
    is: [clusterName, serviceName],
  }),
  // The same function may serve several environments by an alias for each.
  'deploy-lambda-image': ({ function: { node }, functionName, alias }) => ({
    what: 'alias of a function',
    name: `${alias} of ${node.path}`,
    is: [functionName, alias],
  }),
  'deploy-eks': ({ cluster: { clusterRef, node }, kubernetesNamespace, releaseName }) =>
    releaseName === undefined
      ? undefined
      : {
          what: 'Helm release',
          name: `${releaseName} in ${kubernetesNamespace} of ${node.path}`,
          is: [clusterRef.clusterName, kubernetesNamespace, releaseName],
        },
};

/**
 * What gets a release gets it from one deployment: a release to one environment would be one to all that share it, before anybody has approved it.
 *
 * @param prop the prop of the pattern that most stages come from
 */
export function checkReleases(plan: PipelinePlan, prop: string): Problem[] {
  const places = new Map(
    plan.stages.flatMap(({ environments = [] }) => environments.map(({ name, place }) => [name, place] as const)),
  );
  const receivers = allActions(plan).flatMap(({ environment = '', spec }) => {
    // The table is exact for each kind; the compiler cannot see that key and value belong together.
    const receiver = (RECEIVERS[spec.kind] as ((one: ActionSpec) => Receiver | undefined) | undefined)?.(spec);
    const { account = '', region = '' } = places.get(environment) ?? {};
    return receiver ? [{ ...receiver, is: [account, region, receiver.what, ...receiver.is].join('/') }] : [];
  });
  return duplicates(receivers, ({ is }) => is).map(({ what, name }) =>
    problem(
      prop,
      `deploy to every ${what} once`,
      name,
      'make one for each environment, since what is released to one is live in all that share it; several containers go by one deployment',
    ),
  );
}
