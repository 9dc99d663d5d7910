import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Progress } from './json';
import { isObject } from './json';
import { DocumentPart } from './document-part';
import { type FileAsset, fileAssetsIn, nestedPathOf } from './nested-path';
import {
  asTemplate,
  MAX_BYTES,
  parseData,
  parseTemplate,
  record,
  templateWarnings,
  tooLarge,
  UnreadableInput,
} from './template';
import type { Template } from './template';

/** Limits the nested stacks, because a template nested by several others is expanded each time. */
const MAX_NESTED = 10_000;
/** Limits the nesting of stacks and of assemblies. CDK apps rarely have more than three levels. */
const MAX_LEVELS = 50;

/** Describes a stack of a cloud assembly. */
export interface AssemblyStack {
  /** The name of the stack in the CDK CLI. */
  readonly displayName: string;
  readonly stackName: string;
  /** Undefined if the stack is environment-agnostic. */
  readonly account?: string;
  /** Undefined if the stack is environment-agnostic. */
  readonly region?: string;
  /** The known values of the template's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The outputs of other stacks that are the values of parameters, by parameter. */
  readonly parameterOutputs?: Readonly<Record<string, { readonly stack: string; readonly output: string }>>;
  readonly template: Template;
  /** By the logical id of the AWS::CloudFormation::Stack. Stacks whose template is not in the assembly are absent. */
  readonly nested: Readonly<Record<string, NestedTemplate>>;
  /** The directory of the manifest that lists this stack. */
  readonly directory: string;
  /** The absolute path of the template. Absent for stacks that no file describes. */
  readonly templateFile?: string;
  /** The directory of the root assembly, if this stack belongs to a stage. */
  readonly assembly?: string;
  /** The role that `cdk deploy` assumes. Contains placeholders such as ${AWS::AccountId}. */
  readonly deployRoleArn?: string;
  /** The warnings about the text of the templates. */
  readonly warnings?: readonly string[];
  /** Whether the stack represents the resources of `cdk bootstrap`. */
  readonly isBootstrap?: boolean;
}

/** Describes the template of a nested stack. */
export interface NestedTemplate {
  readonly template: Template;
  /** The absolute path of the template. */
  readonly templateFile?: string;
  readonly nested: Readonly<Record<string, NestedTemplate>>;
}

/** Describes where a file or an image is published. Values contain placeholders such as ${AWS::AccountId}. */
export interface AssetDestination {
  /** The ID of the asset, usually a hash of its contents. */
  readonly id: string;
  readonly kind: 'file' | 'image';
  /** The ID of the destination. */
  readonly destination: string;
  /** Only for files. */
  readonly bucketName?: string;
  /** Only for files. */
  readonly objectKey?: string;
  /** Only for images. */
  readonly repositoryName?: string;
  /** Only for images. */
  readonly imageTag?: string;
  /** The role that publishes the asset. Undefined if the current credentials are used. */
  readonly assumeRoleArn?: string;
  readonly region?: string;
}

/**
 * Returns all stacks of a cloud assembly, including the stacks of its stages.
 *
 * @param directory the output folder of `cdk synth`, usually `cdk.out`
 */
export function readAssembly(directory: string, progress?: Progress): AssemblyStack[] {
  return new AssemblyReader(directory, progress).stacksIn(directory);
}

/** Returns a template file with its nested templates, which its folder contains. */
export function readTemplate(file: string): Pick<AssemblyStack, 'template' | 'nested' | 'warnings'> {
  return new AssemblyReader(dirname(file), undefined, false).templateIn(file);
}

/**
 * Returns the destinations that an asset manifest lists.
 *
 * @param directory the output folder of `cdk synth`
 * @param manifestPath the path of the `*.assets.json`, relative to the directory
 */
export function assetDestinations(directory: string, manifestPath: string): AssetDestination[] {
  const file = pathInside(directory, directory, manifestPath, directory);
  const manifest = documentIn(file, 'asset manifest');

  function destinationsOf(
    section: string,
    target: (destination: DocumentPart) => Partial<AssetDestination>,
    kind: AssetDestination['kind'],
  ) {
    return manifest.parts(section).flatMap(([id, asset]) =>
      asset.parts('destinations').map(([destination, part]) => ({
        id,
        kind,
        destination,
        ...target(part),
        assumeRoleArn: part.optionalText('assumeRoleArn'),
        region: part.optionalText('region'),
      })),
    );
  }

  return [
    ...destinationsOf(
      'files',
      (part) => ({ bucketName: part.text('bucketName'), objectKey: part.text('objectKey') }),
      'file',
    ),
    ...destinationsOf(
      'dockerImages',
      (part) => ({ repositoryName: part.text('repositoryName'), imageTag: part.text('imageTag') }),
      'image',
    ),
  ];
}

