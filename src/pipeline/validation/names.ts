import { Token } from 'aws-cdk-lib';
import { allSteps, type PipelinePlan, type StepPlan } from '../pipeline-plan';
import { checkName, problem, type Problem } from '../problems';
import { duplicates } from '../duplicates';
import { providerOf } from '../../aws/action-providers';
import { ACTION_NAME_LENGTH, ARTIFACT_NAME, VARIABLE_NAMESPACE } from '../../aws/limits';

/**
 * Names that nothing else has, and that are no longer than the service takes.
 *
 * @param prop the prop of the pattern that most stages come from
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export function checkNames(plan: PipelinePlan, prop: string): Problem[] {
  const actions = allSteps(plan);
  const stages = duplicates(
    plan.stages.map((stage) => stage.name),
    ignoringCase,
  );
  // Environments that have no stage of their own.
  const inWaves = plan.stages.flatMap(({ wave, environments = [] }) =>
    wave ? environments.map((one) => one.name) : [],
  );
  const places = duplicates([...plan.stages.map((stage) => stage.name), ...inWaves], ignoringCase).slice(stages.length);
  // Actions are named after their stages and environments: two of one name say all there is to say, as do two actions of one name.
  const twice =
    stages.length + places.length > 0
      ? []
      : duplicates(
          actions.map((action) => action.name),
          ignoringCase,
        );
  const artifacts = actions.flatMap(({ outputs }) => outputs);
  const namespaces = actions.flatMap(({ namespace }) => namespace ?? []);
  return [
    ...stages.map((name) =>
      problem(prop, 'give every stage a name of its own', name, 'rename the environment or the stage'),
    ),
    ...places.map((name) =>
      problem(
        prop,
        'give every stage, wave and environment a name of its own',
        name,
        'name each environment once in the pipeline, or rename one of them',
      ),
    ),
    ...twice.map((name) =>
      isRule(actions, name)
        ? problem(prop, 'give every rule a name of its own', name, 'give one of the gates a ruleName')
        : problem(prop, 'give every action a name of its own', name, 'rename the step, and use each step once'),
    ),
    ...(stages.length + places.length + twice.length > 0
      ? []
      : [
          ...duplicates(artifacts).map((name) =>
            problem(prop, 'give every artifact a name of its own', name, wayToRename(actions, name)),
          ),
          ...duplicates(namespaces).map((name) =>
            problem(prop, 'give the variables of every step a namespace of their own', name, 'rename one of them'),
          ),
          ...namespaces
            .filter((name) => artifacts.includes(name))
            .map((name) =>
              problem(
                prop,
                'name no artifact like a namespace of variables',
                name,
                'rename the step that makes the artifact',
              ),
            ),
        ]),
    ...actions.flatMap((action) => [
      ...(action.name.length > ACTION_NAME_LENGTH
        ? [
            problem(
              prop,
              `give actions names of at most ${ACTION_NAME_LENGTH} characters`,
              action.name,
              wayToShorten(action),
            ),
          ]
        : []),
      // What characters they consist of is checked where they are named.
      ...action.outputs
        .filter((name) => name.length > ARTIFACT_NAME.maxLength)
        .map((name) =>
          problem(
            `${action.name}.outputs`,
            `have names of at most ${ARTIFACT_NAME.maxLength} characters`,
            name,
            'shorten the name of the step or of the output',
          ),
        ),
      ...checkNamespace(action.name, action.namespace),
    ]),
  ];
}

const isRule = (actions: readonly StepPlan[], name: string) =>
  actions.every((one) => one.name !== name || providerOf(one).category === 'Rule');

/** Artifacts of deployments are named after their environments, with other characters than letters and digits as `_`. */
const wayToRename = (actions: readonly StepPlan[], artifact: string) =>
  actions.every(({ outputs, environment }) => !outputs.includes(artifact) || environment !== undefined)
    ? 'rename one of the environments'
    : 'rename one of the steps or outputs';

function wayToShorten(action: StepPlan): string {
  if (providerOf(action).category === 'Rule') return 'shorten the name of the stage or of the rule';
  if (action.environment !== undefined) return 'shorten the name of the environment or of the stack';
  return `shorten the name of the step${action.tests === undefined ? '' : ' or of the environment'}`;
}

/** One that an action of aws-codepipeline-actions has not got yet is made by its class. */
function checkNamespace(action: string, namespace: string | undefined): Problem[] {
  if (namespace === undefined || Token.isUnresolved(namespace)) return [];
  const prop = `${action}.namespace`;
  if (VARIABLE_NAMESPACE.reserved!.includes(namespace))
    return [problem(prop, 'not be one of CodePipeline itself', namespace, 'rename it')];
  return checkName(prop, namespace, VARIABLE_NAMESPACE, 'shorten or rename the step');
}

/** Stages, environments and actions are compared without regard to case: `prod` and `Prod` cannot be told apart by people. */
const ignoringCase = (name: string) => name.toLowerCase();
