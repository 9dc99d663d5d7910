import type { AssemblyStack, NestedTemplate } from './cloud-assembly';
import { rejectCycles } from './cycles';
import { decide, resolve, Scope } from './intrinsics';
import type { Tristate } from './match';
import { placeholderName } from './physical-names';
import { referenceOf, ResourceReference } from './references';
import { fillPattern } from './references/fill';
import { isObject, textOf } from './json';
import { Resource, Template, UnreadableInput } from './template';
import type { UnknownReason, Unknowns } from './unknown';

/** How deep references may lead from one to the next; beyond it, a template is made to exhaust its reader. */
const DEEPEST_REFERENCE = 200;

/** Of a value that is shown for people. */
const LONGEST_SHOWN = 1000;

/** A resource with its intrinsic functions worked out. */
export interface ModelResource {
  readonly stack: StackScope;
  readonly logicalId: string;
  readonly type: string;
  /** Whether its condition lets it exist; resources that do not are not listed. */
  readonly exists: Tristate;
  /** Worked out when they are first asked for. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Its physical name; an invented one when the template gives none. */
  readonly name: string;
  readonly arn?: string;
  /** The path of its construct, as far as the template tells. */
  readonly path?: string;
}

/** What a stack needs of the model that it belongs to, in which references lead from one stack to another. */
export interface StackContext {
  readonly unknowns: Unknowns;
  /** Account and Region of stacks that are deployable anywhere: the same for all of them, but unknown. */
  readonly openAccount: string;
  readonly openRegion: string;
  addPlaceholder(name: string, stack: StackScope, logicalId: string): string;
  findNamed(type: string, name: string, from: Pick<StackScope, 'account' | 'region'>): ModelResource | undefined;
  bootstrapRoles(purpose: string, env: Pick<StackScope, 'account' | 'region'>): string[];
  stack(stackName: string, account: string, region: string): StackScope | undefined;
  exportValue(name: string, account: string, region: string): unknown;
  crossRegionExport(name: string, env: Pick<StackScope, 'account' | 'region'>): unknown;
  /** Counts text that templates unfold to, and ends what is made to exhaust its reader. */
  spend(characters: number): void;
  enter(stack: string, deepest: number): void;
  leave(): void;
}

/** A stack, or a nested stack, as the place in which references have a meaning. */
export class StackScope implements Scope {
  public readonly account: string;
  public readonly region: string;
  public readonly partition: string;
  /** Whether it stands for what `cdk bootstrap` made, and is no template of anybody's. */
  public readonly isBootstrap: boolean;
  /** Where the whole assembly is; undefined where there is none. */
  public readonly assembly: string | undefined;
  public readonly template: Template;
  private existing?: Map<string, ModelResource>;
  private readonly nested = new Map<string, StackScope>();
  private readonly references = new Map<string, unknown>();
  private readonly conditions = new Map<string, Tristate>();
  /** What is being worked out, to tell a reference that leads back to itself. */
  private readonly open = new Set<string>();

  constructor(
    private readonly model: StackContext,
    /** How messages call it. */
    public readonly displayName: string,
    public readonly stackName: string,
    source: Pick<AssemblyStack, 'account' | 'region' | 'template' | 'nested' | 'isBootstrap' | 'assembly'>,
    public readonly directory: string | undefined,
    private readonly parameter: (name: string) => unknown,
  ) {
    this.template = source.template;
    this.isBootstrap = source.isBootstrap === true;
    this.assembly = source.assembly ?? directory;
    rejectCycles(displayName, this.template);
    this.account = source.account ?? model.openAccount;
    this.region = source.region ?? model.openRegion;
    this.partition = partitionOf(this.region);
    for (const [logicalId, nested] of Object.entries(source.nested)) this.nest(logicalId, nested);
  }

  /**
   * Those of this stack alone, without nested stacks. Worked out when they are first asked for: their conditions may
   * rest on other stacks, which must all be there by then.
   */
  public get resources(): ReadonlyMap<string, ModelResource> {
    if (this.existing) return this.existing;
    const existing = (this.existing = new Map<string, ModelResource>());
    for (const [logicalId, resource] of Object.entries(this.template.Resources ?? {})) {
      const exists = resource.Condition === undefined ? 'yes' : this.condition(resource.Condition);
      if (exists !== 'no') existing.set(logicalId, new ResourceInScope(this, logicalId, resource, exists));
    }
    return existing;
  }

  /** Logical ids of the nested stacks whose templates are not at hand. */
  public unreadNested(): string[] {
    return [...this.resources.values()]
      .filter(({ type, logicalId }) => type === 'AWS::CloudFormation::Stack' && !this.nested.has(logicalId))
      .map(({ logicalId }) => logicalId);
  }

  /** This stack and those nested in it. */
  public all(): StackScope[] {
    return [
      this,
      ...[...this.nested].flatMap(([logicalId, stack]) => (this.resources.has(logicalId) ? stack.all() : [])),
    ];
  }

