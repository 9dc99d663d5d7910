import type { Build } from './build';
import { commandsOf } from './build-spec';
import { assemblyDestinations, AssetDestination, assetDestinations } from '../../../assembly/cloud-assembly';
import type { StackScope } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import { UnreadableInput } from '../../../assembly/template';
import type { Call } from '../call';

const ASSETS = 'https://github.com/aws/aws-cdk-cli/tree/main/packages/cdk-assets';
const BOOTSTRAPPING = 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html';

const DESTINATION = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.AwsDestination.html';

/** Matches the command that publishes all assets of an assembly, with the installed CLI or a pinned version. */
const PUBLISH_ALL = /^(?:npx --yes aws-cdk@[\w.-]+|(?:npx )?cdk) -a '?([\w./-]+)'? publish-assets --all\b/;
/** Matches the command that publishes one asset of a manifest. */
const PUBLISH = /^cdk-assets\s+(?:.*\s)?--path\s+"([^"]+)"\s.*\bpublish\s+"([^":]+):([^"]+)"/;
/** Exceeds the length of the commands that CDK writes. */
const MAX_COMMAND_LENGTH = 5000;
/** Matches `cdk -a <assembly> deploy …`, with the installed CLI or a pinned version. */
const DEPLOY = /^(?:npx\s+(?:--yes\s+|-y\s+)?(?:aws-cdk(?:@\S+)?|"aws-cdk@\S+"|cdk)|cdk)\s+-a\s+\S+\s+deploy\s/;

/**
 * Returns the calls of CDK commands in a build: cdk-assets publishes one asset (CDK Pipelines), and the CDK CLI
 * publishes all assets of an assembly (this library) and updates the pipeline. All assume bootstrap roles. Other
 * commands are not modelled.
 */
export function cdkCalls({ project, role, spec = {} }: Build): Call[] {
  const commands = commandsOf(spec).filter(({ length }) => length <= MAX_COMMAND_LENGTH);
  const calls = commands.flatMap((command) => publishCalls(command, project.stack, role));
  if (commands.some((command) => DEPLOY.test(command))) calls.push(...deployCalls(project.stack, role));
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
  const common = { step: 'work', from: stack, caller: { role: publisher }, basis: 'inferred', source: ASSETS } as const;
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
    basis: 'inferred',
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

/**
 * Returns the calls of a pipeline that updates itself: it deploys its stack, and publishes the assets of the stack,
 * with the bootstrap roles of the environment.
 */
function deployCalls(stack: StackScope, role: string): Call[] {
  const common = { step: 'work', from: stack, caller: { role }, basis: 'inferred', source: BOOTSTRAPPING } as const;
  return [
    ...['deploy', 'file-publishing']
      .flatMap((purpose) => stack.bootstrapRoles(purpose))
      .map((resource): Call => ({ ...common, call: 'sts:AssumeRole', resource })),
    ...['cloudformation:DescribeStacks', 's3:ListBucket'].map((call): Call => ({
      ...common,
      call,
      resource: '*',
      uncertainty: 'only older versions of the CDK CLI read the bootstrap stack with the build role',
    })),
  ];
}
