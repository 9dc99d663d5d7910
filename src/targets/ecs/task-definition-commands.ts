import type { TaskDefinitionSpec } from './task-definition-spec';
import { READ_ONLY_FIELDS } from '../../aws/ecs';
import { quote, writeCommands } from '../../pipeline/shell-words';
import { imageVariable } from '../image-commands';

/** A container and its image: a quoted shell word, e.g. `"$IMAGE_1"`. */
export interface ContainerImage {
  readonly name: string;
  readonly image: string;
}

/**
 * jq program that converts the output of `ecs describe-task-definition` to the input of `ecs register-task-definition`:
 * without read-only fields and nulls, with its tags except those of AWS, and with new images. It fails if a container
 * is missing.
 */
const PROGRAM: readonly string[] = [
  'def whole: if type == "object" then with_entries(select(.value != null) | .value |= whole)',
  '  elif type == "array" then map(whole) else . end;',
  '($images | split("\\n") | [. as $lines | range(0; length; 2) | {key: $lines[.], value: $lines[. + 1]}] | ' +
    'from_entries) as $images',
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
 * registration.
 *
 * @param file path as a quoted shell word
 */
export function taskDefinitionCommands(family: string, images: readonly ContainerImage[], file: string): string[] {
  return [
    ...writeCommands(PROGRAM, PROGRAM_FILE),
    `FAMILY=${quote(family)}`,
    `aws ecs describe-task-definition --task-definition "$FAMILY" --include TAGS --output json > ${DESCRIBED} ` +
      '|| { echo "Cannot read the latest revision of the task definition $FAMILY" >&2; false; }',
    `true > ${IMAGES_FILE}`,
    ...images.map(({ name, image }) => `printf '%s\\n' ${quote(name)} ${image} >> ${IMAGES_FILE}`),
    `jq --arg images "$(cat ${IMAGES_FILE})" -f ${PROGRAM_FILE} ${DESCRIBED} > ${file}`,
  ];
}

/**
 * Returns the commands that register a revision with the released images, and set `TASK_DEFINITION` to its ARN.
 *
 * @param file path of the revision as a quoted shell word
 */
export function registerTaskDefinitionCommands({ family, containers }: TaskDefinitionSpec, file: string): string[] {
  const images = containers.map(({ name }, i) => ({ name, image: `"$${imageVariable(i)}"` }));
  return [
    ...taskDefinitionCommands(family, images, file),
    `TASK_DEFINITION="$(aws ecs register-task-definition --cli-input-json file://${file} --query ` +
      'taskDefinition.taskDefinitionArn --output text)" ' +
      '&& export TASK_DEFINITION || { echo "The task definition was not registered" >&2; false; }',
  ];
}