/**
 * Returns the destinations that all asset manifests of an assembly list.
 *
 * @param directory the output folder of `cdk synth`
 * @param assemblyPath the path of the assembly of a stage, relative to the directory
 */
export function assemblyDestinations(directory: string, assemblyPath: string): AssetDestination[] {
  const file = pathInside(directory, directory, join(assemblyPath, 'manifest.json'), directory);
  return documentIn(file, 'cloud assembly manifest')
    .parts('artifacts')
    .filter(([, artifact]) => artifact.text('type') === 'cdk:asset-manifest')
    .flatMap(([, artifact]) =>
      assetDestinations(directory, join(assemblyPath, artifact.part('properties').text('file'))),
    );
}

/** Reads a file as UTF-8. Rejects large files, pipes and devices. */
export function readText(file: string): string {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw new Error('it is not a file');
    if (stats.size > MAX_BYTES) throw new Error(tooLarge(MAX_BYTES));
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8; save it as UTF-8' : message;
    throw new UnreadableInput(`${file} cannot be read: ${reason}`);
  }
}

class AssemblyReader {
  private readonly seen = new Set<string>();
  private readonly templates = new Map<string, Template>();
  private nestedCount = 0;

  private readonly assets = new Map<string, readonly FileAsset[]>();

  constructor(
    private readonly root: string,
    private readonly progress?: Progress,
    private readonly isAssembly = true,
  ) {}

  /** Returns a template file with its nested templates. */
  public templateIn(file: string): Pick<AssemblyStack, 'template' | 'nested' | 'warnings'> {
    const template = parseTemplate(readText(file), file);
    const nested = this.nestedOf(template, file, dirname(file), [realpathSync(file)]);
    return { template, nested, warnings: this.warningsOf(template, nested) };
  }

  public stacksIn(directory: string, level = 1): AssemblyStack[] {
    const manifestFile = pathInside(this.root, directory, 'manifest.json', directory);
    if (!existsSync(manifestFile)) {
      throw new UnreadableInput(`${directory} is not a cloud assembly: it has no manifest.json; run 'cdk synth' first`);
    }
    const identity = realpathSync(directory);
    if (this.seen.has(identity)) {
      throw new UnreadableInput(`${manifestFile} is referenced twice, possibly by itself; run 'cdk synth' again`);
    }
    this.seen.add(identity);
    if (level > MAX_LEVELS) {
      throw new UnreadableInput(`${manifestFile} is nested in more than ${MAX_LEVELS} assemblies; check it separately`);
    }
    return documentIn(manifestFile, 'cloud assembly manifest')
      .parts('artifacts')
      .flatMap(([id, artifact]) => {
        switch (artifact.text('type')) {
          case 'cdk:cloud-assembly':
            return this.stacksIn(
              pathInside(this.root, directory, artifact.part('properties').text('directoryName'), manifestFile),
              level + 1,
            );
          case 'aws:cloudformation:stack':
            return [this.stackOf(id, artifact, directory, manifestFile)];
          default:
            return [];
        }
      });
  }

  private stackOf(id: string, artifact: DocumentPart, directory: string, manifestFile: string): AssemblyStack {
    const properties = artifact.part('properties');
    const file = pathInside(this.root, directory, properties.text('templateFile'), manifestFile);
    if (!existsSync(file)) {
      throw new UnreadableInput(
        `${manifestFile} references the template ${basename(file)}, which does not exist; run 'cdk synth' again`,
      );
    }
    const template = this.templateOf(file);
    const nested = this.nestedOf(template, file, directory, [realpathSync(file)]);
    return {
      displayName: artifact.optionalText('displayName') ?? id,
      stackName: properties.optionalText('stackName') ?? id,
      ...environmentOf(artifact),
      parameters: properties.texts('parameters'),
      template,
      templateFile: resolve(file),
      nested,
      warnings: this.warningsOf(template, nested),
      directory,
      assembly: this.root,
      deployRoleArn: properties.optionalText('assumeRoleArn'),
    };
  }

  private warningsOf(template: Template, nested: AssemblyStack['nested']): string[] {
    const inner = Object.values(nested).flatMap((stack) => this.warningsOf(stack.template, stack.nested));
    return [...new Set([...templateWarnings(template), ...inner])];
  }

