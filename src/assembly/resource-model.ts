import type { AssemblyStack } from './cloud-assembly';
import { PlaceholderNames } from './placeholder-names';
import type { Progress } from './json';
import { type ModelResource, type StackContext, StackScope } from './scope';
import { listOf, objectOf, textOf } from './json';
import { UnreadableInput } from './template';
import { Unknowns } from './unknown';

/**
 * How much the templates of one world may unfold to, in characters and values; far beyond what hundreds of real stacks
 * need.
 */
const LARGEST_MODEL = 500_000_000;

/** All stacks of all accounts and regions as one world, in which references lead from one to the other. */
export class ResourceModel implements StackContext {
  public readonly unknowns = new Unknowns();
  /** The account and the region of the stacks that are made for any: one and the same for all of them, but unknown. */
  public readonly openAccount = this.unknowns.text({ kind: 'environment', description: '${AWS::AccountId}' });
  public readonly openRegion = this.unknowns.text({ kind: 'environment', description: '${AWS::Region}' });
  /** Nested stacks included. */
  public readonly stacks: readonly StackScope[] = [];
  public readonly placeholders = new PlaceholderNames();
  private readonly byType = new Map<string, ModelResource[]>();
  private readonly byArn = new Map<string, ModelResource>();
  private readonly byName = new Map<string, ModelResource>();
  private readonly exports = new Map<string, { readonly stack: StackScope; readonly output: string }>();
  private readonly crossRegionExports = new Map<string, { readonly stack: StackScope; readonly value: unknown }>();
  private bootstrapped?: ReadonlyMap<string, string[]>;
  private spent = 0;
  private depth = 0;

  constructor(sources: readonly AssemblyStack[], progress?: Progress) {
    const roots = sources.map((source, index) => {
      progress?.(`looked at ${index} of ${sources.length} stacks`);
      const { displayName, stackName, directory, parameters } = source;

      function parameter(name: string) {
        return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
      }

      return new StackScope(this, displayName, stackName, source, directory, parameter);
    });
    this.stacks = roots.flatMap((root) => root.all());
    for (const stack of this.stacks) {
      for (const resource of stack.resources.values()) this.list(resource);
    }
    for (const stack of this.stacks) this.listExports(stack);
    for (const [index, stack] of this.stacks.entries()) {
      progress?.(`named the resources of ${index} of ${this.stacks.length} stacks`);
      for (const resource of stack.resources.values()) this.index(resource);
    }
  }

  /** Notes a name that was made up for a resource. */
  public addPlaceholder(name: string, stack: StackScope, logicalId: string): string {
    this.placeholders.add(name, { stack, logicalId });
    return name;
  }

  /** A text for people: unknown parts read as why they are, and names that were made up as what they stand for. */
  public show(text: string): string {
    return this.unknowns.show(this.placeholders.show(text));
  }

  /** A text as a pattern of a policy in a stack, to be used with `Fn::Sub`. */
  public pattern(text: string, stack: StackScope | undefined): string {
    return this.unknowns.pattern(this.placeholders.toReferences(text, stack));
  }

  /** All resources of a type that exist, or may. */
  public resources(type: string): readonly ModelResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource that an ARN names. */
  public find(arn: string): ModelResource | undefined {
    return this.byArn.get(arn);
  }

  /** The resource of a type that a name or an ARN means, seen from a stack. */
  public findNamed(type: string, name: string, from: Pick<StackScope, 'account' | 'region'>): ModelResource | undefined {
    const found = this.byArn.get(name) ?? this.byName.get(nameKey(type, name, from.account, from.region));
    return found?.type === type ? found : undefined;
  }

  /** ARNs of the roles that `cdk bootstrap` made for a purpose in an environment. */
  public bootstrapRoles(purpose: string, { account, region }: Pick<StackScope, 'account' | 'region'>): string[] {
    this.bootstrapped ??= this.resources('AWS::IAM::Role').reduce((roles, { arn, stack, properties: { Tags } }) => {
      const tag = listOf(Tags)
        .map(objectOf)
        .find(({ Key }) => Key === 'aws-cdk:bootstrap-role');
      if (tag && arn !== undefined) append(roles, `${stack.account} ${stack.region} ${textOf(tag.Value)}`, arn);
      return roles;
    }, new Map<string, string[]>());
    return this.bootstrapped.get(`${account} ${region} ${purpose}`) ?? [];
  }

  public stack(stackName: string, account: string, region: string): StackScope | undefined {
    return this.stacks.find(
      (stack) => stack.stackName === stackName && stack.account === account && stack.region === region,
    );
  }

  /** The value of an export of an account and region. */
  public exportValue(name: string, account: string, region: string): unknown {
    const found = this.exports.get(`${account} ${region} ${name}`);
    return found?.stack.output(found.output);
  }

  /** What a cross-region export writer wrote under a name. */
  public crossRegionExport(name: string, { account, region }: Pick<StackScope, 'account' | 'region'>): unknown {
    const found = this.crossRegionExports.get(`${account} ${region} ${name}`);
    return found?.stack.resolve(found.value);
  }

  public spend(characters: number) {
    this.spent += characters;
    if (this.spent > LARGEST_MODEL) {
      throw new UnreadableInput('the templates unfold to more text than any real ones; what they refer to multiplies');
    }
  }

  public enter(stack: string, deepest: number) {
    if (++this.depth > deepest) {
      throw new UnreadableInput(`stack ${stack} refers from one thing to the next more than ${deepest} times`);
    }
  }

  public leave() {
    this.depth--;
  }

  private list(resource: ModelResource) {
    append(this.byType, resource.type, resource);
  }

  private index(resource: ModelResource) {
    const {
      arn,
      name,
      type,
      stack: { account, region },
    } = resource;
    if (arn !== undefined && !this.byArn.has(arn)) this.byArn.set(arn, resource);
    const key = nameKey(type, name, account, region);
    if (!this.byName.has(key)) this.byName.set(key, resource);
  }

  private listExports(stack: StackScope) {
    for (const [output, declaration] of Object.entries(stack.template.Outputs ?? {})) {
      const name = objectOf(objectOf(declaration).Export).Name;
      if (name !== undefined) {
        this.exports.set(`${stack.account} ${stack.region} ${textOf(stack.resolve(name))}`, { stack, output });
      }
    }
    for (const writer of stack.resources.values()) {
      if (writer.type !== 'Custom::CrossRegionExportWriter') continue;
      const { exports, region } = objectOf(stack.rawProperties(writer.logicalId).WriterProps);
      for (const [name, value] of Object.entries(objectOf(exports))) {
        this.crossRegionExports.set(`${stack.account} ${textOf(stack.resolve(region))} ${name}`, { stack, value });
      }
    }
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T) {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

function nameKey(type: string, name: string, account: string, region: string) {
  return `${type} ${account} ${region} ${name}`;
}
