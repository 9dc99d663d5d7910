import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { type CfnOutput, cx_api as cxapi, Stack, Stage } from 'aws-cdk-lib';
import type { Environment } from '../../pipeline/env';

/** Describes a stage of a CDK app by the names and paths in its assembly, which do not depend on asset contents. */
export interface StageFacts {
  /** Path of its construct. */
  readonly path: string;
  /** Whether the stage is the app itself, which is not synthesized. */
  readonly isApp: boolean;
  /** Stacks in the order of their dependencies. */
  readonly stacks: readonly StackFacts[];
  /** Path of its assembly in the artifact: relative to the root of `cdk.out`. */
  readonly assemblyPath: string;
  /** Names of the stages in it. */
  readonly nestedStages: readonly string[];
}

export interface StackFacts {
  /** Unique in the stage; derived from the path of its construct. */
  readonly id: string;
  readonly stackName: string;
  readonly env: Environment;
  /** Ids of the stacks that it depends on. */
  readonly after: readonly string[];
  /** Path in the artifact: relative to the root of `cdk.out`. */
  readonly templatePath: string;
  /** Path of the file with the tags of the stack, if it has tags. */
  readonly configurationPath?: string;
  readonly manifests: readonly AssetManifestFacts[];
  /** CloudFormation execution role. ARNs may contain `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}`. */
  readonly executionRoleArn?: string;
}

/** Describes an asset manifest of a stack. Its entries are read at run time. */
export interface AssetManifestFacts {
  /** Version of the manifest schema. */
  readonly version: number;
  /** Unique ARNs of the publishing roles. */
  readonly roleArns: readonly string[];
  /** Whether an asset is published without assuming a role. */
  readonly withoutRole: boolean;
  /** Whether a role is assumed with session tags. */
  readonly sessionTags: boolean;
  /** Whether the manifest contains images that Docker builds. */
  readonly images: boolean;
}

/** Describes an output of a stack that tests receive. */
export interface OutputFacts {
  /** Undefined if the stack is not in the stage. */
  readonly stackId?: string;
  readonly name: string;
}

/**
 * Synthesizes a stage and reads its assembly. The names and paths are the same when the build synthesizes the app
 * again.
 */
export function readStage(stage: Stage): StageFacts {
  const { path, root } = stage.node;
  if (root === stage) return { path, isApp: true, stacks: [], assemblyPath: '.', nestedStages: [] };
  const assembly = stage.synth({ validateOnSynthesis: true });
  const top = (root as Stage).outdir;
  const stacks = assembly.stacks.map((artifact) => readStack(artifact, path, top));
  return {
    path,
    isApp: false,
    stacks,
    assemblyPath: pathIn(top, assembly.directory),
    nestedStages: assembly.nestedAssemblies.map(({ displayName }) => displayName ?? ''),
  };
}

/** Returns the outputs that tests receive, in the order in which they are provided. */
export function readOutputs(stage: Stage, outputs: readonly CfnOutput[]): OutputFacts[] {
  return outputs.map((output) => {
    const stack = Stack.of(output);
    // Only its parent can read the outputs of a nested stack.
    const isInStage = Stage.of(stack) === stage && !stack.nested;
    return {
      stackId: isInStage ? idOf(stack.node.path, stage.node.path) : undefined,
      name: String(stack.resolve(output.logicalId)),
    };
  });
}

function readStack(artifact: cxapi.CloudFormationStackArtifact, stagePath: string, top: string): StackFacts {
  const {
    dependencies,
    environment: { account, region },
    tags,
    templateFullPath,
  } = artifact;

  function inArtifact(file: string) {
    return pathIn(top, file);
  }

  let configurationPath: string | undefined;
  if (Object.keys(tags).length > 0) {
    const configurationFile = `${templateFullPath}.config.json`;
    writeFileSync(configurationFile, JSON.stringify({ Tags: tags }, undefined, 2));
    configurationPath = inArtifact(configurationFile);
  }
  return {
    id: idOf(artifact.hierarchicalId, stagePath),
    stackName: artifact.stackName,
    env: {
      account: account === cxapi.UNKNOWN_ACCOUNT ? undefined : account,
      region: region === cxapi.UNKNOWN_REGION ? undefined : region,
    },
    after: dependencies
      .filter((dependency) => cxapi.CloudFormationStackArtifact.isCloudFormationStackArtifact(dependency))
      .map((stack) => idOf(stack.hierarchicalId, stagePath)),
    templatePath: inArtifact(templateFullPath),
    configurationPath,
    manifests: dependencies
      .filter((dependency) => cxapi.AssetManifestArtifact.isAssetManifestArtifact(dependency))
      .map(readManifest),
    executionRoleArn: artifact.cloudFormationExecutionRoleArn,
  };
}

/** Returns the stacks of a stage that import values of others, each with the names of the others. */
export function readImports(stage: Stage): Array<{ readonly stackName: string; readonly exporters: string[] }> {
  const { stacks } = stage.synth();
  return stacks
    .map((artifact) => ({ stackName: artifact.stackName, exporters: importedStacks(artifact) }))
    .filter(({ exporters }) => exporters.length > 0);
}

/** Returns the names of the stacks that a stack depends on and whose outputs its template imports. */
function importedStacks({ template, dependencies }: cxapi.CloudFormationStackArtifact): string[] {
  const text = JSON.stringify(template);
  return dependencies
    .filter((dependency) => cxapi.CloudFormationStackArtifact.isCloudFormationStackArtifact(dependency))
    .filter(
      (stack) => exportsOf(stack).some((name) => text.includes(`{"Fn::ImportValue":${name}}`)) || reads(text, stack),
    )
    .map(({ stackName }) => stackName);
}

/** Returns the names of the exports of a stack as JSON. */
function exportsOf({ template }: cxapi.CloudFormationStackArtifact): string[] {
  const { Outputs = {} } = template as { Outputs?: Record<string, { Export?: { Name: unknown } }> };
  return Object.values(Outputs).flatMap(({ Export }) => (Export ? [JSON.stringify(Export.Name)] : []));
}

/** Returns whether a template reads an output of a stack without an export. */
function reads(text: string, { stackName }: cxapi.CloudFormationStackArtifact): boolean {
  const calls = text.split('"Fn::GetStackOutput":').slice(1);
  return calls.some((call) => call.slice(0, call.indexOf('}')).includes(JSON.stringify(stackName)));
}

function readManifest({ contents }: cxapi.AssetManifestArtifact): AssetManifestFacts {
  const images = Object.values(contents.dockerImages ?? {});
  const assets = [...Object.values(contents.files ?? {}), ...images];
  const destinations = assets.flatMap((asset) => Object.values(asset.destinations));
  return {
    version: Number.parseInt(contents.version, 10),
    roleArns: [...new Set(destinations.flatMap(({ assumeRoleArn }) => assumeRoleArn ?? []))].sort(),
    withoutRole: destinations.some(({ assumeRoleArn }) => assumeRoleArn === undefined),
    sessionTags: destinations.some(
      ({ assumeRoleAdditionalOptions }) => assumeRoleAdditionalOptions?.Tags !== undefined,
    ),
    images: images.length > 0,
  };
}

/** Returns the path of a file in a directory, as it is in an artifact. */
function pathIn(directory: string, file: string): string {
  return relative(directory, file).split(sep).join('/');
}

/** Returns the path of a stack in its stage as part of an action name. */
function idOf(path: string, stagePath: string): string {
  return path.slice(stagePath.length + 1).replace(/[^A-Za-z0-9_-]+/g, '-');
}
