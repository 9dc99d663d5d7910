import { imageVariable } from './image-commands';
import { READ_ONLY_FIELDS } from '../../facts/ecs';
import type { EcsContainerPlan } from '../../plan/ecs-plan';

/** What stands in a file for the image of a container: the image that was read, or a word that the action of CodeDeploy replaces. */
export type ImageForm = 'pinned' | 'placeholders';

/** Name of the placeholder of a container, without the angle brackets around it. */
export const imagePlaceholder = (index: number) => `IMAGE${index + 1}_NAME`;

const IMAGE_FORMS: { readonly [K in ImageForm]: (index: number) => string } = {
  pinned: (index) => `"$${imageVariable(index)}"`,
  placeholders: (index) => `'<${imagePlaceholder(index)}>'`,
};

/** What ECS said of the newest revision. Not among the files of the step: environment variables of containers are in it. */
const DESCRIBED = '"${TMPDIR:-/tmp}/described-task-definition.json"';

/**
 * From what ECS says of a task definition to what it may be told: without what only ECS may say, with the new images. Tags of AWS itself are refused,
 * an empty list of tags is too, and so is `null`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
const TO_BE_REGISTERED = [
  '[.tags[]? | select(.key | ascii_downcase | startswith("aws:") | not)] as $tags',
  '.taskDefinition',
  `del(${READ_ONLY_FIELDS.map((field) => `.${field}`).join(', ')})`,
  '.containerDefinitions |= map(if $images[.name] then .image = $images[.name] else . end)',
  'if $tags == [] then . else .tags = $tags end',
  'del(.. | nulls)',
].join(' | ');

const LACKS_NONE = '($images | keys) - [.taskDefinition.containerDefinitions[].name] == []';

/**
 * Writes the input of `aws ecs register-task-definition`, made of the newest revision of a family and new images, into a file.
 *
 * @param images `pinned`: what `readImageCommands` has put into variables
 */
export const taskDefinitionCommands = (family: string, containers: readonly EcsContainerPlan[], images: ImageForm, file: string): string[] => [
  `FAMILY='${family}'`,
  "IMAGES='{}'",
  ...containers.map(({ name }, i) => `IMAGES="$(printf '%s' "$IMAGES" | jq -c --arg name '${name}' --arg image ${IMAGE_FORMS[images](i)} '.[$name] = $image')"`),
  `aws ecs describe-task-definition --task-definition "$FAMILY" --include TAGS --output json > ${DESCRIBED}`,
  `jq -e --argjson images "$IMAGES" '${LACKS_NONE}' ${DESCRIBED} > /dev/null || { echo "The newest revision of $FAMILY lacks one of the containers that get an image: $IMAGES" >&2; false; }`,
  `jq --argjson images "$IMAGES" '${TO_BE_REGISTERED}' ${DESCRIBED} > ${file}`,
];

/** Registers what such a file says, and puts the ARN of the new revision into `TASK_DEFINITION`. */
export const registerCommands = (file: string): string[] => [
  `TASK_DEFINITION="$(aws ecs register-task-definition --cli-input-json "file://${file}" --query taskDefinition.taskDefinitionArn --output text)"`,
  'export TASK_DEFINITION && echo "Registered $TASK_DEFINITION"',
];
