import type { NameRule } from './limits';

/**
 * Names of images: an optional registry, a path, and an optional tag or digest.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference
 */
export const IMAGE_NAME: NameRule = {
  pattern: new RegExp(
    '^([A-Za-z0-9][A-Za-z0-9.-]*(:\\d+)?/)?' +
      '[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*' +
      '(:\\w[\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$',
  ),
  maxLength: 500,
  description: "an image name such as 'registry.example.com/tools/node:22'",
};
