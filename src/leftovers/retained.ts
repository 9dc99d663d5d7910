import { knownText } from './deployed';
import { type Leftover, type LeftoverEnv, regionOption, word } from './leftover';
import type { ResourceModel } from '../assembly/resource-model';
import type { ModelResource, StackScope } from '../assembly/scope';
import { textOf } from '../assembly/json';

/** Deletion policies with which a resource stays. */
const RETAINING = ['Retain', 'RetainExceptOnCreate'];

/** Commands that remove retained resources, by type. `{name}` is the physical name. */
const COMMANDS: Readonly<Record<string, string | undefined>> = {
  'AWS::S3::Bucket': 'empty it with all versions, then aws s3 rb s3://{name}',
  'AWS::KMS::Key': 'aws kms schedule-key-deletion --key-id {name}{region}',
  'AWS::Logs::LogGroup': 'aws logs delete-log-group --log-group-name {name}{region}',
  'AWS::ECR::Repository': 'aws ecr delete-repository --force --repository-name {name}{region}',
  'AWS::DynamoDB::Table': 'aws dynamodb delete-table --table-name {name}{region}',
};

/** Returns the retained resources of a model that another model does not contain any more, or replaces. */
export function retainedIn(before: ResourceModel, after: ResourceModel): Leftover[] {
  const stacks = new Map(after.stacks.map((stack) => [identityOf(stack), stack]));
  return before.stacks.flatMap((stack) =>
    [...stack.resources.values()].flatMap((resource): Leftover[] => {
      const successor = successorOf(resource, stacks.get(identityOf(stack)));
      const policy = successor === undefined ? 'DeletionPolicy' : 'UpdateReplacePolicy';
      if (!RETAINING.includes(policyOf(resource, policy))) return [];
      if (successor !== undefined && nameOf(successor) === nameOf(resource)) return [];
      // A resource that moved to another stack or logical id is in use.
      if (isNamedIn(after, resource)) return [];
      return [leftoverOf(resource, policy)];
    }),
  );
}

/** Returns whether a model contains a resource of the same type, name, account and Region. */
function isNamedIn(model: ResourceModel, resource: ModelResource): boolean {
  const name = nameOf(resource);
  return (
    name !== undefined &&
    model.resources(resource.type).some((other) => {
      return nameOf(other) === name && envOf(other) === envOf(resource);
    })
  );
}

function envOf({ stack: { account, region } }: ModelResource): string {
  return [knownText(account), knownText(region)].join(' ');
}

/** Returns the resource that replaces or updates another one when its stack is updated. */
function successorOf({ logicalId, type }: ModelResource, stack: StackScope | undefined): ModelResource | undefined {
  const successor = stack?.resources.get(logicalId);
  return successor?.type === type ? successor : undefined;
}

/** Identifies a stack. Unknown accounts and Regions are equal, since they are the same for all stacks. */
function identityOf({ account, region, stackName }: StackScope): string {
  return [knownText(account), knownText(region), stackName].join(' ');
}

function policyOf({ stack, logicalId }: ModelResource, policy: 'DeletionPolicy' | 'UpdateReplacePolicy'): string {
  return textOf(stack.template.Resources?.[logicalId][policy]);
}

function leftoverOf(resource: ModelResource, policy: string): Leftover {
  const { stack, logicalId, type } = resource;
  const env: LeftoverEnv = { account: knownText(stack.account), region: knownText(stack.region) };
  const name = nameOf(resource);
  const find =
    `aws cloudformation describe-stack-resources --stack-name ${word(stack.stackName)} ` +
    `--logical-resource-id ${word(logicalId)}${regionOption(env)}`;
  const command = (COMMANDS[type] ?? 'delete it')
    .replace('{name}', () => (name === undefined ? '<name>' : word(name)))
    .replace('{region}', () => regionOption(env));
  return {
    kind: 'retained-resource',
    remove: 'after',
    ...env,
    type,
    name,
    stack: stack.stackName,
    logicalId,
    reason: `its ${policy} is ${policyOf(resource, policy as 'DeletionPolicy')}`,
    command: name === undefined ? `${command}; note the name before the deployment: ${find}` : command,
  };
}

/** Returns the explicit name of a resource, or undefined if CloudFormation generates it. */
function nameOf(resource: ModelResource): string | undefined {
  return knownText(resource.stack.explicitName(resource.logicalId, resource.type) ?? '');
}
