import { isObject, objectOf, textOf } from './json';
import type { Resource } from './template';

/** Describes a file of an asset manifest. */
export interface FileAsset {
  /** The path of the file, relative to the folder of the manifest. */
  readonly path: string;
  /** The keys of the objects that the file is published to. */
  readonly objectKeys: readonly string[];
}

/** Returns the files of an asset manifest. Ignores entries of the wrong type. */
export function fileAssetsIn(manifest: unknown): FileAsset[] {
  return Object.values(objectOf(objectOf(manifest).files))
    .map(objectOf)
    .map(({ source, destinations }) => ({
      path: textOf(objectOf(source).path),
      objectKeys: Object.values(objectOf(destinations))
        .map((destination) => textOf(objectOf(destination).objectKey))
        .filter((key) => key !== ''),
    }))
    .filter(({ path }) => path !== '');
}

/**
 * Returns the path of a nested stack's template. `cdk synth` writes it into the metadata of the resource. Without the
 * metadata, the URL of the template ends with the object key of an asset. In a template for
 * `aws cloudformation package`, the URL is a relative path.
 *
 * @param assets reads the assets of the folder, which is necessary only for some resources
 */
export function nestedPathOf(
  { Type, Metadata = {}, Properties = {} }: Resource,
  assets: () => readonly FileAsset[],
): string | undefined {
  if (Type !== 'AWS::CloudFormation::Stack') return undefined;
  const path = Metadata['aws:asset:path'];
  if (Metadata['aws:asset:property'] === 'TemplateURL' && typeof path === 'string') return path;
  const { TemplateURL: url } = Properties;
  if (
    typeof url === 'string' &&
    !url.includes('://') &&
    !url.startsWith('/') &&
    /\.(json|ya?ml|template)$/i.test(url)
  ) {
    return url;
  }
  if (url === undefined) return undefined;
  const texts = textsIn(url);
  return assets().find(({ objectKeys }) => objectKeys.some((key) => texts.some((text) => endsWithKey(text, key))))
    ?.path;
}

function endsWithKey(text: string, key: string) {
  return text === key || text.endsWith(`/${key}`);
}

/** Returns all strings of a value, e.g. the parts of an `Fn::Join`. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (isObject(value)) return Object.values(value).flatMap(textsIn);
  return [];
}
