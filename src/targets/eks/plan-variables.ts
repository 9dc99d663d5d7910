import { Token } from 'aws-cdk-lib';
import { COMMANDS_LIMITS } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import type { ReleasedImage } from '../../steps/built-image';
import { validateVariableNames } from '../../steps/validate-names';

/**
 * Plans what CodePipeline substitutes for `$NAME` in the files.
 *
 * @param problems collector at the target
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_EnvironmentVariable.html
 */
export function planVariables(
  environmentVariables: Readonly<Record<string, string>> = {},
  image: ReleasedImage | undefined,
  problems: Problems,
): Readonly<Record<string, string>> {
  const at = problems.at('environmentVariables');
  const ofImage: Record<string, string> = image ? { IMAGE_URI: image.uri, IMAGE_DIGEST: image.digest } : {};
  const variables = { ...ofImage, ...environmentVariables };
  validateVariableNames({ environmentVariables: Object.keys(environmentVariables) }, problems);
  for (const name of Object.keys(ofImage).filter((key) => key in environmentVariables)) {
    at.add('leave the names of the image alone', name, 'rename the variable');
  }
  validateCount(Object.keys(variables).length, Object.keys(ofImage), at);
  for (const [name, value] of Object.entries(environmentVariables)) {
    if (!Token.isUnresolved(value)) validateValue(value, at.at(name));
  }
  return variables;
}

function validateCount(count: number, ofImage: readonly string[], problems: Problems): void {
  const { environmentVariables: max } = COMMANDS_LIMITS;
  if (count <= max) return;
  const among = ofImage.length > 0 ? `, ${ofImage.join(' and ')} among them` : '';
  problems.add(`be at most ${max}${among}`, count, 'write what does not change from run to run into the files');
}

function validateValue(value: string, problems: Problems): void {
  const { min, max } = COMMANDS_LIMITS.environmentValue;
  if (value.length < min || value.length > max) {
    problems.add(`have ${min} to ${max} characters`, value, 'shorten the value, or leave an empty one out');
  }
  if (/[\r\n]/.test(value)) {
    problems.add('be one line', value, 'it becomes a part of the files; write longer texts there');
  }
}
