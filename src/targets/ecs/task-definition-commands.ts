import type { TaskDefinitionSpec } from './task-definition-spec';
import { READ_ONLY_FIELDS } from '../../aws/ecs';
import { FLOOR_CLI } from '../../aws/task-definition-fields';
import { quote, writeCommands } from '../../pipeline/shell-words';
import { imageVariable } from '../image-commands';

/** A container and its image: a quoted shell word, e.g. `"$IMAGE_1"`. */
export interface ContainerImage {
  readonly name: string;
  readonly image: string;
}

const CLI_VERSION = `${FLOOR_CLI.major}.${FLOOR_CLI.minor}`;

/**
 * jq program that converts the output of `ecs describe-task-definition` to the input of `ecs register-task-definition`:
 * without read-only fields and nulls, with its tags except those of AWS, and with new images. It fails if a container
 * is missing, or if the CLI may have dropped fields, which the registered revision would then lack.
 */
const PROGRAM: readonly string[] = [
  'def whole: if type == "object" then with_entries(select(.value != null) | .value |= whole)',
  '  elif type == "array" then map(whole) else . end;',
  '($images | split("\\n") | [. as $lines | range(0; length; 2) | {key: $lines[.], value: $lines[. + 1]}] | ' +
    'from_entries) as $images',
  '| ($cli | ltrimstr("aws-cli/") | split(" ")[0] | split(".")[0:2] | map(tonumber? // 0)) as $version',
  `| if $version < [${FLOOR_CLI.major}, ${FLOOR_CLI.minor}] then error("AWS CLI ${CLI_VERSION} or newer is required, ` +
    'since older ones drop fields of task definitions; got \\($cli)") else . end',
  '| ([paths | .[] | strings | ascii_downcase] | unique) as $known',
  '| ($fields | split(" ") | map(select(. != "" and ([ascii_downcase] - $known) != []))) as $lost',
  '| if $lost != [] then error("the AWS CLI of this action, \\($cli), returns no \\($lost | join(", ")) of the task ' +
    'definition \\(.taskDefinition.family), so a new revision would lack them. If the latest revision has them, wait ' +
    'for a newer CLI, or remove them from the template; otherwise deploy the stack of the task definition") else . end',
  '| [.tags[]? | select(.key | startswith("aws:") | not)] as $tags',
  '| .taskDefinition',
  '| ([.containerDefinitions[].name]) as $names',
  '| ($images | keys - $names) as $missing',
  '| if $missing != [] then error("no container \\($missing | join(", ")) in \\(.family), only \\($names | ' +
    'join(", "))") else . end',
  `| del(${READ_ONLY_FIELDS.map((field) => `.${field}`).join(', ')})`,
  '| .containerDefinitions |= map(if $images[.name] then .image = $images[.name] else . end)',
  '| if $tags != [] then .tags = $tags else . end',
  '| whole',
];

const PROGRAM_FILE = '"${TMPDIR:-/tmp}/task-definition.jq"';
const DESCRIBED = '"${TMPDIR:-/tmp}/described.json"';
/** File with two lines for each container: name and image. All versions of jq accept it as a single value. */
const IMAGES_FILE = '"${TMPDIR:-/tmp}/images"';

/**
 * Returns the commands that write the latest revision of a family to a file, with new images, as input of a
 * registration. The log contains the version of the AWS CLI.
 *
 * @param file path as a quoted shell word
 */
export function taskDefinitionCommands(
  { family, newerFields = '' }: TaskDefinitionSpec,
  images: readonly ContainerImage[],
  file: string,
): string[] {
  return [
    ...writeCommands(PROGRAM, PROGRAM_FILE),
    'CLI="$(aws --version 2>&1)" && echo "$CLI"',
    `FIELDS=${quote(newerFields)}`,
    `FAMILY=${quote(family)}`,
    `aws ecs describe-task-definition --task-definition "$FAMILY" --include TAGS --output json > ${DESCRIBED} ` +
      '|| { echo "Cannot read the latest revision of the task definition $FAMILY" >&2; false; }',
    `true > ${IMAGES_FILE}`,
    ...images.map(({ name, image }) => `printf '%s\\n' ${quote(name)} ${image} >> ${IMAGES_FILE}`),
    `jq --arg cli "$CLI" --arg fields "$FIELDS" --arg images "$(cat ${IMAGES_FILE})" ` +
      `-f ${PROGRAM_FILE} ${DESCRIBED} > ${file}`,
  ];
}

/**
 * Returns the commands that register a revision with the released images, and set `TASK_DEFINITION` to its ARN.
 *
 * @param file path of the revision as a quoted shell word
 */
export function registerTaskDefinitionCommands(definition: TaskDefinitionSpec, file: string): string[] {
  const images = definition.containers.map(({ name }, i) => ({ name, image: `"$${imageVariable(i)}"` }));
  return [
    ...taskDefinitionCommands(definition, images, file),
    `TASK_DEFINITION="$(aws ecs register-task-definition --cli-input-json file://${file} --query ` +
      'taskDefinition.taskDefinitionArn --output text)" ' +
      '&& export TASK_DEFINITION || { echo "The task definition was not registered" >&2; false; }',
  ];
}
