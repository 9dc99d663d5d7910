import type { DockerImageTestOptions } from './options';
import { BuildCompute, BuildSize } from '../build/build-compute';
import type { BuildStep } from '../build-step';
import { planBuild } from '../build/plan';
import { shellRequest } from '../build/shell-build';
import type { BuiltImage } from '../built-image';
import { OWN_VARIABLES, pullCommands } from '../ecr-commands';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { readTestedImage } from '../tested-image';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';

/** Plans a test whose commands use an image that a step has pushed. Docker has pulled it before they run. */
export class ImageTest implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly image: BuildStep,
    private readonly commands: readonly string[],
    private readonly options: DockerImageTestOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): StepPlan[] {
    const { stepName, commands } = this;
    const { problems } = context;
    const options = this.options ?? {};
    const image = readTestedImage(this.image, problems.at('image'));
    validateVariables(options, problems);
    const request = shellRequest(commands, options);
    const build = [{ commands: pullCommands() }, ...request.phases.build];
    const more = image && {
      docker: true,
      pullsFrom: image.repository,
      environmentVariables: { IMAGE_DIGEST: image.digest },
    };
    const step = planBuild(
      {
        ...request,
        provider: 'codeBuildTest',
        stepName,
        options: { ...options, compute: options.compute ?? machineFor(image) },
        phases: { ...request.phases, build },
        more,
      },
      context,
    );
    return image ? [step] : [];
  }
}

/** Returns a machine that runs the image. An index has an image for every machine. */
function machineFor(image: BuiltImage | undefined): BuildCompute {
  const machine = BuildCompute.x86(BuildSize.SMALL);
  return image && image.parts.length === 1 ? machine._on(image.parts[0].architecture) : machine;
}

/** Validates that the user sets no variable of the commands that pull the image. */
function validateVariables({ environmentVariables, secrets }: DockerImageTestOptions, problems: Problems): void {
  for (const [prop, values] of Object.entries({ environmentVariables, secrets })) {
    for (const name of Object.keys(values ?? {}).filter((key) => OWN_VARIABLES.includes(key))) {
      problems.at(prop).add(`leave ${OWN_VARIABLES.join(', ')} to the step`, name, 'rename the variable');
    }
  }
}
