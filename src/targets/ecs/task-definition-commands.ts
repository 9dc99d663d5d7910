import { READ_ONLY_FIELDS } from '../../aws/ecs';
import { quote, writeCommands } from '../../pipeline/shell-words';

/** A container that gets an image: a word of the shell, e.g. `"$IMAGE_1"`. */
export interface ContainerImage {
  readonly name: string;
  readonly image: string;
}

/**
 * What `ecs describe-task-definition` says, made into what `ecs register-task-definition` takes: without what nobody may say, without nulls, with its
 * tags but those of AWS, and with new images. A container that is not there ends it.
 */
const PROGRAM: readonly string[] = [
  'def whole: if type == "object" then with_entries(select(.value != null) | .value |= whole)',
  '  elif type == "array" then map(whole) else . end;',
  '($images | split("\\n") | [. as $lines | range(0; length; 2) | {key: $lines[.], value: $lines[. + 1]}] | from_entries) as $images',
  '| [.tags[]? | select(.key | startswith("aws:") | not)] as $tags',
  '| .taskDefinition',
  '| ([.containerDefinitions[].name]) as $names',
  '| ($images | keys - $names) as $missing',
  '| if $missing != [] then error("no container \\($missing | join(", ")) in \\(.family), only \\($names | join(", "))") else . end',
  `| del(${READ_ONLY_FIELDS.map((field) => `.${field}`).join(', ')})`,
  '| .containerDefinitions |= map(if $images[.name] then .image = $images[.name] else . end)',
  '| if $tags != [] then .tags = $tags else . end',
  '| whole',
];

const PROGRAM_FILE = '"${TMPDIR:-/tmp}/task-definition.jq"';
const DESCRIBED = '"${TMPDIR:-/tmp}/described.json"';
/** A line for each container and one for its image. jq takes the whole as one value, whatever its version. */
const IMAGES_FILE = '"${TMPDIR:-/tmp}/images"';

/**
 * Writes the newest revision of a family of task definitions to a file, as it can be registered again, with new images.
 *
 * @param file a word of the shell
 */
export const taskDefinitionCommands = (family: string, images: readonly ContainerImage[], file: string): string[] => [
  ...writeCommands(PROGRAM, PROGRAM_FILE),
  `FAMILY=${quote(family)}`,
  `aws ecs describe-task-definition --task-definition "$FAMILY" --include TAGS --output json > ${DESCRIBED} ` +
    '|| { echo "The newest revision of the task definition $FAMILY cannot be read" >&2; false; }',
  `: > ${IMAGES_FILE}`,
  ...images.map(({ name, image }) => `printf '%s\\n' ${quote(name)} ${image} >> ${IMAGES_FILE}`),
  `jq --arg images "$(cat ${IMAGES_FILE})" -f ${PROGRAM_FILE} ${DESCRIBED} > ${file}`,
];

/** Registers what such a file says, and puts the ARN of the revision into `TASK_DEFINITION`. */
export const registerCommand = (file: string) =>
  `TASK_DEFINITION="$(aws ecs register-task-definition --cli-input-json file://${file} --query taskDefinition.taskDefinitionArn --output text)" ` +
  '&& export TASK_DEFINITION || { echo "The task definition was not registered" >&2; false; }';
