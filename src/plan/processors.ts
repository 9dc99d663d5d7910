import type { Doubt } from './doubts';
import { allActions, type PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import type { Architecture } from '../facts/builds';

const WORDS: Readonly<Record<Architecture, string>> = { x86: 'x86', arm: 'ARM' };

/** What runs an image. */
interface Run {
  /** Name of the step that lets it. */
  readonly step: string;
  readonly artifact: string;
  /** The processors of the image, as far as they are known. */
  readonly of?: readonly Architecture[];
  /** The processor that it is run on, if that is known. */
  readonly on?: Architecture;
  readonly takesIndex: boolean;
}

function runsIn(plan: PipelinePlan): Run[] {
  const actions = allActions(plan);
  const made = new Map(actions.flatMap(({ outputs, processors }) => processors ? outputs.map((artifact) => [artifact, processors] as const) : []));
  return actions.flatMap(({ name: step, inputs, work }): Run[] => {
    if (work.kind === 'deploy-lambda-image') return [{ step, artifact: inputs[0], of: made.get(inputs[0]), on: work.processor, takesIndex: false }];
    const definition = work.kind === 'deploy-service' ? work.service.definition : work.kind === 'run-task' ? work.definition : undefined;
    return [...new Set(definition?.containers.map(({ artifact }) => artifact))]
      .map((artifact) => ({ step, artifact, of: made.get(artifact), on: definition?.processor, takesIndex: true }));
  });
}

/**
 * Lambda takes an image, and no index of several.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export const checkProcessors = (plan: PipelinePlan): Problem[] => runsIn(plan)
  .filter(({ of = [], takesIndex }) => !takesIndex && of.length > 1)
  .map(({ step, artifact }) => problem(step, 'release an image of one platform, since Lambda takes no index', artifact, 'give that image one of its platforms'));

/** The machine decides for what an image is, unless its Dockerfile says otherwise: nobody sees that here. */
export const otherProcessors = (plan: PipelinePlan): Doubt[] => runsIn(plan).flatMap(({ step, artifact, of, on }) => {
  if (!of || !on || of.includes(on)) return [];
  return [{
    id: `other-processor[${step}]`,
    text: `The image '${artifact}' is built for ${of.map((one) => WORDS[one]).join(' and ')}, and '${step}' lets it run on ${WORDS[on]}, where it ends at once. `
      + 'Say platforms of BuildStep.dockerImage, or the processor of what runs it: runtimePlatform of a task definition, architecture of a function.',
  }];
});
