import { validateNames } from '../../pipeline/option-names';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import type { BuildStep } from '../build-step';
import { BuildCompute, BuildSize } from '../build/build-compute';
import type { ShellBuildOptions } from '../build/options';
import { SHELL_OPTIONS } from '../build/option-types';
import { planBuild } from '../build/plan';
import { shellRequest } from '../build/shell-build';
import type { BuiltImage } from '../built-image';
import { pullCommands, RESERVED_VARIABLES } from '../ecr-commands';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import { readTestedImage } from '../read-tested-image';
import { ADD_COMMAND, readCommands } from '../read-commands';
import { validateReservedNames } from '../validate-names';

/** Options of {@link TestStep.dockerImage}. */
export interface DockerImageTestOptions extends ShellBuildOptions {}

/** Plans a test whose commands use an image that a step has pushed. Docker pulls it before they run. */
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
    validateNames(options, Object.keys(SHELL_OPTIONS), problems);
    const image = readTestedImage(this.image, problems.at('image'));
    validateVariables(options, problems);
    if (!image) {
      readCommands(this.commands, problems.at('commands'), ADD_COMMAND);
      return [];
    }
    const compute = options.compute ?? defaultCompute(image);
    const { phases, ...request } = shellRequest(this.commands, { ...options, compute });
    const step = planBuild(
      {
        ...request,
        provider: 'codeBuildTest',
        stepName: this.stepName,
        phases: { ...phases, build: [{ commands: pullCommands() }, ...phases.build] },
        extra: { docker: true, pullsFrom: image.repository, environmentVariables: { IMAGE_DIGEST: image.digest } },
      },
      context,
    );
    return [step];
  }
}

/** Returns a machine that can run an image. An index contains an image for every CPU architecture. */
function defaultCompute({ parts }: BuiltImage): BuildCompute {
  const machine = BuildCompute.x86(BuildSize.SMALL);
  return parts.length > 1 ? machine : machine._withArchitecture(parts[0].architecture);
}

function validateVariables({ environmentVariables, secrets }: DockerImageTestOptions, problems: Problems): void {
  // JavaScript and other languages may pass null.
  const names = { environmentVariables: Object.keys(environmentVariables ?? {}), secrets: Object.keys(secrets ?? {}) };
  validateReservedNames(names, RESERVED_VARIABLES, problems);
}
