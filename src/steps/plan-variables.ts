import type { PipelineVariable } from './pipeline-variable';
import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import { problem, type Problem } from '../pipeline/problems';

/** The variables of the pipeline as a whole. */
export const planVariables = (variables: readonly PipelineVariable[] = []): PipelineVariablePlan[] =>
  variables.flatMap((variable) => variable._plan() ?? []);

/** Only variables of the pipeline as a whole are listed. */
export const checkDeclaredVariables = (prop: string, variables: readonly PipelineVariable[] = []): Problem[] =>
  variables.flatMap((variable, i) =>
    variable._plan()
      ? []
      : [
          problem(
            `${prop}[${i}]`,
            'be a variable of the pipeline',
            `${variable}`,
            'the variables of steps need no listing; remove it',
          ),
        ],
  );
