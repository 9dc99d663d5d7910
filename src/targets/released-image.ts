import type { DeployRequest } from './deploy-request';
import { problem, type Problem } from '../pipeline/problems';

/** Where the files of a release are: an artifact that describes an image holds none, so they are those of the source. */
export const releasedFilesOf = ({ image, source, artifact }: DeployRequest): string =>
  image && source !== undefined ? source : artifact;

/** What is released is an image, and so goes to nothing but what runs one. */
export const checkTakesImage = (prop: string, what: string, { image }: DeployRequest): Problem[] =>
  image === undefined
    ? []
    : [
        problem(
          prop,
          'take an image, since that is what is released',
          what,
          'release it by a pipeline of its own; here, use DeployTarget.ecsService, ecsTask, eksHelm, eksManifests or lambdaImage',
        ),
      ];
