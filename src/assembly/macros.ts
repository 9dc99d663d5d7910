import { type CreateObject, expandLoops } from './for-each';
import { isObject, type JsonObject, listOf, objectOf, textOf } from './json';

/** The sections of a template that decide about macros. */
interface MacroSections {
  readonly Transform?: unknown;
  readonly Resources?: unknown;
}

const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';
/** Lists the transforms of AWS that change only resources of certain types. */
const ADDING: readonly string[] = [
  'AWS::Serverless-2016-10-31',
  'AWS::SecretsManager-2020-07-23',
  'AWS::SecretsManager-2024-09-16',
  'AWS::CodeDeployBlueGreen',
];

/**
 * Expands the loops of a template, and removes the resources that only CloudFormation can add. The list of transforms
 * then contains what was removed.
 *
 * @throws an error if the loops have too many items
 */
export function withoutMacros(data: JsonObject, create: CreateObject): JsonObject {
  const { Resources } = data;
  const isTransformed = isObject(Resources) && Object.hasOwn(Resources, 'Fn::Transform');
  const hasLoops = transformsOf(data.Transform).includes(LANGUAGE_EXTENSIONS);
  if (!isTransformed && !hasLoops) return data;
  const resources = Object.entries(objectOf(Resources)).filter(([key]) => key !== 'Fn::Transform');
  const kept = isTransformed ? create([...Object.entries(data), ['Resources', create(resources)]]) : data;
  const { template, removed } = hasLoops ? expandLoops(kept, create) : { template: kept, removed: [] };
  const added = isTransformed ? transformsOf(objectOf(Resources)['Fn::Transform']) : [];
  return create([...Object.entries(template), ['Transform', [...transformsOf(data.Transform), ...added, ...removed]]]);
}

/** Returns the names of the transforms of a whole template. */
export function transformsOf(transform: unknown): string[] {
  return listOf(transform).map((item) => (isObject(item) ? textOf(item.Name) : textOf(item)));
}

/** Returns whether transforms add resources to a template, which the template can reference. */
export function addsResources(template: MacroSections): boolean {
  return transformsOf(template.Transform).some((name) => name !== LANGUAGE_EXTENSIONS);
}

/**
 * Returns the macros that can change any resource of a template: those of the whole template, and those beside other
 * properties. The value that a macro alone returns is an unknown value instead.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros.html
 */
export function macrosOf(template: MacroSections): string[] {
  const names = transformsOf(template.Transform).filter(
    (name) => name !== LANGUAGE_EXTENSIONS && !ADDING.includes(name),
  );
  const rest: unknown[] = [template.Resources];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    const transform = isObject(value) && Object.keys(value).length > 1 ? value['Fn::Transform'] : undefined;
    if (transform !== undefined) names.push(...transformsOf(transform));
    for (const item of Object.values(value)) if (typeof item === 'object') rest.push(item);
  }
  return [...new Set(names)];
}
