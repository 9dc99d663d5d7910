import { deleteStack, deployedBy } from './deployed';
import type { Leftover } from './leftover';
import { retainedIn } from './retained';
import type { AssemblyStack } from '../assembly/cloud-assembly';
import { ResourceModel } from '../assembly/resource-model';

/**
 * Returns what stays when a new version of an app is deployed: stacks that are no longer part of it, retained
 * resources, and applications that no pipeline deploys any more.
 *
 * @param before stacks that are deployed
 * @param after stacks of the new version
 */
export function leftoversOf(before: readonly AssemblyStack[], after: readonly AssemblyStack[]): Leftover[] {
  const [modelBefore, modelAfter] = [before, after].map((stacks) => new ResourceModel(stacks));
  const stillDeployed = deployedBy(modelAfter);
  const keys = new Set(after.map(keyOf));
  const deployed = [...deployedBy(modelBefore)]
    .filter(([identity, { account, region, name = '' }]) => {
      return !stillDeployed.has(identity) && !keys.has(keyOf({ account, region, stackName: name }));
    })
    .map(([, leftover]) => leftover);
  const deployedKeys = new Set(
    deployed.map(({ account, region, name = '' }) => keyOf({ account, region, stackName: name })),
  );
  const stacks = before.filter((stack) => !keys.has(keyOf(stack)) && !deployedKeys.has(keyOf(stack))).map(removedStack);
  return [...deployed, ...stacks, ...retainedIn(modelBefore, modelAfter)];
}

function keyOf({ account, region, stackName }: Pick<AssemblyStack, 'account' | 'region' | 'stackName'>): string {
  return [account, region, stackName].join(' ');
}

function removedStack({ stackName, account, region }: AssemblyStack): Leftover {
  return {
    kind: 'stack',
    remove: 'after',
    account,
    region,
    type: 'AWS::CloudFormation::Stack',
    name: stackName,
    reason: 'it is no longer part of the app',
    command: deleteStack(stackName, { region }),
  };
}
