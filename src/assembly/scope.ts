import type { AssemblyStack, NestedTemplate } from './cloud-assembly';
import { rejectCycles } from './cycles';
import { decide, resolve, Scope } from './intrinsics';
import { equals, toTristate, type Tristate } from './match';
import { macrosOf } from './macros';
import type { OpenConditions } from './open-conditions';
import { markGenerated, placeholderName } from './physical-names';
import { missingRef, partitionOf, pseudoParameter } from './pseudo-parameters';
import { referenceOf, ResourceReference } from './references';
import { ReferenceCache } from './reference-cache';
import { fillPattern } from './references/fill';
import { isObject, memberOf, objectOf, textOf } from './json';
import { Resource, Template } from './template';
import type { UnknownReason, Unknowns } from './unknown';

/** The resource type with which CDK reports versions. It has no effect, and its condition lists the Regions. */
const METADATA = 'AWS::CDK::Metadata';

/** Limits a value in a message. */
const MAX_SHOWN_LENGTH = 1000;

/** Represents a resource with its intrinsic functions evaluated. */
export interface ModelResource {
  readonly stack: StackScope;
  readonly logicalId: string;
  readonly type: string;
  /** The value of its condition. Resources whose condition is false are not listed. */
  readonly exists: Tristate;
  /** Evaluated lazily. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The physical name, or a placeholder if CloudFormation generates the name. */
  readonly name: string;
  readonly arn?: string;
  /** The construct path, if the template contains it. */
  readonly path?: string;
}

/** Provides a stack with the values of other stacks of the model. */
export interface StackContext {
  readonly unknowns: Unknowns;
  readonly openConditions: OpenConditions;
  /** Includes nested stacks. */
  readonly stacks: readonly StackScope[];
  /** The unknown account and Region of environment-agnostic stacks. They are the same for all of these stacks. */
  readonly openAccount: string;
  readonly openRegion: string;
  addPlaceholder(name: string, stack: StackScope, logicalId: string): string;
  /** Registers the marked parts of a value and returns the value without the marks. */
  addGenerated(marked: string, stack: StackScope, logicalId: string): string;
  findNamed(type: string, name: string, env: Pick<StackScope, 'account' | 'region'>): ModelResource | undefined;
  bootstrapRoles(purpose: string, env: Pick<StackScope, 'account' | 'region'>): string[];
  stack(stackName: string, account: string, region: string): StackScope | undefined;
  exportValue(name: string, account: string, region: string): unknown;
  crossRegionExport(name: string, env: Pick<StackScope, 'account' | 'region'>): unknown;
  /** Counts the characters that templates expand to. */
  spend(characters: number): void;
  enter(stack: string, maxDepth: number): void;
  leave(): void;
}

/** Evaluates the references of a stack or a nested stack. */
export class StackScope implements Scope {
  public readonly account: string;
  public readonly region: string;
  public readonly partition: string;
  /** Whether the stack represents the resources of `cdk bootstrap` and is not part of the input. */
  public readonly isBootstrap: boolean;
  /** The macros that can change any resource of the template. */
  public readonly macros: readonly string[];
  /** The directory of the root assembly. Undefined for a single template. */
  public readonly assembly: string | undefined;
  public readonly template: Template;
  /** The file of the template, if there is one. */
  public readonly templateFile: string | undefined;
  /** The file of the template that contains this nested stack, otherwise the same file. */
  public readonly rootTemplateFile: string | undefined;
  private existing?: Map<string, ModelResource>;
  private readonly nested = new Map<string, StackScope>();
  private readonly references: ReferenceCache;
  private readonly conditions = new Map<string, Tristate>();
  /** The condition under evaluation. */
  private openCondition = '';

  constructor(
    private readonly model: StackContext,
    /** The name of the stack in messages. */
    public readonly displayName: string,
    public readonly stackName: string,
    source: Pick<
      AssemblyStack,
      'account' | 'region' | 'template' | 'nested' | 'isBootstrap' | 'assembly' | 'templateFile'
    > & { readonly rootTemplateFile?: string },
    public readonly directory: string | undefined,
    private readonly parameter: (name: string) => unknown,
    public readonly isNested = false,
  ) {
    this.references = new ReferenceCache(model, displayName);
    this.template = source.template;
    this.templateFile = source.templateFile;
    this.rootTemplateFile = source.rootTemplateFile ?? source.templateFile;
    this.isBootstrap = source.isBootstrap === true;
    this.assembly = source.assembly ?? directory;
    this.macros = macrosOf(this.template);
    rejectCycles(displayName, this.template);
    this.account = source.account ?? model.openAccount;
    this.region = source.region ?? model.openRegion;
    this.partition = partitionOf(this.region);
    for (const [logicalId, nested] of Object.entries(source.nested)) this.nest(logicalId, nested);
  }