  public resolve(value: unknown): unknown {
    return resolve(value, this);
  }

  public ref(logicalId: string): unknown {
    switch (logicalId) {
      case 'AWS::AccountId':
        return this.account;
      case 'AWS::Region':
        return this.region;
      case 'AWS::Partition':
        return this.partition;
      case 'AWS::URLSuffix':
        return this.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
      case 'AWS::StackName':
        return this.stackName;
      case 'AWS::StackId':
        return (
          `arn:${this.partition}:cloudformation:${this.region}:${this.account}:stack/${this.stackName}/` +
          this.unknown('runtime', 'stack id')
        );
      case 'AWS::NotificationARNs':
        return [];
    }
    return this.once(`Ref ${logicalId}`, () => {
      if (Object.hasOwn(this.template.Parameters ?? {}, logicalId)) return this.parameterValue(logicalId);
      const resource = this.resources.get(logicalId);
      if (!resource) {
        return this.unknown('attribute', `Ref of ${logicalId}, which stack ${this.displayName} does not hold`);
      }
      const reference = referenceOf(resource.type);
      return reference
        ? this.fill(reference.ref ?? '{name}', reference, resource)
        : this.unknown('attribute', `Ref of ${logicalId} in stack ${this.displayName}`);
    });
  }

  public attribute(logicalId: string, attribute: string): unknown {
    return this.once(`${logicalId}.${attribute}`, () => {
      const resource = this.resources.get(logicalId);
      const nested = this.nested.get(logicalId);
      if (nested && attribute.startsWith('Outputs.')) {
        return nested.output(attribute.slice('Outputs.'.length)) ?? this.unknownAttribute(logicalId, attribute);
      }
      if (resource?.type === 'Custom::CrossRegionExportReader') {
        return this.model.crossRegionExport(attribute, this) ?? this.unknownAttribute(logicalId, attribute);
      }
      const reference = resource && referenceOf(resource.type);
      const pattern = reference && patternOf(reference, attribute);
      return pattern === undefined
        ? this.unknownAttribute(logicalId, attribute)
        : this.fill(pattern, reference!, resource!);
    });
  }

  public condition(name: string): Tristate {
    const known = this.conditions.get(name);
    if (known) return known;
    const conditions = this.template.Conditions ?? {};
    const answer = Object.hasOwn(conditions, name)
      ? this.guard(`condition ${name}`, () => decide(conditions[name], this))
      : 'unknown';
    this.conditions.set(name, answer);
    return answer;
  }

  public mapping(...path: [map: string, first: string, second: string]): unknown {
    return path.reduce<unknown>(
      (level, key) => (isObject(level) && Object.hasOwn(level, key) ? level[key] : undefined),
      this.template.Mappings,
    );
  }

  public importValue(exportName: string): unknown {
    return this.model.exportValue(exportName, this.account, this.region) ?? this.unknown('import', `export ${exportName}`);
  }

  public stackOutput(stackName: string, outputName: string, region = this.region, roleArn?: string): unknown {
    const account = roleArn?.split(':')[4] ?? this.account;
    return (
      this.model.stack(stackName, account, region)?.output(outputName) ??
      this.unknown('import', `output ${outputName} of stack ${stackName} in ${account}/${region}`)
    );
  }

  /** The value of an output; undefined when there is none of that name. */
  public output(name: string): unknown {
    const outputs = this.template.Outputs ?? {};
    const output = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    return isObject(output) ? this.once(`output ${name}`, () => this.resolve(output.Value)) : undefined;
  }

  /** ARNs of the roles that `cdk bootstrap` made for a purpose in the environment of this stack. */
  public bootstrapRoles(purpose: string): string[] {
    return this.model.bootstrapRoles(purpose, this);
  }

  public unknown(kind: UnknownReason['kind'], words: string): string {
    // What is looked up is the same for a whole environment; anything else belongs to this stack.
    const place = `${this.account}/${this.region}${kind === 'import' || kind === 'dynamic-reference' ? '' : `/${this.stackName}`}`;
    return this.model.unknowns.text({ kind, description: this.show(words) }, `${kind} ${place} ${words}`);
  }

  public show(value: unknown): string {
    // Long texts are cut before they unfold.
    return this.model.unknowns.show(textOf(value).slice(0, LONGEST_SHOWN));
  }

  public opaque(text: string): boolean {
    return this.model.unknowns.opaque(text);
  }

  public spend(characters: number) {
    this.model.spend(characters);
  }

