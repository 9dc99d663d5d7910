import type { Build } from './build';
import { commandsOf } from './build-spec';
import type { Call } from '../call';

const PUSH = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html';
const DESCRIBE = 'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html';

/** What a command asks of the repository that `$IMAGE_REPOSITORY` names. */
const ASKED: ReadonlyArray<{ readonly command: RegExp; readonly calls: readonly string[]; readonly source: string }> = [
  {
    command: /\bdocker push "\$IMAGE_REPOSITORY:/,
    calls: [
      'ecr:BatchCheckLayerAvailability',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
    ],
    source: PUSH,
  },
  { command: /\bdocker buildx imagetools create\b/, calls: ['ecr:BatchGetImage', 'ecr:PutImage'], source: PUSH },
  { command: /\bdocker pull "\$IMAGE_URI"/, calls: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], source: PUSH },
  { command: /\baws ecr describe-images .*"\$\{IMAGE_REPOSITORY#/, calls: ['ecr:DescribeImages'], source: DESCRIBE },
];

const URI = /^([^.]+)\.dkr\.ecr\.([^.]+)\.[^/]+\/([^:@]+)$/;
/** Ours are shorter. */
const LONGEST_COMMAND = 5000;

/**
 * Commands with which images are pushed, pulled and described, when they name the repository in the variable that our
 * builds have for it.
 */
export function dockerCalls({ spec = {}, variables, project: { stack }, call }: Build): Call[] {
  const [, account, region, repository] =
    URI.exec(variables.find(({ name }) => name === 'IMAGE_REPOSITORY')?.value ?? '') ?? [];
  if (repository === undefined) return [];
  const arn = `arn:${stack.partition}:ecr:${region}:${account}:repository/${repository}`;
  const commands = commandsOf(spec).filter(({ length }) => length <= LONGEST_COMMAND);
  const asked = ASKED.filter(({ command }) => commands.some((one) => command.test(one)));
  return [
    ...(asked.length === 0 ? [] : [call('ecr:GetAuthorizationToken', '*', { basis: 'inferred', source: PUSH })]),
    ...asked.flatMap(({ calls, source }) => calls.map((api) => call(api, arn, { basis: 'inferred', source }))),
  ];
}
