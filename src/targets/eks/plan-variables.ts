import { Token } from 'aws-cdk-lib';
import { COMMANDS_LIMITS } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import type { ReleasedImage } from '../../steps/built-image';
import { validateVariableNames } from '../../steps/validate-names';
import { characters, atMostVariables } from '../../common/rules';

/**
 * Plans the variables that CodePipeline substitutes for `$NAME` in the files.
 *
 * @param problems collector at the target
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_EnvironmentVariable.html
 */
export function planVariables(
  environmentVariables: Readonly<Record<string, string>> = {},
  image: ReleasedImage | undefined,
  problems: Problems,
): Readonly<Record<string, string>> {
  const variableProblems = problems.at('environmentVariables');
  const ofImage = imageVariables(image);
  const variables = { ...ofImage, ...environmentVariables };
  validateVariableNames({ environmentVariables: Object.keys(environmentVariables) }, problems);
  for (const name of Object.keys(ofImage).filter((key) => key in environmentVariables)) {
    variableProblems.add('not contain the reserved names of the image', name, 'rename the variable');
  }
  validateCount(Object.keys(variables).length, Object.keys(ofImage), variableProblems);
  for (const [name, value] of Object.entries(environmentVariables)) {
    if (!Token.isUnresolved(value)) validateValue(value, variableProblems.at(name));
  }
  return variables;
}

function imageVariables(image: ReleasedImage | undefined): Record<string, string> {
  if (!image) return {};
  return { IMAGE_URI: image.uri, IMAGE_DIGEST: image.digest };
}

function validateCount(count: number, ofImage: readonly string[], problems: Problems): void {
  const { environmentVariables: max } = COMMANDS_LIMITS;
  if (count <= max) return;
  const included = ofImage.length > 0 ? `, including ${ofImage.join(' and ')}` : '';
  problems.add(`${atMostVariables(max)}${included}`, count, 'move constant values to the files');
}

function validateValue(value: string, problems: Problems): void {
  const { min, max } = COMMANDS_LIMITS.environmentValue;
  if (value.length < min || value.length > max) {
    problems.add(characters({ min, max }), value, 'shorten the value, or remove an empty one');
  }
  if (/[\r\n]/.test(value)) {
    problems.add('be a single line', value, 'move multi-line text to the files');
  }
}
