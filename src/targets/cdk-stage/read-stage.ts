import { writeFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { type CfnOutput, cx_api as cxapi, Stack, Stage } from 'aws-cdk-lib';
import type { AssetManifestPlan, CdkOutputPlan, CdkStackPlan, CdkStagePlan } from './cdk-stage-plan';

/**
 * Synthesizes a stage and reads what is in it: the one place that looks into the assembly. What is found there is the same in the build that
 * synthesizes the app again, as far as it is read: names and paths.
 */
export function readStage(stage: Stage): CdkStagePlan {
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

/** Outputs that tests are told, in the order in which they were given. */
export const readOutputs = (stage: Stage, outputs: readonly CfnOutput[]): CdkOutputPlan[] =>
  outputs.map((output) => {
    const stack = Stack.of(output);
    return {
      // The template of a nested stack tells nobody but the stack that nests it.
      ...(Stage.of(stack) === stage && !stack.nested && { stackId: idOf(stack.node.path, stage.node.path) }),
      name: String(stack.resolve(output.logicalId)),
    };
  });

function readStack(artifact: cxapi.CloudFormationStackArtifact, stagePath: string, top: string): CdkStackPlan {
  const {
    dependencies,
    environment: { account, region },
    tags,
    templateFullPath,
  } = artifact;
  const inArtifact = (file: string) => relative(top, file).split(sep).join('/');
  const configurationFile = Object.keys(tags).length > 0 ? `${templateFullPath}.config.json` : undefined;
  if (configurationFile !== undefined) writeFileSync(configurationFile, JSON.stringify({ Tags: tags }, undefined, 2));
  return {
    id: idOf(artifact.hierarchicalId, stagePath),
    stackName: artifact.stackName,
    place: {
      account: account === cxapi.UNKNOWN_ACCOUNT ? undefined : account,
      region: region === cxapi.UNKNOWN_REGION ? undefined : region,
    },
    after: dependencies
      .filter((one) => cxapi.CloudFormationStackArtifact.isCloudFormationStackArtifact(one))
      .map((one) => idOf(one.hierarchicalId, stagePath)),
    templatePath: inArtifact(templateFullPath),
    ...(configurationFile !== undefined && { configurationPath: inArtifact(configurationFile) }),
    manifests: dependencies
      .filter((one) => cxapi.AssetManifestArtifact.isAssetManifestArtifact(one))
      .map((one) => readManifest(one, inArtifact)),
    executionRoleArn: artifact.cloudFormationExecutionRoleArn,
  };
}

function readManifest(
  { file, contents }: cxapi.AssetManifestArtifact,
  inArtifact: (file: string) => string,
): AssetManifestPlan {
  const images = Object.values(contents.dockerImages ?? {});
  const destinations = [...Object.values(contents.files ?? {}), ...images].flatMap((asset) =>
    Object.values(asset.destinations),
  );
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

/** The path of a stack inside of its stage, as a part of the name of an action. */
const idOf = (path: string, stagePath: string) => path.slice(stagePath.length + 1).replace(/[^A-Za-z0-9_-]+/g, '-');
