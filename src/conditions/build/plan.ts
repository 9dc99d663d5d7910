import type { GateContext, RulePlanner } from '../rule-planner';
import { providerOf } from '../../aws/action-providers';
import { RULE_NAME } from '../../aws/limits';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { isInstance } from '../../pipeline/read-options';
import { BuildStep } from '../../steps/build-step';
import { withEnvironmentNamespaces } from '../../steps/common-step-fields';
import { A_BUILD_STEP, NO_GATE_ARTIFACTS, PROJECT_STEP } from '../../pipeline/rules';

/** Plans a rule that runs a build. A rule has neither output artifacts nor exported variables. */
export class BuildRule implements RulePlanner {
  public constructor(private readonly buildStep: BuildStep) {}

  public plan(context: GateContext): RulePlan[] {
    const { buildStep } = this;
    const problems = context.problems.at('buildStep');
    if (!isInstance(buildStep, BuildStep)) {
      problems.add(A_BUILD_STEP, buildStep, 'use BuildStep.shell or BuildStep.project, or Gate.commands');
      return [];
    }
    const [build] = buildStep._plan({ ...context, problems });
    problems.at('stepName').name(buildStep.stepName, RULE_NAME, 'rename it');
    if (!build) return [];
    validateBuild(build, problems);
    return [
      {
        ...withEnvironmentNamespaces(build, context),
        namespace: undefined,
        exports: undefined,
        outputs: [],
        name: `${context.stage}-${context.condition}-${buildStep.stepName}`,
        provider: RULE_PROVIDERS.codeBuild,
      },
    ];
  }
}

function validateBuild(build: StepPlan, problems: Problems): void {
  const { readsFullClone, exports: exported = [], outputs } = build;
  if (!readsFullClone) {
    const fix = 'use BuildStep.shell or BuildStep.project, or Gate.commands';
    problems.add(PROJECT_STEP, providerOf(build).provider, fix);
  }
  if (exported.length > 0) {
    problems
      .at('exportedVariables')
      .add('not be set in a gate', exported, 'remove them, since a rule has no outputs, or run the build as a step');
  }
  if (outputs.length > 0) {
    const fix = 'remove outputDirectory, since a rule has no outputs, or run the build as a step';
    problems.add(NO_GATE_ARTIFACTS, outputs, fix);
  }
}