  /**
   * The resources of this stack, without those of nested stacks. Evaluated lazily, because conditions may depend on
   * other stacks of the model.
   */
  public get resources(): ReadonlyMap<string, ModelResource> {
    if (this.existing) return this.existing;
    const existing = (this.existing = new Map<string, ModelResource>());
    for (const [logicalId, resource] of Object.entries(this.template.Resources ?? {})) {
      if (resource.Type === METADATA) continue;
      const exists = resource.Condition === undefined ? 'yes' : this.condition(resource.Condition);
      if (exists !== 'no') existing.set(logicalId, new ResourceInScope(this, logicalId, resource, exists));
    }
    return existing;
  }

  /** Returns the logical ids of the nested stacks whose templates are not in the assembly. */
  public unreadNested(): string[] {
    return [...this.resources.values()]
      .filter(({ type, logicalId }) => type === 'AWS::CloudFormation::Stack' && !this.nested.has(logicalId))
      .map(({ logicalId }) => logicalId);
  }

  /** Returns this stack and its nested stacks, except those whose condition is false. */
  public all(): StackScope[] {
    const existing = [...this.nested].filter(([logicalId]) => this.resources.has(logicalId));
    return [this, ...existing.flatMap(([, stack]) => stack.all())];
  }

  public resolve(value: unknown): unknown {
    return resolve(value, this);
  }

  public ref(logicalId: string): unknown {
    if (logicalId.startsWith('AWS::')) return pseudoParameter(logicalId, this);
    return this.references.memoized(`Ref ${logicalId}`, () => {
      if (Object.hasOwn(this.template.Parameters ?? {}, logicalId)) return this.parameterValue(logicalId);
      const resource = this.resources.get(logicalId);
      if (!resource) {
        return this.unknown('attribute', missingRef(logicalId, this.displayName));
      }
      const reference = referenceOf(resource.type);
      if (!reference) return this.unknown('attribute', `Ref of ${logicalId} in stack ${this.displayName}`);
      return this.fill(reference.ref ?? '{name}', reference, resource);
    });
  }

  public attribute(logicalId: string, attribute: string): unknown {
    return this.references.memoized(`${logicalId}.${attribute}`, () => {
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
      if (pattern === undefined) return this.unknownAttribute(logicalId, attribute);
      return this.fill(pattern, reference!, resource!);
    });
  }

  public condition(name: string): Tristate {
    const cached = this.conditions.get(name);
    if (cached) return cached;
    const condition = memberOf(this.template.Conditions, name);
    const outerCondition = this.openCondition;
    const answer = this.references.guard(`condition ${name}`, () => {
      this.openCondition = name;
      return decide(condition, this);
    });
    this.openCondition = outerCondition;
    this.conditions.set(name, answer);
    return answer;
  }

  /** Compares two values of a condition. If the result is unknown, applies the assumption about it. */
  public compare(a: string, b: string): Tristate {
    const answer = equals(a, b);
    if (answer !== 'unknown') return answer;
    const assumed = this.model.openConditions.compare([a, b], this.openCondition, (value) => this.show(value));
    if (assumed === undefined) return answer;
    return toTristate(assumed);
  }

  public mapping(...path: [map: string, first: string, second: string]): unknown {
    return path.reduce<unknown>((level, key) => memberOf(objectOf(level), key), this.template.Mappings);
  }

  public importValue(exportName: string): unknown {
    return (
      this.model.exportValue(exportName, this.account, this.region) ?? this.unknown('import', `export ${exportName}`)
    );
  }

  public stackOutput(stackName: string, outputName: string, region = this.region, roleArn?: string): unknown {
    const account = roleArn?.split(':')[4] ?? this.account;
    return (
      this.model.stack(stackName, account, region)?.output(outputName) ??
      this.unknown('import', `output ${outputName} of stack ${stackName} in ${account}/${region}`)
    );
  }

  /** Returns the value of an output, or undefined if the stack has no such output. */
  public output(name: string): unknown {
    const output = memberOf(this.template.Outputs, name);
    if (isObject(output)) return this.references.memoized(`output ${name}`, () => this.resolve(output.Value));
    return undefined;
  }

  /** Returns the stacks of the input that can be deployed by name. */
  public deployable(): StackScope[] {
    return this.model.stacks.filter(({ isBootstrap, isNested }) => !isBootstrap && !isNested);
  }

  /** Returns the ARNs of the bootstrap roles for a purpose in the environment of this stack. */
  public bootstrapRoles(purpose: string): string[] {
    return this.model.bootstrapRoles(purpose, this);
  }

