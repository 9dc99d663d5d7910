import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { type CfnOutput, cx_api as cxapi, Stack, Stage } from 'aws-cdk-lib';
import type { Environment } from '../../pipeline/env';

/**
 * Describes a stage of a CDK app, as its assembly shows it: names and paths only. Nothing here changes with the content
 * of an asset.
 */
export interface StageFacts {
  /** Path of its construct. */
  readonly path: string;
  /** Whether it is the app itself, which is not synthesized. */
  readonly isApp: boolean;
  /** Stacks that others need come first. */
  readonly stacks: readonly StackFacts[];
  /** Stages inside of it. */
  readonly nestedStages: readonly string[];
}

export interface StackFacts {
  /** Unique in the stage; derived from the path of its construct. */
  readonly id: string;
  readonly stackName: string;
  readonly env: Environment;
  /** Ids of stacks that are deployed before. */
  readonly after: readonly string[];
  /** Paths are those of the artifact: they begin at the top of `cdk.out`. */
  readonly templatePath: string;
  /** File with the tags of the stack, when it has any. */
  readonly configurationPath?: string;
  readonly manifests: readonly AssetManifestFacts[];
  /** CloudFormation execution role. ARNs may contain `${AWS::Partition}`, `${AWS::AccountId}` and `${AWS::Region}`. */
  readonly executionRoleArn?: string;
}

/** Describes a list of what is published for a stack. Its items are read when they are published. */
export interface AssetManifestFacts {
  readonly path: string;
  /** Version of its schema. */
  readonly version: number;
  /** Roles that publish, each once. */
  readonly roleArns: readonly string[];
  /** Whether anything is published with the credentials at hand. */
  readonly withoutRole: boolean;
  /** Whether a role is assumed with session tags. */
  readonly sessionTags: boolean;
  /** Whether it lists images that Docker builds. */
  readonly images: boolean;
}

/** Describes an output of a stack that tests receive. */
export interface OutputFacts {
  /** Undefined when its stack is not in the stage. */
  readonly stackId?: string;
  readonly name: string;
}

/**
 * Synthesizes a stage and reads its content; nothing else looks into the assembly. What is read, names and paths, is
 * the same in the build that synthesizes the app again.
 */
export function readStage(stage: Stage): StageFacts {
  const { path, root } = stage.node;
  if (root === stage) return { path, isApp: true, stacks: [], nestedStages: [] };
  const assembly = stage.synth({ validateOnSynthesis: true });
  const top = (root as Stage).outdir;
  const stacks = assembly.stacks.map((artifact) => readStack(artifact, path, top));
  return {
    path,
    isApp: false,
    stacks,
    nestedStages: assembly.nestedAssemblies.map(({ displayName }) => displayName ?? ''),
  };
}

/** Returns the outputs that tests receive, in the order in which they are provided. */
export function readOutputs(stage: Stage, outputs: readonly CfnOutput[]): OutputFacts[] {
  return outputs.map((output) => {
    const stack = Stack.of(output);
    // Only the stack that nests it can read the outputs of a nested stack.
    const isInStage = Stage.of(stack) === stage && !stack.nested;
    return {
      ...(isInStage && { stackId: idOf(stack.node.path, stage.node.path) }),
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
    return relative(top, file).split(sep).join('/');
  }

  const configurationFile = Object.keys(tags).length > 0 ? `${templateFullPath}.config.json` : undefined;
  if (configurationFile !== undefined) writeFileSync(configurationFile, JSON.stringify({ Tags: tags }, undefined, 2));
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
    ...(configurationFile !== undefined && { configurationPath: inArtifact(configurationFile) }),
    manifests: dependencies
      .filter((dependency) => cxapi.AssetManifestArtifact.isAssetManifestArtifact(dependency))
      .map((manifest) => readManifest(manifest, inArtifact)),
    executionRoleArn: artifact.cloudFormationExecutionRoleArn,
  };
}

function readManifest(
  { file, contents }: cxapi.AssetManifestArtifact,
  inArtifact: (file: string) => string,
): AssetManifestFacts {
  const images = Object.values(contents.dockerImages ?? {});
  const assets = [...Object.values(contents.files ?? {}), ...images];
  const destinations = assets.flatMap((asset) => Object.values(asset.destinations));
  return {
    path: inArtifact(file),
    version: Number.parseInt(contents.version, 10),
    roleArns: [...new Set(destinations.flatMap(({ assumeRoleArn }) => assumeRoleArn ?? []))].sort(),
    withoutRole: destinations.some(({ assumeRoleArn }) => assumeRoleArn === undefined),
    sessionTags: destinations.some(
      ({ assumeRoleAdditionalOptions }) => assumeRoleAdditionalOptions?.Tags !== undefined,
    ),
    images: images.length > 0,
  };
}

/** Returns the path of a stack inside of its stage, as a part of the name of an action. */
function idOf(path: string, stagePath: string): string {
  return path.slice(stagePath.length + 1).replace(/[^A-Za-z0-9_-]+/g, '-');
}