  /** Fills a pattern of the table of references for a resource. */
  public fill(pattern: string, reference: ResourceReference, resource: ModelResource): string {
    const { stackName, account, region } = this;
    return fillPattern(pattern, reference, {
      identity: { stackName, account, region, logicalId: resource.logicalId },
      name: resource.name,
      partition: this.partition,
      dns: this.ref('AWS::URLSuffix') as string,
      property: (path) => this.property(resource.logicalId, path),
      arnOf: (type, name) => this.model.findNamed(type, name, this)?.arn ?? this.unknown('attribute', `ARN of ${name}`),
      unknown: (words) => this.unknown('attribute', `${words} in stack ${this.displayName}`),
    });
  }

  private property(logicalId: string, path: string): string | undefined {
    const raw = path
      .split('.')
      .reduce<unknown>(
        (level, key) => (isObject(level) && Object.hasOwn(level, key) ? level[key] : undefined),
        this.rawProperties(logicalId),
      );
    const value = raw === undefined ? undefined : this.resolve(raw);
    return value === undefined ? undefined : textOf(value);
  }

  /** The properties as written: asking for one must not work out all others. */
  public rawProperties(logicalId: string): Readonly<Record<string, unknown>> {
    return this.template.Resources![logicalId].Properties ?? {};
  }

  /** The physical name of a resource. */
  public nameOf(logicalId: string, type: string): string {
    return this.once(`name of ${logicalId}`, () => {
      const path = referenceOf(type)?.name;
      const given = path === undefined ? undefined : this.property(logicalId, path);
      const { stackName, account, region } = this;
      return (
        given ||
        this.model.addPlaceholder(placeholderName(type, { stackName, logicalId, account, region }), this, logicalId)
      );
    }) as string;
  }

  private unknownAttribute(logicalId: string, attribute: string) {
    return this.unknown('attribute', `${attribute} of ${logicalId} in stack ${this.displayName}`);
  }

  private parameterValue(name: string): unknown {
    const declaration = this.template.Parameters![name];
    const type = textOf(declaration.Type);
    const value = this.parameter(name) ?? declaration.Default;
    if (value === undefined || type.startsWith('AWS::SSM::Parameter::')) {
      return this.unknown('parameter', `parameter ${name} of stack ${this.displayName}`);
    }
    return type === 'CommaDelimitedList' || type.startsWith('List<')
      ? Array.isArray(value)
        ? value
        : textOf(value)
            .split(',')
            .map((item) => item.trim())
      : value;
  }

  private nest(logicalId: string, { template, nested }: NestedTemplate) {
    if (!Object.hasOwn(this.template.Resources ?? {}, logicalId)) return;
    const parameter = (name: string) => {
      const parameters = this.rawProperties(logicalId).Parameters;
      return isObject(parameters) && Object.hasOwn(parameters, name) ? this.resolve(parameters[name]) : undefined;
    };
    const source = { account: this.account, region: this.region, template, nested, assembly: this.assembly };
    const stackName = `${this.stackName}-${logicalId}`;
    this.nested.set(
      logicalId,
      new StackScope(this.model, `${this.displayName}/${logicalId}`, stackName, source, this.directory, parameter),
    );
  }

  /** Works something out at the first asking. */
  private once(what: string, work: () => unknown): unknown {
    if (this.references.has(what)) return this.references.get(what);
    const value = this.guard(what, work);
    this.references.set(what, value);
    return value;
  }

  private guard<T>(what: string, work: () => T): T {
    if (this.open.has(what)) {
      throw new UnreadableInput(`stack ${this.displayName} refers in a circle: ${[...this.open, what].join(' → ')}`);
    }
    this.open.add(what);
    this.model.enter(this.displayName, DEEPEST_REFERENCE);
    try {
      return work();
    } finally {
      this.model.leave();
      this.open.delete(what);
    }
  }
}

class ResourceInScope implements ModelResource {
  public readonly type: string;
  public readonly path?: string;
  private resolved?: Readonly<Record<string, unknown>>;

  constructor(
    public readonly stack: StackScope,
    public readonly logicalId: string,
    { Type, Metadata }: Resource,
    public readonly exists: Tristate,
  ) {
    this.type = Type;
    const path = Metadata?.['aws:cdk:path'];
    if (typeof path === 'string') this.path = path;
  }

  public get properties(): Readonly<Record<string, unknown>> {
    const properties = (this.resolved ??= this.stack.resolve(this.stack.rawProperties(this.logicalId)) as Readonly<
      Record<string, unknown>
    >);
    return isObject(properties) ? properties : {};
  }

  public get name(): string {
    return this.stack.nameOf(this.logicalId, this.type);
  }

  public get arn(): string | undefined {
    const reference = referenceOf(this.type);
    return reference?.arn === undefined ? undefined : this.stack.fill(reference.arn, reference, this);
  }
}

function patternOf(reference: ResourceReference, attribute: string): string | undefined {
  if (reference.attributes && Object.hasOwn(reference.attributes, attribute)) return reference.attributes[attribute];
  return attribute === 'Arn' ? reference.arn : undefined;
}

function partitionOf(region: string) {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
