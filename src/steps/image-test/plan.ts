import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { BuildStep } from '../build-step';
import { BuildCompute, BuildSize } from '../build/build-compute';
import type { ShellBuildOptions } from '../build/options';
import { planBuild } from '../build/plan';
import { shellRequest } from '../build/shell-build';
import { OWN_VARIABLES, pullCommands } from '../ecr-commands';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { readTestedImage } from '../tested-image';
import { NAME_COMMANDS, readCommands } from '../validate-commands';

/** Options of {@link TestStep.dockerImage}. */
export interface DockerImageTestOptions extends ShellBuildOptions {}

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
    const { problems } = context;
    const options = this.options ?? {};
    const image = readTestedImage(this.image, problems.at('image'));
    validateVariables(options, problems);
    if (!image) {
      readCommands(this.commands, problems.at('commands'), NAME_COMMANDS);
      return [];
    }
    const machine = BuildCompute.x86(BuildSize.SMALL);
    // An index has an image for every machine.
    const ofImage = image.parts.length > 1 ? machine : machine._on(image.parts[0].architecture);
    const compute = options.compute ?? ofImage;
    const { phases, ...request } = shellRequest(this.commands, { ...options, compute });
    const step = planBuild(
      {
        ...request,
        provider: 'codeBuildTest',
        stepName: this.stepName,
        phases: { ...phases, build: [{ commands: pullCommands() }, ...phases.build] },
        more: { docker: true, pullsFrom: image.repository, environmentVariables: { IMAGE_DIGEST: image.digest } },
      },
      context,
    );
    return [step];
  }
}

/** Validates that the user sets no variable of the commands that pull the image. */
function validateVariables({ environmentVariables, secrets }: DockerImageTestOptions, problems: Problems): void {
  for (const [prop, values] of Object.entries({ environmentVariables, secrets })) {
    for (const name of Object.keys(values ?? {}).filter((key) => OWN_VARIABLES.includes(key))) {
      problems.at(prop).add(`leave ${OWN_VARIABLES.join(', ')} to the step`, name, 'rename the variable');
    }
  }
}
