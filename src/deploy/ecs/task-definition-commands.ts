import { Token } from 'aws-cdk-lib';
import { imageVariable } from './image-commands';
import { READ_ONLY_FIELDS } from '../../facts/ecs';
import { CONTAINER_NAME } from '../../facts/limits';
import type { EcsDefinitionPlan } from '../../plan/ecs-plan';
import { checkName, type Problem } from '../../plan/problems';

/** What is registered as the next revision. */
export const TASK_DEFINITION = 'taskdef.json';

/** What the newest revision is, as ECS describes it. */
const DESCRIBED = 'described.json';

/** The next images, by container. */
const IMAGES = 'images.json';

/** The image of a container in the file, as a word of the shell. */
export type ImageWord = (index: number) => string;

/** The image that was pinned before. */
const pinnedImage: ImageWord = (index) => `"$${imageVariable(index)}"`;

/**
 * Makes the task definition of a release of the newest revision of its family: whoever deployed the stack of the service last has had their say. What
 * only ECS may say is left out, tags that only AWS may set too, and each container that gets an image must be there.
 *
 * @param imageOf the image of a container, by its place in the definition; what was pinned before when it is not said
 */
export function taskDefinitionCommands({ family, containers }: EcsDefinitionPlan, imageOf: ImageWord = pinnedImage): string[] {
  const program = [
    '(($images | keys) - [.taskDefinition.containerDefinitions[].name]) as $missing',
    'if $missing != [] then error("The task definition has no container \\($missing | join(", "))") else . end',
    '((.tags // []) | map(select(.key | startswith("aws:") | not))) as $tags',
    `.taskDefinition | del(${READ_ONLY_FIELDS.map((field) => `.${field}`).join(', ')})`,
    '.containerDefinitions |= map(if $images[.name] then .image = $images[.name] else . end)',
    'if $tags != [] then .tags = $tags else . end',
  ];
  return [
    `aws ecs describe-task-definition --task-definition '${family}' --include TAGS --output json > ${DESCRIBED}`,
    // One command for each, as none may be longer than 1000 characters.
    `: > ${IMAGES}`,
    ...containers.map(({ name }, i) => `jq -n --arg name '${name}' --arg image ${imageOf(i)} '{($name): $image}' >> ${IMAGES}`),
    `jq --slurpfile each ${IMAGES} '($each | add) as $images | ${program.join(' | ')}' ${DESCRIBED} > ${TASK_DEFINITION}`,
  ];
}

/** A family has the same letters as the name of a container. It becomes a word of a command. */
export const checkFamily = (prop: string, family: string | undefined): Problem[] =>
  family === undefined || Token.isUnresolved(family) ? [] : checkName(prop, family, CONTAINER_NAME, 'give the family without its revision');
