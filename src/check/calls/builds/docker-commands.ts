import { type Build, COMMAND } from './build';
import { OTHER_CREDENTIALS, valuesOf } from './aws-cli';
import { RUNTIME_VALUE, simpleCommands } from './shell-commands';
import type { Call } from '../call';

const PUSH = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html';
const DESCRIBE = 'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html';

const PUSH_APIS = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
];

/** Maps commands to their calls on the repository `$IMAGE_REPOSITORY`. */
const COMMANDS: ReadonlyArray<{
  readonly command: RegExp;
  readonly calls: readonly string[];
  readonly source: string;
}> = [
  {
    command: /\bdocker push "\$IMAGE_REPOSITORY:/,
    calls: PUSH_APIS,
    source: PUSH,
  },
  { command: /\bdocker buildx imagetools create\b/, calls: ['ecr:BatchGetImage', 'ecr:PutImage'], source: PUSH },
  { command: /\bdocker pull "\$IMAGE_URI"/, calls: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], source: PUSH },
  { command: /\baws ecr describe-images .*"\$\{IMAGE_REPOSITORY#/, calls: ['ecr:DescribeImages'], source: DESCRIBE },
];

const URI = /^([^.]+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^:@]+)$/;
/** Exceeds the length of the commands of this library. */
const MAX_COMMAND_LENGTH = 5000;

/** Returns the calls of commands that push, pull and describe images. */
export function dockerCalls(build: Build): Call[] {
  const calls = repositoryCalls(build);
  const pushed = pushCalls(build).filter(
    (push) => !calls.some(({ call, resource }) => call === push.call && resource === push.resource),
  );
  return [...calls, ...pushed];
}

const IMAGE = /^([^.]+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^:@]+)/;

/** Returns the calls of `docker push` of images whose repository is known. */
function pushCalls({ commands, values, project: { stack }, call }: Build): Call[] {
  if (commands.some((command) => OTHER_CREDENTIALS.test(command))) return [];
  const known = valuesOf({ commands, region: stack.region, values });
  return simpleCommands(commands, known)
    .filter(([program, command]) => program === 'docker' && command === 'push')
    .flatMap(([, , ...words]) => {
      const image = words.find((word) => !word.startsWith('-')) ?? '';
      const [, account, region, repository] = IMAGE.exec(image) ?? [];
      const parts = [account, region, repository];
      if (parts.some((part) => part === undefined || part.includes(RUNTIME_VALUE))) return [];
      const arn = `arn:${stack.partition}:ecr:${region}:${account}:repository/${repository}`;
      return PUSH_APIS.map((api) => call(api, arn, { caution: COMMAND, source: PUSH }));
    });
}

/** Returns the calls of commands that reference the repository by the variable of this library. */
function repositoryCalls({ commands: all, variables, project: { stack }, call }: Build): Call[] {
  const [, account, region, repository] =
    URI.exec(variables.find(({ name }) => name === 'IMAGE_REPOSITORY')?.value ?? '') ?? [];
  if (repository === undefined) return [];
  const arn = `arn:${stack.partition}:ecr:${region}:${account}:repository/${repository}`;
  const commands = all.filter(({ length }) => length <= MAX_COMMAND_LENGTH);
  const used = COMMANDS.filter(({ command: pattern }) => commands.some((command) => pattern.test(command)));
  if (used.length === 0) return [];
  return [
    call('ecr:GetAuthorizationToken', '*', { caution: COMMAND, source: PUSH }),
    ...used.flatMap(({ calls, source }) => calls.map((api) => call(api, arn, { caution: COMMAND, source }))),
  ];
}
