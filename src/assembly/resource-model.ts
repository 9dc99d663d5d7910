import type { AssemblyStack } from './cloud-assembly';
import { PlaceholderNames } from './placeholder-names';
import { OpenConditions } from './open-conditions';
import type { Progress } from './json';
import { type ModelResource, type StackContext, StackScope } from './scope';
import { listOf, memberOf, objectOf, textOf } from './json';
import { UnreadableInput } from './template';
import { Unknowns } from './unknown';

/**
 * Limits the characters and values that the templates of one model can expand to. Hundreds of real stacks need far
 * less.
 */
const LARGEST_MODEL = 500_000_000;

/** Models all stacks of all accounts and Regions, with the references between them. */
export class ResourceModel implements StackContext {
  public readonly unknowns = new Unknowns();
  /** The unknown account and Region of environment-agnostic stacks. They are the same for all of these stacks. */
  public readonly openAccount = this.unknowns.text({ kind: 'environment', description: '${AWS::AccountId}' });
  public readonly openRegion = this.unknowns.text({ kind: 'environment', description: '${AWS::Region}' });
  /** Includes nested stacks. */
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

  constructor(
    sources: readonly AssemblyStack[],
    progress?: Progress,
    public readonly openConditions = new OpenConditions(),
  ) {
    const roots = sources.map((source, index) => {
      progress?.(`modelled ${index} of ${sources.length} stacks`);
      const { displayName, stackName, directory, parameters, parameterOutputs } = source;

      const parameter = (name: string) => {
        const output = memberOf(parameterOutputs, name);
        return output === undefined ? memberOf(parameters, name) : this.stackOutput(output);
      };

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

  /** Registers the placeholder name of a resource. */
  public addPlaceholder(name: string, stack: StackScope, logicalId: string): string {
    this.placeholders.add(name, { stack, logicalId });
    return name;
  }

  /** Registers the generated parts of a value, and returns the value without their marks. */
  public addGenerated(marked: string, stack: StackScope, logicalId: string): string {
    return this.placeholders.addGenerated(marked, { stack, logicalId });
  }

  /** Returns a string as readable text: replaces unknown parts and placeholder names by descriptions. */
  public show(text: string): string {
    return this.unknowns.show(this.placeholders.show(text));
  }

  /** Returns a string as a pattern for a policy in a stack, for use with `Fn::Sub`. */
  public pattern(text: string, stack: StackScope | undefined): string {
    return this.unknowns.pattern(this.placeholders.toReferences(text, stack));
  }

  /** Returns all resources of a type, except those whose condition is false. */
  public resources(type: string): readonly ModelResource[] {
    return this.byType.get(type) ?? [];
  }

  /** Returns the resource with an ARN. */
  public find(arn: string): ModelResource | undefined {
    return this.byArn.get(arn);
  }

  /** Returns the resource of a type with an ARN, or with a name in an environment. */
  public findNamed(type: string, name: string, env: Pick<StackScope, 'account' | 'region'>): ModelResource | undefined {
    const resource = this.byArn.get(name) ?? this.byName.get(nameKey(type, name, env.account, env.region));
    if (resource?.type === type) return resource;
    return undefined;
  }

  /** Returns the ARNs of the bootstrap roles for a purpose in an environment. */
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

  private stackOutput({ stack: name, output }: { readonly stack: string; readonly output: string }): unknown {
    return this.stacks.find(({ displayName, stackName }) => [displayName, stackName].includes(name))?.output(output);
  }

  /** Returns the value of a CloudFormation export. */
  public exportValue(name: string, account: string, region: string): unknown {
    const source = this.exports.get(`${account} ${region} ${name}`);
    return source?.stack.output(source.output);
  }

  /** Returns the value that a cross-Region export writer exports with a name. */
  public crossRegionExport(name: string, { account, region }: Pick<StackScope, 'account' | 'region'>): unknown {
    const source = this.crossRegionExports.get(`${account} ${region} ${name}`);
    return source?.stack.resolve(source.value);
  }

  public spend(characters: number) {
    this.spent += characters;
    if (this.spent > LARGEST_MODEL) {
      throw new UnreadableInput('the templates expand to too much text; remove references that multiply each other');
    }
  }

  public enter(stack: string, maxDepth: number) {
    if (++this.depth > maxDepth) {
      throw new UnreadableInput(`stack ${stack} has a chain of more than ${maxDepth} references; shorten the chain`);
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
