import type { Build } from './build';
import { commandsOf } from './build-spec';
import { AssetDestination, assetDestinations } from '../../../assembly/cloud-assembly';
import type { StackScope } from '../../../assembly/scope';
import { textOf } from '../../../assembly/json';
import { UnreadableInput } from '../../../assembly/template';
import type { Call } from '../call';

const ASSETS = 'https://github.com/aws/aws-cdk-cli/tree/main/packages/cdk-assets';
const BOOTSTRAPPING = 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html';

const DESTINATION = 'https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.AwsDestination.html';

/** All that a manifest lists. */
const PUBLISH_ALL = /^(?:npx --yes )?cdk-assets(?:@[\w.-]+)? --path "([^"]+)" publish$/;
/** One asset of a manifest. */
const PUBLISH = /^cdk-assets\s+(?:.*\s)?--path\s+"([^"]+)"\s.*\bpublish\s+"([^":]+):([^"]+)"/;
/** CDK writes no longer ones. */
const LONGEST_COMMAND = 5000;
/** `cdk -a <assembly> deploy …`, with the command that is installed or one of a certain version. */
const DEPLOY = /^(?:npx\s+(?:--yes\s+|-y\s+)?(?:aws-cdk(?:@\S+)?|"aws-cdk@\S+"|cdk)|cdk)\s+-a\s+\S+\s+deploy\s/;

/**
 * The commands of builds are not read in general, save those of two tools: cdk-assets, with which CDK Pipelines
 * publishes one asset and we all of a manifest, and the CDK CLI, with which CDK Pipelines updates itself. Each works
 * under a role of `cdk bootstrap`.
 */
export function cdkCalls({ project, role, spec = {} }: Build): Call[] {
  const commands = commandsOf(spec).filter(({ length }) => length <= LONGEST_COMMAND);
  return [
    ...commands.flatMap((command) => publishCalls(command, project.stack, role)),
    ...(commands.some((command) => DEPLOY.test(command)) ? deployCalls(project.stack, role) : []),
    ...commands.flatMap((command) => registryCalls(command, project.stack, role)),
  ];
}

/** Paths of commands begin at the top of the assembly, also when the pipeline is in a stage of it. */
function publishCalls(command: string, stack: StackScope, role: string): Call[] {
  if (stack.assembly === undefined) return [];
  const [, all] = PUBLISH_ALL.exec(command) ?? [];
  if (all !== undefined) {
    return destinationsIn(stack.assembly, all).flatMap((one) => destinationCalls(one, stack, role));
  }
  const [, manifest, id, name] = PUBLISH.exec(command) ?? [];
  if (manifest === undefined) return [];
  return destinationsIn(stack.assembly, manifest)
    .filter((one) => one.id === id && one.destination === name)
    .flatMap((one) => destinationCalls(one, stack, role));
}

function destinationCalls(destination: AssetDestination, stack: StackScope, role: string): Call[] {
  if (destination.assumeRoleArn === undefined) return [];
  const { kind, bucketName = '', objectKey = '', repositoryName = '', region = stack.region } = destination;

  function fill(text: string) {
    return textOf(stack.resolve({ 'Fn::Sub': text }));
  }

  const publisher = fill(destination.assumeRoleArn);
  const account = publisher.split(':')[4];
  const common = { step: 'work', from: stack, basis: 'inferred', source: ASSETS } as const;
  return [
    {
      ...common,
      caller: { role },
      call: 'sts:AssumeRole',
      resource: publisher,
      basis: 'documented',
      source: DESTINATION,
    },
    kind === 'file'
      ? {
          ...common,
          caller: { role: publisher },
          call: 's3:PutObject',
          resource: `arn:${stack.partition}:s3:::${fill(bucketName)}/${fill(objectKey)}`,
        }
      : {
          ...common,
          caller: { role: publisher },
          call: 'ecr:PutImage',
          resource: `arn:${stack.partition}:ecr:${fill(region)}:${account}:repository/${fill(repositoryName)}`,
        },
  ];
}

/** CDK Pipelines tells builds by a file in which secrets the credentials of image registries are. */
function registryCalls(command: string, stack: StackScope, role: string): Call[] {
  return !command.includes('cdk-docker-creds.json')
    ? []
    : [...command.matchAll(/"secretsManagerSecretId":"([^"]+)"/g)].map(([, secret]) => ({
        step: 'work',
        from: stack,
        basis: 'inferred',
        source: ASSETS,
        caller: { role },
        call: 'secretsmanager:GetSecretValue',
        resource: secret,
      }));
}

/** What an asset manifest names; nothing when it is not in the assembly. */
function destinationsIn(directory: string, manifest: string): AssetDestination[] {
  try {
    return assetDestinations(directory, manifest);
  } catch (error) {
    if (error instanceof UnreadableInput) return [];
    throw error;
  }
}

/**
 * The pipeline updates itself: its stack is deployed, and the assets of that stack are published, under the roles of
 * the environment.
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
      uncertainty: 'only older versions of the CDK CLI look at the stack of the bootstrapping this way',
    })),
  ];
}
