import { problemsAt } from './plans';
import type { DeployTarget } from '../../src';
import type { StepPlan } from '../../src/pipeline/pipeline-plan';
import { Problems } from '../../src/pipeline/problems';

const request = { environment: 'live', artifact: 'Image' };

/** Returns the steps that deploy to a target in the environment `live`, whatever is wrong with it. */
export const planTarget = (target: DeployTarget): readonly StepPlan[] => target._plan({ ...request, problems: new Problems('target') }).steps;

/** Returns what is wrong with a target. */
export const checkTarget = (target: DeployTarget): readonly string[] => problemsAt('target', (problems) => target._plan({ ...request, problems }));
