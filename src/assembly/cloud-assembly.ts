import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Progress } from './json';
import { isObject } from './json';
import { asTemplate, MAX_BYTES, parseData, record, tooLarge, UnreadableInput } from './template';
import type { Resource, Template } from './template';

/** A template that is nested by many multiplies: this is five accounts full of stacks. */
const MAX_NESTED = 10_000;
/** Of stacks or of assemblies, one in the other; CDK apps rarely have three levels. */
const MAX_LEVELS = 50;

export interface AssemblyStack {
  /** How `cdk deploy` names it. */
  readonly displayName: string;
  readonly stackName: string;
  /** Undefined when it is decided at deployment. */
  readonly account?: string;
  /** Undefined when it is decided at deployment. */
  readonly region?: string;
  /** Values for the parameters of the template, as far as they are known. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly template: Template;
  /** By the logical id of the AWS::CloudFormation::Stack. Those whose template is not in the assembly are absent. */
  readonly nested: Readonly<Record<string, NestedTemplate>>;
  /** Where the manifest is that names this stack. */
  readonly directory: string;
  /** Where the whole assembly is, when this stack is one of a stage in it. */
  readonly assembly?: string;
  /** The role with which `cdk deploy` deploys it. Its text holds placeholders such as ${AWS::AccountId}. */
  readonly deployRoleArn?: string;
  /** Whether it stands for what `cdk bootstrap` made. */
  readonly isBootstrap?: boolean;
}

export interface NestedTemplate {
  readonly template: Template;
  readonly nested: Readonly<Record<string, NestedTemplate>>;
}

/** A place to which a file or an image is published. Its texts hold placeholders such as ${AWS::AccountId}. */
export interface AssetDestination {
  /** Of the asset: usually a hash of its contents. */
  readonly id: string;
  readonly kind: 'file' | 'image';
  /** Of the destination. */
  readonly destination: string;
  /** Of a file. */
  readonly bucketName?: string;
  /** Of a file. */
  readonly objectKey?: string;
  /** Of an image. */
  readonly repositoryName?: string;
  /** Of an image. */
  readonly imageTag?: string;
  /** Who publishes it; undefined when the credentials at hand do. */
  readonly assumeRoleArn?: string;
  readonly region?: string;
}

/**
 * All stacks of a cloud assembly, those of its stages included.
 *
 * @param directory the folder that `cdk synth` wrote, usually `cdk.out`
 */
export function readAssembly(directory: string, progress?: Progress): AssemblyStack[] {
  return new AssemblyReader(directory, progress).stacksIn(directory);
}

/**
 * Where an asset manifest has its assets published.
 *
 * @param directory the folder that `cdk synth` wrote
 * @param manifestPath of the `*.assets.json`, relative to the directory
 */
export function assetDestinations(directory: string, manifestPath: string): AssetDestination[] {
  const file = pathInside(directory, directory, manifestPath, directory);
  const manifest = documentIn(file, 'asset manifest');

  function listOf(
    section: string,
    of: (destination: Part) => Partial<AssetDestination>,
    kind: AssetDestination['kind'],
  ) {
    return manifest.parts(section).flatMap(([id, asset]) =>
      asset.parts('destinations').map(([destination, part]) => ({
        id,
        kind,
        destination,
        ...of(part),
        assumeRoleArn: part.optionalText('assumeRoleArn'),
        region: part.optionalText('region'),
      })),
    );
  }

  return [
    ...listOf('files', (part) => ({ bucketName: part.text('bucketName'), objectKey: part.text('objectKey') }), 'file'),
    ...listOf(
      'dockerImages',
      (part) => ({ repositoryName: part.text('repositoryName'), imageTag: part.text('imageTag') }),
      'image',
    ),
  ];
}

/** The text of a file of an ordinary size; never waits for a pipe or a device. */
export function readText(file: string): string {
  try {
    const stats = statSync(file);
    if (!stats.isFile()) throw new Error('it is no file');
    if (stats.size > MAX_BYTES) throw new Error(tooLarge(MAX_BYTES));
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is no text in UTF-8; save it as UTF-8' : message;
    throw new UnreadableInput(`${file} cannot be read: ${reason}`);
  }
}

class AssemblyReader {
  private readonly seen = new Set<string>();
  private readonly templates = new Map<string, Template>();
  private nestedCount = 0;

  constructor(
    private readonly root: string,
    private readonly progress?: Progress,
  ) {}

