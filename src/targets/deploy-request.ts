import type { ReleasedImage } from './released-image';

/** What a target is told of what it releases. */
export interface DeployRequest {
  readonly environment: string;
  readonly artifact: string;
  /** The artifact of the first source: it has the files that an image does not. */
  readonly source?: string;
  /** What is released is an image, and the artifact describes it. */
  readonly image?: ReleasedImage;
}
