import type { GateContext, RulePlanner } from '../rule-planner';
import { providerOf } from '../../aws/action-providers';
import { RULE_NAME } from '../../aws/limits';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { BuildStep } from '../../steps/build-step';
import { withEnvironmentNamespaces } from '../../steps/common-step-fields';

/** Plans a rule that runs a build, without what a rule does not have: artifacts and variables of its own. */
export class BuildRule implements RulePlanner {
  public constructor(private readonly buildStep: BuildStep) {}

  public plan(context: GateContext): RulePlan[] {
    const { buildStep } = this;
    const problems = context.problems.at('buildStep');
    if (!(buildStep instanceof BuildStep)) {
      problems.add('be a BuildStep', buildStep, 'use BuildStep.shell or BuildStep.project, or Gate.commands');
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
    problems.add('be a build with a project', providerOf(build).provider, fix);
  }
  if (exported.length > 0) {
    problems.at('exportedVariables').add('be empty in a gate', exported, 'a rule hands on nothing; make it a step');
  }
  if (outputs.length > 0) {
    const fix = 'a rule hands on nothing; leave outputDirectory out, or make it a step';
    problems.add('make no artifact in a gate', outputs, fix);
  }
}
