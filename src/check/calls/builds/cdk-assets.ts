import { type Build, COMMAND } from './build';
import { assemblyDestinations, AssetDestination, assetDestinations } from '../../../assembly/cloud-assembly';
import type { StackScope } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import { UnreadableInput } from '../../../assembly/template';
import type { Call } from '../call';

const ASSETS = 'https://github.com/aws/aws-cdk-cli/tree/main/packages/cdk-assets';

const DESTINATION = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.AwsDestination.html';

/** Matches the command that publishes all assets of an assembly, with the installed CLI or a pinned version. */
const PUBLISH_ALL = /^(?:npx --yes aws-cdk@[\w.-]+|(?:npx )?cdk) -a '?([\w./-]+)'? publish-assets --all\b/;
/** Matches the command that publishes one asset of a manifest. */
const PUBLISH = /^cdk-assets\s+(?:.*\s)?--path\s+"([^"]+)"\s.*\bpublish\s+"([^":]+):([^"]+)"/;
/** Exceeds the length of the commands that CDK writes. */
const MAX_COMMAND_LENGTH = 5000;
/**
 * Returns the calls of cdk-assets in a build, which publishes one asset (CDK Pipelines) or all assets of a manifest
 * (this library) under a bootstrap role.
 */
export function cdkAssetCalls({ project, role, commands: all }: Build): Call[] {
  const commands = all.filter(({ length }) => length <= MAX_COMMAND_LENGTH);
  const calls = commands.flatMap((command) => publishCalls(command, project.stack, role));
  return [...calls, ...commands.flatMap((command) => registryCalls(command, project.stack, role))];
}

/**
 * Returns the calls of a publish command. Its paths are relative to the root assembly, also for a pipeline in a stage.
 */
function publishCalls(command: string, stack: StackScope, role: string): Call[] {
  const { assembly } = stack;
  if (assembly === undefined) return [];
  const [, all] = PUBLISH_ALL.exec(command) ?? [];
  if (all !== undefined) {
    const destinations = readable(() => assemblyDestinations(assembly, all));
    return destinations.flatMap((destination) => destinationCalls(destination, stack, role));
  }
  const [, manifest, id, name] = PUBLISH.exec(command) ?? [];
  if (manifest === undefined) return [];
  return readable(() => assetDestinations(assembly, manifest))
    .filter((candidate) => candidate.id === id && candidate.destination === name)
    .flatMap((destination) => destinationCalls(destination, stack, role));
}

function destinationCalls(destination: AssetDestination, stack: StackScope, role: string): Call[] {
  if (destination.assumeRoleArn === undefined) return [];
  const { kind, bucketName = '', objectKey = '', repositoryName = '', region = stack.region } = destination;

  function fill(text: string) {
    return textOf(stack.resolve({ 'Fn::Sub': text }));
  }

  const publisher = fill(destination.assumeRoleArn);
  const account = publisher.split(':')[4];
  const assume: Call = {
    step: 'work',
    from: stack,
    caller: { role },
    call: 'sts:AssumeRole',
    resource: publisher,
    basis: 'documented',
    source: DESTINATION,
  };
  const common = {
    step: 'work',
    from: stack,
    caller: { role: publisher },
    basis: 'documented',
    source: ASSETS,
    caution: COMMAND,
  } as const;
  if (kind === 'file') {
    const resource = `arn:${stack.partition}:s3:::${fill(bucketName)}/${fill(objectKey)}`;
    return [assume, { ...common, call: 's3:PutObject', resource }];
  }
  const resource = `arn:${stack.partition}:ecr:${fill(region)}:${account}:repository/${fill(repositoryName)}`;
  return [assume, { ...common, call: 'ecr:PutImage', resource }];
}

/** Returns the calls that read the registry credentials, whose secrets CDK Pipelines lists in a file. */
function registryCalls(command: string, stack: StackScope, role: string): Call[] {
  if (!command.includes('cdk-docker-creds.json')) return [];
  return [...command.matchAll(/"secretsManagerSecretId":"([^"]+)"/g)].map(([, secret]) => ({
    step: 'work',
    from: stack,
    basis: 'documented',
    caution: COMMAND,
    source: ASSETS,
    caller: { role },
    call: 'secretsmanager:GetSecretValue',
    resource: secret,
  }));
}

/** Returns the destinations that manifests list, or none if a manifest is not in the assembly. */
function readable(read: () => AssetDestination[]): AssetDestination[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableInput) return [];
    throw error;
  }
}
