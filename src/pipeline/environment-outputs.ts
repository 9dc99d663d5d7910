import { allActions, allSteps, type PipelinePlan, type StepPlan, type ActionSpec } from './pipeline-plan';
import { problem, type Problem } from './problems';
import type { ExecuteStackPlan } from '../targets/cloudformation/stack-specs';

/** What environments tell of themselves to their tests, by what is deployed: names of environment variables. */
const ENVIRONMENT_OUTPUTS: {
  readonly [K in ActionSpec['kind']]?: (spec: Extract<ActionSpec, { kind: K }>, test: StepPlan) => readonly string[];
} = {
  'static-site': () => ['SITE_URL'],
  // Commands read them.
  'execute-stack': ({ outputs }, { spec }) => (spec.kind === 'build' ? outputs : []),
};

function outputsOf({ spec }: StepPlan, test: StepPlan): readonly string[] {
  // The table is exact for each kind; the compiler cannot see that key and value belong together.
  const tell = ENVIRONMENT_OUTPUTS[spec.kind] as ((spec: ActionSpec, test: StepPlan) => readonly string[]) | undefined;
  return tell?.(spec, test) ?? [];
}

/** The steps that deploy to the environment which a step tests. */
export const deploymentsTestedBy = (plan: PipelinePlan, { tests }: StepPlan): StepPlan[] =>
  tests === undefined ? [] : allActions(plan).filter(({ environment }) => environment === tests);

/** Outputs of a stack, in a file that the action which executes its change set hands on. */
export interface StackOutputsPlan extends Pick<ExecuteStackPlan, 'stackName' | 'outputs'> {
  readonly artifact: string;
  readonly file: string;
}

/** Outputs of stacks that a step reads before its first command. */
export const stackOutputsFor = (plan: PipelinePlan, step: StepPlan) =>
  stackOutputsOf(deploymentsTestedBy(plan, step), step);

/** A test with what it reads of its environment among its inputs: behind its own, so that it starts in the files that it was given. */
export function withStackOutputs(deployments: readonly StepPlan[], test: StepPlan): StepPlan {
  const inputs = [...test.inputs, ...stackOutputsOf(deployments, test).map(({ artifact }) => artifact)];
  return {
    ...test,
    inputs,
    configuration: {
      ...test.configuration,
      ...(inputs.length > 1 && test.spec.kind === 'build' && { PrimarySource: inputs[0] }),
    },
  };
}

const stackOutputsOf = (deployments: readonly StepPlan[], { spec: { kind } }: StepPlan): StackOutputsPlan[] =>
  kind !== 'build'
    ? []
    : deployments.flatMap(({ spec, outputs: [artifact], configuration: { OutputFileName: file } }) =>
        spec.kind === 'execute-stack' && artifact !== undefined
          ? [{ artifact, file, stackName: spec.stackName, outputs: spec.outputs }]
          : [],
      );

/** A test that sets by itself what the environment tells would test something else without saying so. */
export function checkEnvironmentOutputs(plan: PipelinePlan): Problem[] {
  return allSteps(plan).flatMap((action) => {
    const outputs = new Set(deploymentsTestedBy(plan, action).flatMap((deployment) => outputsOf(deployment, action)));
    return namesSetBy(action)
      .filter(({ name }) => outputs.has(name))
      .map(({ prop, name }) =>
        problem(
          `${action.name}.${prop}`,
          'leave the names alone that the environment sets',
          name,
          'rename the variable',
        ),
      );
  });
}

/** What a step is told under a name, by the prop that says it. */
function namesSetBy({ spec, configuration }: StepPlan): Array<{ prop: string; name: string }> {
  const named = (prop: string, record: object) => Object.keys(record).map((name) => ({ prop, name }));
  switch (spec.kind) {
    case 'build':
      return [
        ...named('environmentVariables', spec.environmentVariables),
        // Those that CodePipeline fills in stand in the action.
        ...(JSON.parse(configuration.EnvironmentVariables ?? '[]') as Array<{ name: string }>).map(({ name }) => ({
          prop: 'environmentVariables',
          name,
        })),
        ...named('secrets', spec.secrets),
      ];
    case 'lambda':
    case 'lambda-rule':
      return named('parameters', spec.parameters);
    case 'state-machine':
      return named('input', spec.input ?? {});
    default:
      return [];
  }
}