  /** Returns the files of all asset manifests in a folder. */
  private assetsIn(directory: string): readonly FileAsset[] {
    if (!this.isAssembly) return [];
    const cached = this.assets.get(directory);
    if (cached) return cached;
    const manifestFile = join(directory, 'manifest.json');
    const manifests = documentIn(manifestFile, 'cloud assembly manifest')
      .parts('artifacts')
      .filter(([, artifact]) => artifact.text('type') === 'cdk:asset-manifest')
      .map(([, artifact]) => pathInside(this.root, directory, artifact.part('properties').text('file'), manifestFile))
      .filter((file) => existsSync(file));
    const assets = manifests.flatMap((file) => fileAssetsIn(parseData(readText(file), file, 'asset manifest')));
    this.assets.set(directory, assets);
    return assets;
  }

  private templateOf(file: string): Template {
    const identity = realpathSync(file);
    const cached = this.templates.get(identity);
    if (cached !== undefined) return cached;
    const template = asTemplate(withResources(parseData(readText(file), file, 'template')), file);
    this.templates.set(identity, template);
    this.progress?.(`read ${this.templates.size} templates`);
    return template;
  }

  private nestedOf(
    template: Template,
    file: string,
    directory: string,
    ancestors: readonly string[],
  ): Record<string, NestedTemplate> {
    return record(
      Object.entries(template.Resources ?? {}).flatMap(([id, resource]): Array<[string, NestedTemplate]> => {
        const path = nestedPathOf(resource, () => this.assetsIn(directory));
        if (path === undefined || (!this.isAssembly && isOutside(this.root, directory, path))) return [];
        const inner = pathInside(this.root, directory, path, file);
        if (!existsSync(inner)) return [];
        const identity = realpathSync(inner);
        const nesting = `${file} nests ${basename(inner)} as ${id}`;
        if (ancestors.includes(identity)) {
          throw new UnreadableInput(`${nesting}, which contains itself; remove the nested stack`);
        }
        if (ancestors.length >= MAX_LEVELS) {
          throw new UnreadableInput(`${nesting}, which exceeds ${MAX_LEVELS} levels; reduce the nesting`);
        }
        if ((this.nestedCount += 1) > MAX_NESTED) {
          throw new UnreadableInput(`${this.root} contains more than ${MAX_NESTED} nested stacks; check it in parts`);
        }
        const innerTemplate = this.templateOf(inner);
        const nested = this.nestedOf(innerTemplate, inner, directory, [...ancestors, identity]);
        return [[id, { template: innerTemplate, templateFile: resolve(inner), nested }]];
      }),
    );
  }
}

/** Adds empty Resources: CDK writes a template without the section for a stack without resources. */
function withResources(data: unknown): unknown {
  if (!isObject(data) || Object.hasOwn(data, 'Resources')) return data;
  return record([...Object.entries(data), ['Resources', record()] as const]);
}

function environmentOf(artifact: DocumentPart): Pick<AssemblyStack, 'account' | 'region'> {
  const environment = artifact.optionalText('environment') ?? 'aws://unknown-account/unknown-region';
  const parts = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment);
  if (parts === null) {
    throw artifact.problem(`environment must have the form aws://account/region, got ${environment}`);
  }
  const [, account, region] = parts;
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
}

/**
 * Returns the absolute form of a path that the input contains. The path, with symbolic links resolved, must be inside
 * the assembly, so that a crafted assembly cannot read other files.
 */
function pathInside(root: string, directory: string, path: string, referrer: string): string {
  if (isOutside(root, directory, path)) {
    throw new UnreadableInput(
      `${referrer} references ${path}, which is outside the assembly ${root}; run 'cdk synth' again`,
    );
  }
  return join(directory, path);
}

function isOutside(root: string, directory: string, path: string): boolean {
  const file = join(directory, path);

  function isInside(outer: string, inner: string) {
    const difference = relative(outer, inner);
    return difference !== '..' && !difference.startsWith(`..${sep}`) && !isAbsolute(difference);
  }

  function isTargetInside() {
    return !existsSync(file) || isInside(realpathSync(root), realpathSync(file));
  }

  return isAbsolute(path) || !isInside(resolve(root), resolve(file)) || !isTargetInside();
}

function documentIn(file: string, kind: string) {
  return new DocumentPart(file, kind, '', parseData(readText(file), file, kind));
}