  public unknown(kind: UnknownReason['kind'], description: string): string {
    // Imports and dynamic references have the same value in all stacks of an environment.
    const isShared = kind === 'import' || kind === 'dynamic-reference';
    const environment = `${this.account}/${this.region}`;
    const owner = isShared ? environment : `${environment}/${this.stackName}`;
    return this.model.unknowns.text({ kind, description: this.show(description) }, `${kind} ${owner} ${description}`);
  }

  public show(value: unknown): string {
    // Long values are truncated before they expand.
    return this.model.unknowns.show(textOf(value).slice(0, MAX_SHOWN_LENGTH));
  }

  public opaque(text: string): boolean {
    return this.model.unknowns.opaque(text);
  }

  public spend(characters: number) {
    this.model.spend(characters);
  }

  /** Fills a pattern of the reference table for a resource. */
  public fill(pattern: string, reference: ResourceReference, resource: ModelResource): string {
    const { stackName, account, region } = this;
    const marked = fillPattern(pattern, reference, {
      identity: { stackName, account, region, logicalId: resource.logicalId },
      name: resource.name,
      partition: this.partition,
      dns: this.ref('AWS::URLSuffix') as string,
      property: (path) => this.property(resource.logicalId, path),
      arnOf: (type, name) => this.model.findNamed(type, name, this)?.arn ?? this.unknown('attribute', `ARN of ${name}`),
      unknown: (description) => this.unknown('attribute', `${description} in stack ${this.displayName}`),
      mark: markGenerated,
    });
    return this.model.addGenerated(marked, this, resource.logicalId);
  }

  /** Returns the expressions for `Fn::Sub` whose values contain generated characters, by value. */
  public referencesTo(logicalId: string): Array<[value: string, expression: string]> {
    const resource = this.resources.get(logicalId)!;
    const { attributes = {} } = referenceOf(resource.type) ?? {};
    const names = [...Object.keys(attributes), ...(resource.arn === undefined ? [] : ['Arn'])];
    return [
      [textOf(this.ref(logicalId)), `\${${logicalId}}`],
      ...names.map((name): [string, string] => [textOf(this.attribute(logicalId, name)), `\${${logicalId}.${name}}`]),
    ];
  }

  private property(logicalId: string, path: string): string | undefined {
    const keys = path.split('.');
    const raw = keys.reduce<unknown>((level, key) => memberOf(objectOf(level), key), this.rawProperties(logicalId));
    const value = this.resolve(raw);
    if (value === undefined) return undefined;
    return textOf(value);
  }

  /** Returns the properties as written in the template, so that reading one does not evaluate the others. */
  public rawProperties(logicalId: string): Readonly<Record<string, unknown>> {
    return this.template.Resources![logicalId].Properties ?? {};
  }

  /** Returns the physical name that the template gives to a resource, or undefined if CloudFormation generates it. */
  public explicitName(logicalId: string, type: string): string | undefined {
    const path = referenceOf(type)?.name;
    return path === undefined ? undefined : this.property(logicalId, path) || undefined;
  }

  /** Returns the physical name of a resource. */
  public nameOf(logicalId: string, type: string): string {
    return this.references.memoized(`name of ${logicalId}`, () => {
      const explicitName = this.explicitName(logicalId, type);
      if (explicitName !== undefined) return explicitName;
      const { stackName, account, region } = this;
      const placeholder = placeholderName(type, { stackName, logicalId, account, region });
      return this.model.addPlaceholder(placeholder, this, logicalId);
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
    const isList = type === 'CommaDelimitedList' || type.startsWith('List<');
    if (!isList || Array.isArray(value)) return value;
    return textOf(value)
      .split(',')
      .map((item) => item.trim());
  }

  private nest(logicalId: string, { template, templateFile, nested }: NestedTemplate) {
    if (!Object.hasOwn(this.template.Resources ?? {}, logicalId)) return;
    const parameter = (name: string) => {
      const parameters = objectOf(this.rawProperties(logicalId).Parameters);
      return this.resolve(memberOf(parameters, name));
    };
    const source = {
      account: this.account,
      region: this.region,
      template,
      templateFile,
      rootTemplateFile: this.rootTemplateFile,
      nested,
      assembly: this.assembly,
    };
    const stackName = `${this.stackName}-${logicalId}`;
    this.nested.set(
      logicalId,
      new StackScope(
        this.model,
        `${this.displayName}/${logicalId}`,
        stackName,
        source,
        this.directory,
        parameter,
        true,
      ),
    );
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
    return objectOf(properties);
  }

  public get name(): string {
    return this.stack.nameOf(this.logicalId, this.type);
  }

  public get arn(): string | undefined {
    const reference = referenceOf(this.type);
    if (reference?.arn === undefined) return undefined;
    return this.stack.fill(reference.arn, reference, this);
  }
}

function patternOf({ attributes, arn }: ResourceReference, attribute: string): string | undefined {
  return memberOf(attributes, attribute) ?? (attribute === 'Arn' ? arn : undefined);
}
