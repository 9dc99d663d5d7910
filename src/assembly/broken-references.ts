import { isObject, listOf, objectOf, textOf } from './json';
import type { StackScope } from './scope';
import { addsResources } from './macros';
import type { Template } from './template';

/** Describes a reference to something that a template does not contain. */
export interface BrokenReference {
  /** The logical id of the resource with the reference. Absent for other sections. */
  readonly logicalId?: string;
  /** The path below the properties of the resource, or below the template. */
  readonly path: string;
  readonly kind: 'resource or parameter' | 'resource' | 'condition' | 'mapping' | 'key of the mapping' | 'output';
  readonly name: string;
  /** The names that exist. */
  readonly candidates: readonly string[];
}

const PSEUDO_PARAMETERS: readonly string[] = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/**
 * Returns the references of a stack to resources, parameters, conditions, mappings and outputs that do not exist. A
 * macro can add any of them, so a template with a macro has none. Neither has one with modules.
 */
export function brokenReferences(stack: StackScope): BrokenReference[] {
  const { template } = stack;
  if (addsResources(template) || stack.macros.length > 0 || usesExpansion(template)) return [];
  const search = new ReferenceSearch(stack);
  for (const [name, condition] of Object.entries(template.Conditions ?? {})) {
    search.visit(condition, `Conditions.${name}`, undefined, true);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources ?? {})) {
    if (resource.Condition !== undefined) search.condition(resource.Condition, 'Condition', logicalId);
    for (const dependency of listOf(resource.DependsOn)) search.resource(textOf(dependency), 'DependsOn', logicalId);
    search.visit(resource.Properties, '', logicalId);
  }
  for (const [name, output] of Object.entries(template.Outputs ?? {})) {
    search.visit(output, `Outputs.${name}`);
    const { Condition } = objectOf(output);
    if (typeof Condition === 'string') search.condition(Condition, `Outputs.${name}.Condition`);
  }
  return search.broken;
}

/** Returns whether macros or modules add parts to the template. */
function usesExpansion({ Resources = {}, Conditions, Outputs }: Template): boolean {
  if (Object.values(Resources).some(({ Type }) => Type.endsWith('::MODULE'))) return true;
  const rest: unknown[] = [Resources, Conditions, Outputs];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, 'Fn::Transform')) return true;
    rest.push(...Object.values(value));
  }
  return false;
}

class ReferenceSearch {
  public readonly broken: BrokenReference[] = [];
  private readonly template: Template;
  private readonly resources: readonly string[];
  private readonly referable: readonly string[];

  constructor(private readonly stack: StackScope) {
    this.template = stack.template;
    this.resources = Object.keys(this.template.Resources ?? {});
    this.referable = [...this.resources, ...Object.keys(this.template.Parameters ?? {})];
  }

  public visit(value: unknown, path: string, logicalId?: string, inCondition = false): void {
    if (typeof value !== 'object' || value === null) return;
    const entries = Object.entries(value);
    if (entries.length === 1) this.reference(entries[0][0], entries[0][1], path, logicalId, inCondition);
    for (const [key, item] of entries) {
      const part = Array.isArray(value) ? `[${key}]` : `${path === '' ? '' : '.'}${key}`;
      this.visit(item, path + part, logicalId, inCondition);
    }
  }

  private reference(name: string, argument: unknown, path: string, logicalId?: string, inCondition = false): void {
    switch (name) {
      case 'Ref':
        return this.value(argument, path, logicalId);
      case 'Fn::GetAtt':
        return this.resource(Array.isArray(argument) ? argument[0] : textOf(argument).split('.')[0], path, logicalId);
      case 'Fn::Sub':
        return this.substitution(argument, path, logicalId);
      case 'Fn::If':
        return this.condition(listOf(argument)[0], path, logicalId);
      case 'Condition':
        return inCondition ? this.condition(argument, path, logicalId) : undefined;
      case 'Fn::FindInMap':
        return this.mapping(listOf(argument), path, logicalId);
      case 'Fn::GetStackOutput':
        return this.stackOutput(objectOf(argument), path, logicalId);
    }
  }

  public condition(name: unknown, path: string, logicalId?: string): void {
    this.expect('condition', name, Object.keys(this.template.Conditions ?? {}), path, logicalId);
  }

  public resource(name: unknown, path: string, logicalId?: string): void {
    this.expect('resource', name, this.resources, path, logicalId);
  }

  private value(name: unknown, path: string, logicalId?: string): void {
    const isPseudo = typeof name === 'string' && name.startsWith('AWS::');
    const candidates = isPseudo ? PSEUDO_PARAMETERS : this.referable;
    this.expect('resource or parameter', name, candidates, path, logicalId);
  }

  private substitution(argument: unknown, path: string, logicalId?: string): void {
    const [text, variables] = listOf(argument);
    for (const [, inside] of textOf(text).matchAll(/\$\{([^!{}][^{}]*)\}/g)) {
      const name = inside.trim();
      if (Object.hasOwn(objectOf(variables), name)) continue;
      if (name.includes('.')) this.resource(name.split('.')[0], path, logicalId);
      else this.value(name, path, logicalId);
    }
  }

  private mapping([map, first, second, options]: readonly unknown[], path: string, logicalId?: string): void {
    const mappings = objectOf(this.template.Mappings);
    this.expect('mapping', map, Object.keys(mappings), path, logicalId);
    if (typeof map !== 'string' || !Object.hasOwn(mappings, map) || isObject(options)) return;
    const level = objectOf(mappings[map]);
    this.expect('key of the mapping', first, Object.keys(level), path, logicalId);
    if (typeof first !== 'string' || !Object.hasOwn(level, first)) return;
    this.expect('key of the mapping', second, Object.keys(objectOf(level[first])), path, logicalId);
  }

  /** Verifies the output of a stack that is in the assembly. */
  private stackOutput({ StackName, OutputName }: Record<string, unknown>, path: string, logicalId?: string): void {
    const source = this.stack.deployable().find(({ stackName }) => stackName === StackName);
    if (source) this.expect('output', OutputName, Object.keys(source.template.Outputs ?? {}), path, logicalId);
  }

  private expect(
    kind: BrokenReference['kind'],
    name: unknown,
    candidates: readonly string[],
    path: string,
    logicalId?: string,
  ): void {
    if (typeof name !== 'string' || candidates.includes(name)) return;
    this.broken.push({ kind, name, candidates, path, logicalId });
  }
}