  public stacksIn(directory: string, level = 1): AssemblyStack[] {
    const manifestFile = pathInside(this.root, directory, 'manifest.json', directory);
    if (!existsSync(manifestFile)) {
      throw new UnreadableInput(`${directory} is no cloud assembly: it has no manifest.json; run 'cdk synth' first`);
    }
    const identity = realpathSync(directory);
    if (this.seen.has(identity)) {
      throw new UnreadableInput(`${manifestFile} is named twice, maybe by itself; run 'cdk synth' again`);
    }
    this.seen.add(identity);
    if (level > MAX_LEVELS) {
      throw new UnreadableInput(`${manifestFile} is an assembly in more than ${MAX_LEVELS} others; check it by itself`);
    }
    return documentIn(manifestFile, 'manifest of a cloud assembly')
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

  private stackOf(id: string, artifact: Part, directory: string, manifestFile: string): AssemblyStack {
    const properties = artifact.part('properties');
    const file = pathInside(this.root, directory, properties.text('templateFile'), manifestFile);
    if (!existsSync(file)) {
      throw new UnreadableInput(
        `${manifestFile} names the template ${basename(file)}, which does not exist; run 'cdk synth' again`,
      );
    }
    const template = this.templateOf(file);
    return {
      displayName: artifact.optionalText('displayName') ?? id,
      stackName: properties.optionalText('stackName') ?? id,
      ...environmentOf(artifact),
      parameters: properties.texts('parameters'),
      template,
      nested: this.nestedOf(template, file, directory, [realpathSync(file)]),
      directory,
      assembly: this.root,
      deployRoleArn: properties.optionalText('assumeRoleArn'),
    };
  }

  /** CDK writes a template without Resources for a stack that has none. */
  private templateOf(file: string): Template {
    const identity = realpathSync(file);
    const known = this.templates.get(identity);
    if (known !== undefined) return known;
    const data = parseData(readText(file), file, 'template');
    const whole =
      isObject(data) && !Object.hasOwn(data, 'Resources')
        ? record([...Object.entries(data), ['Resources', record()] as const])
        : data;
    const template = asTemplate(whole, file);
    this.templates.set(identity, template);
    this.progress?.(`read ${this.templates.size} templates`);
    return template;
  }

  private nestedOf(
    template: Template,
    file: string,
    directory: string,
    around: readonly string[],
  ): Record<string, NestedTemplate> {
    return record(
      Object.entries(template.Resources ?? {}).flatMap(([id, resource]): Array<[string, NestedTemplate]> => {
        const path = nestedPathOf(resource);
        if (path === undefined) return [];
        const inner = pathInside(this.root, directory, path, file);
        if (!existsSync(inner)) return [];
        const identity = realpathSync(inner);
        const nests = `${file} nests ${basename(inner)} as ${id}`;
        if (around.includes(identity)) throw new UnreadableInput(`${nests}, and so itself, without end; take it out`);
        if (around.length >= MAX_LEVELS) {
          throw new UnreadableInput(`${nests}, which makes more than ${MAX_LEVELS} levels; nest less`);
        }
        if ((this.nestedCount += 1) > MAX_NESTED) {
          throw new UnreadableInput(`${this.root} nests more than ${MAX_NESTED} stacks; check it in parts`);
        }
        const innerTemplate = this.templateOf(inner);
        return [
          [
            id,
            { template: innerTemplate, nested: this.nestedOf(innerTemplate, inner, directory, [...around, identity]) },
          ],
        ];
      }),
    );
  }
}

/** What `cdk synth` tells in the metadata of a nested stack about the file of its template. */
function nestedPathOf({ Type, Metadata = {} }: Resource): string | undefined {
  const path = Metadata['aws:asset:path'];
  const isNested = Type === 'AWS::CloudFormation::Stack' && Metadata['aws:asset:property'] === 'TemplateURL';
  return isNested && typeof path === 'string' ? path : undefined;
}

function environmentOf(artifact: Part): Pick<AssemblyStack, 'account' | 'region'> {
  const environment = artifact.optionalText('environment') ?? 'aws://unknown-account/unknown-region';
  const parts = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment);
  if (parts === null) throw artifact.wrong(`environment must read aws://account/region, got ${environment}`);
  const [, account, region] = parts;
  return {
    account: account === 'unknown-account' ? undefined : account,
    region: region === 'unknown-region' ? undefined : region,
  };
}

/**
 * A path that an input names. It must stay in the assembly, also by way of links: reading may not be a means to look
 * around.
 */
function pathInside(root: string, directory: string, path: string, namedBy: string): string {
  const file = join(directory, path);

  function isInside(outer: string, inner: string) {
    const way = relative(outer, inner);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  }

  function isLinkFine() {
    return !existsSync(file) || isInside(realpathSync(root), realpathSync(file));
  }

  if (isAbsolute(path) || !isInside(resolve(root), resolve(file)) || !isLinkFine()) {
    throw new UnreadableInput(
      `${namedBy} names ${path}, which is outside of the assembly ${root}; run 'cdk synth' again`,
    );
  }
  return file;
}

function documentIn(file: string, kind: string) {
  return new Part(file, kind, '', parseData(readText(file), file, kind));
}

/** A part of a document that knows where it stands, so that what is wrong with it can be said in a line. */
class Part {
  private readonly data: Record<string, unknown>;

  constructor(
    private readonly file: string,
    private readonly kind: string,
    private readonly at: string,
    data: unknown,
  ) {
    if (!isObject(data)) throw this.wrong('it must be an object');
    this.data = data;
  }

  public wrong(what: string): UnreadableInput {
    return new UnreadableInput(`${this.file} is no ${this.kind}: ${this.at}${what}; run 'cdk synth' again`);
  }

  public part(key: string): Part {
    return new Part(this.file, this.kind, `${this.at}${key}: `, this.data[key]);
  }

  /** All that is under a key, none when the key is absent. */
  public parts(key: string): Array<[string, Part]> {
    if (this.data[key] === undefined) return [];
    const { data, at } = this.part(key);
    return Object.entries(data).map(([name, value]) => [name, new Part(this.file, this.kind, `${at}${name}: `, value)]);
  }

  public text(key: string): string {
    const value = this.optionalText(key);
    if (value === undefined) throw this.wrong(`${key} is missing`);
    return value;
  }

  public optionalText(key: string): string | undefined {
    const value = this.data[key];
    if (value !== undefined && typeof value !== 'string') throw this.wrong(`${key} must be a text`);
    return value;
  }

  public texts(key: string): Record<string, string> {
    if (this.data[key] === undefined) return record();
    const part = this.part(key);
    return record(Object.keys(part.data).map((name) => [name, part.text(name)]));
  }
}
