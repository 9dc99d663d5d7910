import { allActions, allSteps, type PipelinePlan, type StepPlan, type WorkPlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import type { ExecuteStackPlan } from './stack-plan';

/** What environments tell of themselves to their tests, by what is deployed: names of environment variables. */
const ENVIRONMENT_OUTPUTS: { readonly [K in WorkPlan['kind']]?: (work: Extract<WorkPlan, { kind: K }>, test: StepPlan) => readonly string[] } = {
  'static-site': () => ['SITE_URL'],
  // Commands read them.
  'execute-stack': ({ outputs }, { work }) => work.kind === 'build' ? outputs : [],
};

function outputsOf({ work }: StepPlan, test: StepPlan): readonly string[] {
  // The table is exact for each kind; the compiler cannot see that key and value belong together.
  const tell = ENVIRONMENT_OUTPUTS[work.kind] as ((work: WorkPlan, test: StepPlan) => readonly string[]) | undefined;
  return tell?.(work, test) ?? [];
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
export const stackOutputsFor = (plan: PipelinePlan, step: StepPlan) => stackOutputsOf(deploymentsTestedBy(plan, step), step);

/** A test with what it reads of its environment among its inputs: behind its own, so that it starts in the files that it was given. */
export function withStackOutputs(deployments: readonly StepPlan[], test: StepPlan): StepPlan {
  const inputs = [...test.inputs, ...stackOutputsOf(deployments, test).map(({ artifact }) => artifact)];
  return { ...test, inputs, configuration: { ...test.configuration, ...inputs.length > 1 && test.work.kind === 'build' && { PrimarySource: inputs[0] } } };
}

const stackOutputsOf = (deployments: readonly StepPlan[], { work: { kind } }: StepPlan): StackOutputsPlan[] => kind !== 'build' ? [] : deployments
  .flatMap(({ work, outputs: [artifact], configuration: { OutputFileName: file } }) => work.kind === 'execute-stack' && artifact !== undefined
    ? [{ artifact, file, stackName: work.stackName, outputs: work.outputs }] : []);

/** A test that sets by itself what the environment tells would test something else without saying so. */
export function checkEnvironmentOutputs(plan: PipelinePlan): Problem[] {
  return allSteps(plan).flatMap((action) => {
    const told = new Set(deploymentsTestedBy(plan, action).flatMap((deployment) => outputsOf(deployment, action)));
    return namesSetBy(action).filter(({ name }) => told.has(name))
      .map(({ prop, name }) => problem(`${action.name}.${prop}`, 'leave the names alone that the environment sets', name, 'rename the variable'));
  });
}

/** What a step is told under a name, by the prop that says it. */
function namesSetBy({ work, configuration }: StepPlan): Array<{ prop: string; name: string }> {
  const named = (prop: string, record: object) => Object.keys(record).map((name) => ({ prop, name }));
  switch (work.kind) {
    case 'build': return [
      ...named('environmentVariables', work.environmentVariables),
      // Those that CodePipeline fills in stand in the action.
      ...(JSON.parse(configuration.EnvironmentVariables ?? '[]') as Array<{ name: string }>).map(({ name }) => ({ prop: 'environmentVariables', name })),
      ...named('secrets', work.secrets),
    ];
    case 'lambda':
    case 'lambda-rule': return named('parameters', work.parameters);
    case 'state-machine': return named('input', work.input ?? {});
    default: return [];
  }
}
