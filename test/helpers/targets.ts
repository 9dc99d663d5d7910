import { problemsAt } from './plans';
import type { DeployTarget } from '../../src';
import type { StepPlan } from '../../src/pipeline/pipeline-plan';
import { Problems } from '../../src/pipeline/problems';

const request = { environment: 'live', artifact: 'Image' };

/** Returns the steps that deploy to a target in the environment `live`, whatever is wrong with it. */
export function planTarget(target: DeployTarget): readonly StepPlan[] {
  return target._plan({ ...request, problems: new Problems('target') }).steps;
}

/** Returns what is wrong with a target. */
export function checkTarget(target: DeployTarget): readonly string[] {
  return problemsAt('target', (problems) => target._plan({ ...request, problems }));
}
